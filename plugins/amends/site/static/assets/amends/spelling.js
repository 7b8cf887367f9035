// A query as pages write it, loaded where it holds more than letters, digits and blanks.
import { wordsOf } from "./answers.js";

// An address, or the path of a file: `https://…`, `/kb/incidents/`, `kb.example.org/incidents/`, `rules/c418`, `prevention/rollout.md:12`, `incidents/2018/2018-04-22-…`.
const ADDRESS = /(?<!\S)(?:https?:\/\/\S+|(?:[\w-]+\.)+[a-z]{2,}\/\S*|[\w.-]+:\d+\/\S*|\/[\w-]+\/\S*|(?:[\w-]+\/)+(?:[A-Za-z]\d{3})?(?!\S)|\S*[\w-]\.(?:md|html)(?![\w/])\S*|\S+\/\d{4}-\d\d-\d\d-\S+)/u;

// An item of a checklist, as records name it: `rollout/kill-switch`.
const ITEM = /^([\w-]+)\/(\w+(?:-\w+)+)$/;

// The page at an address or a path, by its name.
const pageOf = (address) => address.split(/[?#]/)[0].replace(/(?::\d+)+$/, "").split("/").map((part) => part.replace(/\.(?:md|html)$/, ""))
  .findLast((part) => part && part !== "index") ?? "";

// The query on one line, with what is written in several ways as pages write it; and the name of the page whose address stands in it, as the words of
// which it is asked for.
export const spelt = (typed) => {
  const [, checklist, item] = ITEM.exec(typed) ?? [];
  if (item) return { query: `"${wordsOf(item).join(" ")}"`, page: checklist };
  const [address] = ADDRESS.exec(typed) ?? [], page = address && pageOf(address);
  const query = (address ? typed.replace(address, wordsOf(page).join(" ")) : typed).split(/\s+/).join(" ")
    .replace(/(?<![\p{L}\p{N}])['‘]([^'‘’]* [^'‘’]*)['’](?![\p{L}\p{N}])/gu, '"$1"').replace(/[“”„«»]/gu, '"').replace(/(?<=\p{L}):(?=\p{L})/gu, " ")
    .replace(/\bcan(?:['’]?t| not)\b/giu, "cannot").replace(/\bwon['’]t\b/giu, "will not").replace(/(?<=\p{L})n['’]t\b/giu, " not").replace(/\bper cent\b/giu, "percent");
  return { query, page };
};

// The results, first those that are the page of a name.
export const withFirst = (page, results) => {
  const isIt = ({ url }) => pageOf(url) === page;
  return [...results.filter(isIt), ...results.filter((result) => !isIt(result))];
};
