// How many results each value of each facet would leave, loaded where these numbers are shown.
import { engines, inIndex, inParts, wordsOf } from "./answers.js";

// To count among many thousands takes as long as to look away: meanwhile the browser shows what was found, and hears what is typed.
const breath = () => new Promise((done) => { setTimeout(done, 30); });

// Whether an index holds forms of each word, or what begins with it. Of another it finds what has the longest beginning of it.
const holdsEach = async (engine, words) => {
  for (const word of words) {
    if ((await engine.search(`"${word}"`)).results.length) continue;
    const [nearest] = (await engine.search(word)).results;
    if (!nearest || !wordsOf((await nearest.data()).raw_content).some((other) => other.startsWith(word))) return false;
  }
  return true;
};

// Those of a facet that is in use are counted without it. Nobody waits for counts whose signal is aborted.
export const count = async (query, chosen, known, whole, signal) => {
  const name = inParts(known, chosen) ? "parts" : "pages";
  const index = await engines[name]();
  await index.filters();
  const counted = async (engine, filters) => {
    await breath();
    signal.throwIfAborted();
    return (await engine.search(inIndex(query), { filters })).filters;
  };
  const without = (facet) => Object.fromEntries(Object.entries(chosen).filter(([own]) => own !== facet));
  const counts = await counted(index, chosen);
  for (const facet of Object.keys(chosen)) counts[facet] = (await counted(index, without(facet)))[facet];
  const other = known.parts.length && (whole || name === "parts") ? await engines[name === "parts" ? "pages" : "parts"]() : undefined;
  if (other && await holdsEach(other, wordsOf(query))) {
    await other.filters();
    const { kind: _kind, state, ...common } = chosen;
    const kinds = await counted(other, without("kind")), states = state ? await counted(other, common) : kinds;
    counts.kind = { ...counts.kind, ...kinds.kind };
    if (!chosen.kind) counts.state = { ...states.state, ...counts.state };
  } else {
    const kinds = known.facets.find((facet) => facet.name === "kind").values.map(([kind]) => kind).filter((kind) => known.parts.includes(kind) !== (name === "parts"));
    counts.kind = { ...counts.kind, ...Object.fromEntries(kinds.map((kind) => [kind, undefined])) };
  }
  return counts;
};
