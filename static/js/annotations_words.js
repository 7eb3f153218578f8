// Words selected in a page's text layer: which they are, what stands around them, and where.
"use strict";

(() => {
  const MOST_BOXES = 200;
  const limit = (value, low, high) => Math.min(Math.max(value, low), high);
  const round = (value) => Math.round(value * 1e5) / 1e5;

  // The selection within one page of the stage: what reaches into another page stays there.
  function selected(stage) {
    const selection = getSelection();
    if (!stage || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const layerOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".textLayer");
    const layer = layerOf(range.startContainer) ?? layerOf(range.endContainer);
    if (!layer || !stage.contains(layer)) return null;
    if (!layer.contains(range.startContainer)) range.setStart(layer, 0);
    if (!layer.contains(range.endContainer)) range.setEnd(layer, layer.childNodes.length);
    return range.toString().trim() ? { range, layer } : null;
  }

  // The words before, in and after a range, and where its words stand on the screen. Lines of the
  // page end in a <br> of the text layer.
  function read({ layer, range }) {
    const found = { before: "", quote: "", after: "", boxes: [] };
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isIn = range.intersectsNode(node);
      const part = isIn ? "quote" : found.quote ? "after" : "before";
      if (node.nodeName === "BR") found[part] += "\n";
      if (node.nodeType !== 3) continue;
      const { data } = node;
      const start = isIn && node === range.startContainer ? range.startOffset : 0;
      const end = isIn && node === range.endContainer ? range.endOffset : data.length;
      if (!isIn) { found[part] += data; continue; }
      found.before += data.slice(0, start);
      found.quote += data.slice(start, end);
      found.after += data.slice(end);
      const piece = document.createRange();
      piece.setStart(node, start);
      piece.setEnd(node, end);
      if (data.slice(start, end).trim()) found.boxes.push(...piece.getClientRects());
    }
    return found;
  }

  // Pieces of one line become one box, in fractions of the page.
  function lines(rects, sheet) {
    const page = sheet.getBoundingClientRect();
    const joined = [];
    for (const { left, top, right, bottom } of rects) {
      const last = joined.at(-1);
      const height = bottom - top;
      const isBeside = last && Math.min(bottom, last.bottom) - Math.max(top, last.top) > height / 2
        && left - last.right < 3 * height && last.left - right < 3 * height;
      if (!isBeside) joined.push({ left, top, right, bottom });
      else {
        Object.assign(last, {
          left: Math.min(left, last.left),
          top: Math.min(top, last.top),
          right: Math.max(right, last.right),
          bottom: Math.max(bottom, last.bottom),
        });
      }
    }
    const x = (value) => limit((value - page.left) / page.width, 0, 1);
    const y = (value) => limit((value - page.top) / page.height, 0, 1);
    return joined.slice(0, MOST_BOXES)
      .map(({ left, top, right, bottom }) => [x(left), y(top), x(right) - x(left), y(bottom) - y(top)].map(round))
      .filter(([, , width, height]) => width > 0 && height > 0);
  }

  // Where words stand that came without boxes: their place in the text layer, blanks aside.
  function find(layer, quote) {
    const wanted = quote.replace(/\s/gu, "");
    const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT);
    const places = [];
    let signs = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      [...node.data].reduce((offset, sign) => {
        if (sign.trim()) {
          signs += sign;
          for (const _unit of sign.split("")) places.push([node, offset, offset + sign.length]);
        }
        return offset + sign.length;
      }, 0);
    }
    const start = wanted ? signs.indexOf(wanted) : -1;
    if (start < 0) return [];
    const range = document.createRange();
    const [first, last] = [places[start], places[start + wanted.length - 1]];
    range.setStart(first[0], first[1]);
    range.setEnd(last[0], last[2]);
    return lines(read({ layer, range }).boxes, layer.closest(".pdf-page"));
  }

  window.Remarks.selection = { in: selected, read, lines, find, limit, round };
})();
