// A small viewer over pdf.js: pages keep their place, are drawn when they come near, and carry
// their text so that it can be selected, searched and read aloud. Any page may hold several.
//
// Each drawn page is `.pdf-page[data-page="n"]` with a canvas and a text layer; the section fires
// "pdf:page" when another page comes into view, so that a tool beside it can follow.

const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const NEAR = "800px 0px";
const MOST_PIXELS = 16_000_000;

class PdfViewer {
  constructor(section) {
    this.section = section;
    this.stage = section.querySelector("[data-pdf-stage]");
    this.bar = section.querySelector("[data-pdf-bar]");
    this.number = section.querySelector("[data-pdf-number]");
    this.zoomLabel = section.querySelector("[data-pdf-zoom]");
    this.status = section.querySelector("[data-pdf-status]");
    this.pages = [];
    this.current = 1;
    this.zoom = STEPS.indexOf(1);
  }

  async start() {
    const data = this.section.dataset;
    this.pdfjs = await import(data.pdfLibrary);
    this.pdfjs.GlobalWorkerOptions.workerSrc = data.pdfWorker;
    const absolute = (path) => new URL(path, location.href).href;
    this.document = await this.pdfjs.getDocument({
      url: data.pdfUrl,
      cMapUrl: absolute(data.pdfCmaps),
      standardFontDataUrl: absolute(data.pdfFonts),
      wasmUrl: absolute(data.pdfWasm),
      useWasm: false,
      isEvalSupported: false,
      enableXfa: false,
      // Only what is looked at is fetched; the rest of a big file stays where it is.
      disableAutoFetch: true,
      disableStream: true,
      rangeChunkSize: 64 * 1024,
    }).promise;
    const first = await this.document.getPage(1);
    this.shape = first.getViewport({ scale: 1 });
    this.section.querySelector("[data-pdf-fallback]").hidden = true;
    this.bar.hidden = false;
    // Shown before it is measured: a hidden stage has no width, and the sheets would jump.
    this.section.classList.add("pdf-ready");
    this.build();
    this.listen();
  }

  // One empty sheet per page, as large as the first, so that nothing moves while pages arrive.
  build() {
    for (let n = 1; n <= this.document.numPages; n += 1) {
      const sheet = document.createElement("div");
      sheet.className = "pdf-page";
      sheet.dataset.page = n;
      this.stage.append(sheet);
      this.pages.push({ sheet, shape: this.shape, drawn: 0, task: null });
    }
    this.measure();
  }

  get scale() {
    const room = this.stage.clientWidth - 2;
    const fit = Math.min(room / this.shape.width, 1.6);
    return fit * STEPS[this.zoom];
  }

  measure() {
    const scale = this.scale;
    for (const page of this.pages) {
      const { style } = page.sheet;
      style.setProperty("--total-scale-factor", scale);
      style.width = `${Math.floor(page.shape.width * scale)}px`;
      style.height = `${Math.floor(page.shape.height * scale)}px`;
    }
  }

