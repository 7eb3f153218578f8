// The project's words within the pages of a document, or within a text marked data-explains:
// underlined, explained when pointed at, and opened in the list beside it by a press. The list
// itself works without this script.

const ENDING = 3;

class Words {
  constructor(list) {
    this.list = list;
    this.terms = null;
  }

  // Asked for once, when the first page is there to be read.
  async load() {
    const answer = await fetch(this.list.dataset.wordsUrl, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = [...page.querySelectorAll("#document-words [data-term]")].map((entry) => ({
      key: entry.dataset.term,
      word: entry.querySelector("summary").textContent.trim(),
      meaning: entry.querySelector(".explained-meaning").textContent.replace(/\s+/g, " ").trim(),
    }));
    if (!found.length) return;
    found.sort((one, other) => other.word.length - one.word.length);
    this.byWord = new Map(found.map((term) => [term.word.toLowerCase(), term]));
    const parts = found.map(({ word }) => {
      const plain = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return word.length > ENDING ? `(?:${plain})\\p{L}{0,${ENDING}}` : plain;
    });
    this.pattern = new RegExp(`(?<![\\p{L}\\p{M}])(?:ال)?(?:${parts.join("|")})(?![\\p{L}\\p{M}])`, "giu");
    this.found = found;
  }

  async mark(layer) {
    this.terms ??= this.load();
    await this.terms;
    if (!this.pattern || !layer.isConnected) return;
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".term-mark")) nodes.push(walker.currentNode);
    for (const node of nodes) this.markIn(node);
  }

  // From the last word to the first, so that what is cut off stays where it was counted.
  markIn(node) {
    for (const match of [...node.data.matchAll(this.pattern)].reverse()) {
      const term = this.termOf(match[0]);
      if (!term) continue;
      node.splitText(match.index + match[0].length);
      const mark = document.createElement("mark");
      mark.className = "term-mark";
      mark.title = term.meaning;
      mark.dataset.opens = term.key;
      mark.append(node.splitText(match.index));
      node.after(mark);
    }
  }

  termOf(text) {
    const lower = text.toLowerCase().replace(/^ال/, "");
    return this.found.find(({ word }) => lower.startsWith(word.toLowerCase())) ?? this.byWord.get(text.toLowerCase());
  }

  async open(key) {
    this.list.open = true;
    // The list is loaded when it is opened for the first time.
    for (let tries = 0; tries < 20; tries += 1) {
      const entry = [...this.list.querySelectorAll("[data-term]")].find((one) => one.dataset.term === key);
      if (entry) {
        entry.open = true;
        entry.querySelector("summary").focus();
        return;
      }
      await new Promise((done) => { setTimeout(done, 100); });
    }
  }
}

for (const list of document.querySelectorAll("[data-words-url]")) {
  const words = new Words(list);
  for (const layer of document.querySelectorAll(".textLayer, [data-explains]")) words.mark(layer);
  document.addEventListener("pdf:drawn", (event) => {
    const layer = event.target.querySelector(`.pdf-page[data-page="${event.detail.page}"] .textLayer`);
    if (layer) words.mark(layer);
  });
  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.(".term-mark");
    if (mark) words.open(mark.dataset.opens);
  });
}
