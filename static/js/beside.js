// Two versions side by side: a page turned on one side turns on the other, while the box is ticked.

const QUIET_MS = 600;

class Beside {
  constructor(root) {
    this.sides = [...root.querySelectorAll("[data-beside-side]")];
    this.together = root.querySelector("[data-beside-together]");
    root.querySelector("[data-beside-switch]").hidden = false;
    // The side that leads, and until when: the other one's own news must not turn it back.
    this.leader = null;
    this.until = 0;
    for (const side of this.sides) {
      side.addEventListener("pdf:page", (event) => this.turned(side, event.detail.page));
      const text = side.querySelector("[data-beside-text]");
      text?.addEventListener("scroll", () => this.turned(side, this.pageOf(text)), { passive: true });
    }
  }

  turned(side, page) {
    const now = performance.now();
    if (this.leader !== side && now < this.until) return;
    this.leader = side;
    this.until = now + QUIET_MS;
    if (!this.together.checked) return;
    for (const other of this.sides) if (other !== side) this.turn(other, page);
  }

  turn(side, page) {
    const number = side.querySelector("[data-pdf-number]");
    if (number) {
      if (number.value === String(page)) return;
      number.value = page;
      number.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    const text = side.querySelector("[data-beside-text]");
    const section = text?.querySelector(`[data-page="${page}"]`);
    if (section && this.pageOf(text) !== page) text.scrollTo({ top: section.offsetTop - text.offsetTop });
  }

  pageOf(text) {
    const top = text.scrollTop + text.offsetTop + text.clientHeight / 3;
    const passed = [...text.querySelectorAll("[data-page]")].filter((one) => one.offsetTop <= top);
    return Number(passed.at(-1)?.dataset.page ?? 1);
  }
}

for (const root of document.querySelectorAll("[data-beside]")) new Beside(root);
