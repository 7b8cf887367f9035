// Marks what a search found on the page to which it led: the words are painted, without a change to the page.
export const mark = () => {
  const asked = new URLSearchParams(location.search).get("h");
  if (!asked || !window.Highlight) return;
  const words = asked.split(/\s+/).filter((word) => word.length > 2).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/^0?(?=\d:\d\d$)/, "0?"));
  if (!words.length) return;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})`, "giu");
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    for (const match of walker.currentNode.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(walker.currentNode, match.index);
      range.setEnd(walker.currentNode, match.index + match[0].length);
      found.push(range);
    }
  }
  CSS.highlights.set("am-found", new Highlight(...found));
};
