// A query as pages write it, loaded where it holds more than letters, digits and blanks.
import { wordsOf } from "./answers.js";

// An address, or the path of a file: `https://…`, `/kb/incidents/`, `kb.example.org/incidents/`, `rules/c418`, `prevention/rollout.md:12`, `incidents/2018/2018-04-22-…`.
const ADDRESS = /(?<!\S)(?:https?:\/\/\S+|(?:[\w-]+\.)+[a-z]{2,}\/\S*|[\w.-]+:\d+\/\S*|\/[\w-]+\/\S*|(?:[\w-]+\/)+(?:[A-Za-z]\d{3})?(?!\S)|\S*[\w-]\.(?:md|html)(?![\w/])\S*|\S+\/\d{4}-\d\d-\d\d-\S+)/u;

// A path without its ends, as `prevention/rollout`; an item of a checklist, as records name it, `rollout/kill-switch`; or words: `go/no-go`.
const PATH = /^(?=.*[A-Za-z])[\w-]+(?:\/[\w-]+)+$/;

// The page at an address or a path, by its name.
const pageOf = (address) => address.split(/[?#]/)[0].replace(/(?::\d+)+$/, "").split("/").map((part) => part.replace(/\.(?:md|html)$/, ""))
  .findLast((part) => part && part !== "index") ?? "";

// What a path leads to, of which a search of `look` knows: the page that stands there, by the words of its name; the item, on the page of its checklist;
// or a place of which the name begins so.
const atPath = async (path, look) => {
  const names = path.toLowerCase().split("/"), words = wordsOf(names.at(-1)).join(" ");
  const stands = ({ url }) => url.toLowerCase().replace(/(?:\/index)?\.html$|\/$/, "").endsWith(`/${names.join("/")}`), holds = ({ url }) => names.length === 2 && pageOf(url).toLowerCase() === names[0];
  const name = names.join("-"), begins = ({ anchors }) => anchors.some(({ id }) => id.startsWith(name));
  for (const [query, isMeant] of [[words, stands], [`"${words}"`, holds], [name, begins]]) if ((await look(query)).some(isMeant)) return { query, isMeant };
  return { query: path.replace(/(?<=\p{L})\/(?=\p{L})/gu, " ") };
};

// The query on one line, with what is written in several ways as pages write it; and where a path or an address stands in it, as the words of which it is
// asked for, whether a result is what it means.
export const spelt = async (typed, look) => {
  if (PATH.test(typed) && !ADDRESS.test(typed)) return atPath(typed, look);
  const [address] = ADDRESS.exec(typed) ?? [], page = address && pageOf(address);
  const query = (address ? typed.replace(address, wordsOf(page).join(" ")) : typed).split(/\s+/).join(" ")
    .replace(/(?<![\p{L}\p{N}])['‘]([^'‘’]* [^'‘’]*)['’](?![\p{L}\p{N}])/gu, '"$1"').replace(/[“”„«»]/gu, '"').replace(/(?<=\p{L}):(?=\p{L})/gu, " ")
    .replace(/\bcan(?:['’]?t| not)\b/giu, "cannot").replace(/\bwon['’]?t\b/giu, "will not")
    .replace(/(?<=\b(?:do|does|did|is|are|was|were|has|have|had|could|would|should))nt\b|(?<=\p{L})n['’]t\b/giu, " not").replace(/\bper cent\b/giu, "percent");
  return { query, isMeant: page && (({ url }) => pageOf(url) === page) };
};