  listen() {
    this.near = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const page = this.pages[entry.target.dataset.page - 1];
        if (entry.isIntersecting) this.draw(page);
        else this.forget(page);
      }
    }, { root: this.stage, rootMargin: NEAR });
    for (const page of this.pages) this.near.observe(page.sheet);
    this.stage.addEventListener("scroll", () => this.follow(), { passive: true });
    this.section.addEventListener("click", (event) => {
      const button = event.target.closest("[data-pdf-act]");
      if (button) this.act(button.dataset.pdfAct);
    });
    this.section.addEventListener("keydown", (event) => this.key(event));
    this.number.addEventListener("change", () => this.go(Number(this.number.value)));
    let width = this.stage.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(this.stage.clientWidth - width) < 2) return;
      width = this.stage.clientWidth;
      this.resize();
    }).observe(this.stage);
  }

  act(name) {
    if (name === "next") this.go(this.current + 1);
    if (name === "previous") this.go(this.current - 1);
    if (name === "larger") this.zoomTo(this.zoom + 1);
    if (name === "smaller") this.zoomTo(this.zoom - 1);
  }

  key(event) {
    if (event.target === this.number || event.ctrlKey || event.metaKey || event.altKey) return;
    const name = { PageDown: "next", n: "next", PageUp: "previous", p: "previous", "+": "larger", "-": "smaller" }[event.key];
    if (event.key === "Home") this.go(1);
    else if (event.key === "End") this.go(this.pages.length);
    else if (name) this.act(name);
    else return;
    event.preventDefault();
  }

  go(n) {
    const target = Math.min(Math.max(Math.round(n) || 1, 1), this.pages.length);
    const { sheet } = this.pages[target - 1];
    this.stage.scrollTo({ top: sheet.offsetTop - this.stage.offsetTop - 8 });
    this.show(target);
  }

  // The page that holds the upper third of what is seen.
  follow() {
    const line = this.stage.scrollTop + this.stage.clientHeight / 3;
    const top = (page) => page.sheet.offsetTop - this.stage.offsetTop;
    let found = this.pages.findLastIndex((page) => top(page) <= line) + 1;
    const end = this.stage.scrollTop + this.stage.clientHeight >= this.stage.scrollHeight - 2;
    if (end && top(this.pages.at(-1)) > this.stage.scrollTop) found = Math.max(found, this.current);
    this.show(Math.max(found, 1));
  }

  show(n) {
    this.number.value = n;
    if (n === this.current) return;
    this.current = n;
    this.status.textContent = this.status.dataset.says.replace("{page}", n).replace("{pages}", this.pages.length);
    this.section.dispatchEvent(new CustomEvent("pdf:page", { detail: { page: n }, bubbles: true }));
  }

  zoomTo(step) {
    this.zoom = Math.min(Math.max(step, 0), STEPS.length - 1);
    this.zoomLabel.textContent = `${Math.round(STEPS[this.zoom] * 100)} %`;
    this.resize();
  }

  // Sizes change and the reader stays at the same place of the same page.
  resize() {
    const { sheet } = this.pages[this.current - 1];
    const inside = (this.stage.scrollTop - sheet.offsetTop + this.stage.offsetTop) / sheet.offsetHeight;
    this.measure();
    this.stage.scrollTop = sheet.offsetTop - this.stage.offsetTop + inside * sheet.offsetHeight;
    for (const page of this.pages) if (page.drawn) this.draw(page);
  }

  async draw(page) {
    const scale = this.scale;
    if (page.drawn === scale) return;
    page.drawn = scale;
    page.task?.cancel();
    try {
      const source = await this.document.getPage(Number(page.sheet.dataset.page));
      page.shape = source.getViewport({ scale: 1 });
      this.measure();
      const viewport = source.getViewport({ scale });
      const canvas = document.createElement("canvas");
      const most = Math.sqrt(MOST_PIXELS / (viewport.width * viewport.height));
      const ratio = Math.min(window.devicePixelRatio || 1, most);
      canvas.width = Math.floor(viewport.width * ratio);
      canvas.height = Math.floor(viewport.height * ratio);
      canvas.setAttribute("aria-hidden", "true");
      page.task = source.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
      await page.task.promise;
      const layer = document.createElement("div");
      layer.className = "textLayer";
      await new this.pdfjs.TextLayer({
        textContentSource: source.streamTextContent({ includeMarkedContent: true }),
        container: layer,
        viewport,
      }).render();
      if (page.drawn !== scale) return;
      page.sheet.replaceChildren(canvas, layer);
      this.section.dispatchEvent(new CustomEvent("pdf:drawn", { detail: { page: source.pageNumber }, bubbles: true }));
    } catch (error) {
      if (error.name !== "RenderingCancelledException") throw error;
    }
  }

  // Far away pages give their memory back.
  forget(page) {
    if (!page.drawn) return;
    page.task?.cancel();
    page.drawn = 0;
    page.sheet.replaceChildren();
  }
}

for (const section of document.querySelectorAll("[data-pdf-url]")) {
  // Where it fails, the way to download is still on the page.
  new PdfViewer(section).start().catch(() => section.classList.add("pdf-failed"));
}
