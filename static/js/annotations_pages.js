// Where remarks stand in the material: boxes over pages and pictures, marks in their margin, words
// that are taken, boxes that are drawn by pointer or by keyboard. Only drawn pages are painted.
"use strict";

(() => {
  const AROUND = 32;       // characters kept before and after selected words
  const MOST_WORDS = 4000;
  const SMALLEST = 0.01;   // of a page; less than that was a click
  const STEP = 0.02;
  const GAP = 30;          // pixels between two marks in the margin
  const { Remarks } = window;
  const { limit, round } = Remarks.selection;

  class Pages {
    // `on`: take(place), open(item), says(text), selected(is), marking(on), givenUp().
    constructor({ root, words, on }) {
      Object.assign(this, { root, words, on, items: [], draft: null, isMarking: false, wanted: "", page: 1 });
      this.stage = root.querySelector("[data-pdf-stage]");
      this.float = root.querySelector("[data-ann-float]");
      const picture = root.querySelector("img.version-image");
      if (picture) this.frame(picture);
      this.listen();
    }

    // A picture gets a frame of its own size to paint on.
    frame(picture) {
      this.picture = document.createElement("div");
      this.picture.className = "ann-picture";
      picture.replaceWith(this.picture);
      this.picture.append(picture);
      picture.draggable = false;
    }

    listen() {
      this.root.addEventListener("pdf:drawn", (event) => this.paint(this.sheet(event.detail.page)));
      this.root.addEventListener("pdf:page", (event) => { this.page = event.detail.page; });
      this.root.addEventListener("pointerdown", (event) => this.press(event));
      this.root.addEventListener("pointermove", (event) => this.drag(event));
      this.root.addEventListener("pointerup", (event) => this.release(event));
      this.root.addEventListener("pointercancel", () => this.stop());
      this.root.addEventListener("click", (event) => this.click(event));
      document.addEventListener("selectionchange", () => {
        clearTimeout(this.selecting);
        this.selecting = setTimeout(() => this.offer(), 100);
      });
      this.stage?.addEventListener("scroll", () => { this.float.hidden = true; }, { passive: true });
    }

    sheet(page) {
      return page ? this.stage?.querySelector(`.pdf-page[data-page="${page}"]`) : this.picture;
    }

    get sheets() {
      const drawn = this.stage?.querySelectorAll(".pdf-page:has(canvas)") ?? [];
      return this.picture ? [this.picture, ...drawn] : [...drawn];
    }

    show(items) {
      this.items = items;
      for (const sheet of this.sheets) this.paint(sheet);
    }

    paint(sheet) {
      if (!sheet) return;
      const page = Number(sheet.dataset.page) || "";
      const layer = document.createElement("div");
      layer.className = "ann-layer";
      let lowest = -GAP;
      for (const item of this.items.filter((one) => (one.page || "") === page && one.kind !== "time")) {
        const text = sheet.querySelector(":scope > .textLayer");
        if (!item.boxes.length && item.quote && text) item.boxes = Remarks.selection.find(text, item.quote);
        for (const box of item.boxes) layer.append(this.box(item, box));
        lowest = Math.max(lowest + GAP, (item.boxes[0]?.[1] ?? 0) * sheet.clientHeight);
        layer.append(this.mark(item, lowest));
      }
      const hadFocus = document.activeElement?.dataset?.remark;
      sheet.querySelector(":scope > .ann-layer")?.remove();
      sheet.append(layer);
      if (this.draft?.page === page) layer.append(this.draft.element);
      const focus = [this.wanted, hadFocus].find((key) => key && layer.querySelector(`[data-remark="${key}"]`));
      if (focus) layer.querySelector(`[data-remark="${focus}"]`).focus({ preventScroll: true });
      if (focus === this.wanted) this.wanted = "";
    }

    box(item, box) {
      const element = document.createElement("div");
      element.className = "ann-box";
      element.dataset.mark = item.mark;
      if (item.kind !== "text") element.dataset.drawn = "";
      set(element, box);
      return element;
    }

    mark(item, top) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "ann-mark";
      button.dataset.mark = item.mark;
      button.dataset.remark = item.client_key;
      button.textContent = item.number;
      button.style.top = `${top}px`;
      button.setAttribute("aria-label", this.words.open.replace("{n}", item.number).replace("{mark}", item.meant));
      return button;
    }

    click(event) {
      const key = event.target.closest("[data-remark]")?.dataset.remark ?? this.under(event);
      const item = key && this.items.find((one) => one.client_key === key);
      if (item) this.on.open(item);
    }

    // The remark whose box lies below a plain click; boxes let selecting through.
    under(event) {
      const sheet = event.target.closest(".pdf-page, .ann-picture");
      if (!sheet || this.isMarking || this.justDrew || !getSelection().isCollapsed) return "";
      const { x, y } = at(sheet, event);
      const page = Number(sheet.dataset.page) || "";
      const inside = ([left, top, width, height]) => x >= left && y >= top && x <= left + width && y <= top + height;
      return this.items.find((item) => (item.page || "") === page && item.boxes.some(inside))?.client_key ?? "";
    }

    // Brings a remark's place into view, and its mark into focus once the page is drawn.
    go(item) {
      const sheet = this.sheet(item.page);
      if (!sheet) {
        // The document is still on its way.
        this.root.addEventListener("pdf:drawn", () => this.go(item), { once: true });
        return;
      }
      this.wanted = item.client_key;
      const inside = (item.boxes[0]?.[1] ?? 0) * sheet.offsetHeight;
      if (item.page) this.stage.scrollTo({ top: sheet.offsetTop - this.stage.offsetTop + inside - 80 });
      (item.page ? this.stage : sheet).scrollIntoView({ block: "nearest" });
      if (this.sheets.includes(sheet)) this.paint(sheet);
    }

    // --- Selected words ---

    offer() {
      const found = Remarks.selection.in(this.stage);
      this.on.selected(Boolean(found));
      this.float.hidden = !found || this.isMarking;
      if (this.float.hidden) return;
      const rects = [...found.range.getClientRects()];
      const last = rects.at(-1);
      if (!last) return;
      const { style } = this.float;
      style.left = `${limit(last.right - 40, 8, innerWidth - this.float.offsetWidth - 8)}px`;
      style.top = `${limit(last.bottom + 8, 8, innerHeight - 60)}px`;
    }

    takeWords() {
      const found = Remarks.selection.in(this.stage);
      if (!found) {
        this.on.says(this.words.select);
        return;
      }
      const { before, quote, after, boxes } = Remarks.selection.read(found);
      if (quote.trim().length > MOST_WORDS) {
        this.on.says(this.words.tooLong);
        return;
      }
      const sheet = found.layer.closest(".pdf-page");
      getSelection().removeAllRanges();
      this.float.hidden = true;
      this.on.take({
        kind: this.words.byPlace === undefined ? "text" : "region",
        page: Number(sheet.dataset.page),
        quote: quote.trim(),
        prefix: before.slice(-AROUND),
        suffix: after.slice(0, AROUND),
        before: before.replace(/\s/gu, "").length,
        boxes: Remarks.selection.lines(boxes, sheet),
      });
    }

    // --- Boxes that are drawn ---

    // With the keyboard a box lies in the middle of the page at once; a pointer draws its own.
    start(byKeyboard) {
      this.setMarking(true);
      if (!byKeyboard) return;
      const sheet = this.picture ?? this.sheet(this.page);
      if (!sheet) return this.stop();
      this.begin(sheet, [0.35, this.middle(sheet), 0.3, 0.08]);
      this.draft.element.focus({ preventScroll: true });
      this.sayDraft();
    }

    middle(sheet) {
      if (!sheet.dataset.page) return 0.46;
      const seen = this.stage.scrollTop + this.stage.clientHeight / 2 - sheet.offsetTop + this.stage.offsetTop;
      return limit(seen / sheet.offsetHeight, 0, 0.92);
    }

    setMarking(on) {
      this.isMarking = on;
      this.root.toggleAttribute("data-marking", on);
      this.on.marking(on);
    }

    begin(sheet, box) {
      const element = document.createElement("div");
      element.className = "ann-draft";
      element.tabIndex = 0;
      element.setAttribute("role", "application");
      element.setAttribute("aria-describedby", "ann-help");
      element.addEventListener("keydown", (event) => this.key(event));
      this.draft = { page: Number(sheet.dataset.page) || "", sheet, box, element };
      set(element, box);
      if (!sheet.querySelector(":scope > .ann-layer")) this.paint(sheet);
      sheet.querySelector(":scope > .ann-layer").append(element);
    }

    key(event) {
      const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
      event.stopPropagation();
      if (way) this.move(way, event.shiftKey);
      else if (event.key === "Enter" || event.key === " ") this.finish();
      else if (event.key === "Escape") this.stop(true);
      else return;
      event.preventDefault();
    }

    move([x, y], isSize) {
      const [left, top, width, height] = this.draft.box;
      this.draft.box = isSize
        ? [left, top, limit(width + x, STEP, 1 - left), limit(height + y, STEP, 1 - top)]
        : [limit(left + x, 0, 1 - width), limit(top + y, 0, 1 - height), width, height];
      set(this.draft.element, this.draft.box);
      this.draft.element.scrollIntoView({ block: "nearest" });
      this.sayDraft();
    }

    sayDraft() {
      const [left, top, width, height] = this.draft.box.map((part) => Math.round(100 * part));
      const words = this.words.box.replace("{left}", left).replace("{top}", top)
        .replace("{width}", width).replace("{height}", height);
      this.draft.element.setAttribute("aria-label", words);
      this.on.says(words);
    }

    press(event) {
      this.justDrew = false;
      const sheet = event.target.closest(".pdf-page, .ann-picture");
      if (!this.isMarking || !sheet || event.button || event.target.closest(".ann-mark")) return;
      event.preventDefault();
      this.draft?.element.remove();
      this.from = at(sheet, event);
      this.begin(sheet, [this.from.x, this.from.y, 0, 0]);
      sheet.setPointerCapture(event.pointerId);
    }

    drag(event) {
      if (!this.from || !this.draft) return;
      const { x, y } = at(this.draft.sheet, event);
      const { from } = this;
      this.draft.box = [Math.min(x, from.x), Math.min(y, from.y), Math.abs(x - from.x), Math.abs(y - from.y)];
      set(this.draft.element, this.draft.box);
    }

    release() {
      if (!this.from || !this.draft) return;
      const [left, top, width, height] = this.draft.box;
      // A tap marks the place around it.
      if (width < SMALLEST || height < SMALLEST) this.draft.box = [limit(left - 0.12, 0, 0.76), limit(top - 0.03, 0, 0.94), 0.24, 0.06];
      this.from = null;
      this.justDrew = true;
      this.finish();
    }

    finish() {
      const { page, box } = this.draft;
      this.stop();
      this.on.take({ kind: page ? "region" : "image", page, boxes: [box.map(round)] });
    }

    stop(isGivenUp = false) {
      this.draft?.element.remove();
      this.draft = null;
      this.from = null;
      this.setMarking(false);
      if (isGivenUp) this.on.givenUp();
    }
  }

  function set(element, [left, top, width, height]) {
    const percent = (part) => `${100 * part}%`;
    Object.assign(element.style, { left: percent(left), top: percent(top), width: percent(width), height: percent(height) });
  }

  function at(sheet, event) {
    const rect = sheet.getBoundingClientRect();
    return { x: limit((event.clientX - rect.left) / rect.width, 0, 1), y: limit((event.clientY - rect.top) / rect.height, 0, 1) };
  }

  Remarks.Pages = Pages;
})();
