// Comfort on top of pages that work without it. Loaded before the page is drawn, so that a chosen
// theme never flashes; listens on the document, so that it needs no element to exist yet.
(function () {
  "use strict";
  const root = document.documentElement;
  const read = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const keep = (theme) => { try { localStorage.setItem("theme", theme); } catch { /* private window */ } };

  root.classList.add("js");
  if (["light", "dark"].includes(read())) root.dataset.bsTheme = read();

  function toggleTheme() {
    const dark = root.dataset.bsTheme
      ? root.dataset.bsTheme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.bsTheme = dark ? "light" : "dark";
    keep(root.dataset.bsTheme);
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-theme-toggle]")) toggleTheme();
    const close = event.target.closest("[data-toast-close]");
    if (close) close.closest("[data-toast]").remove();
    const more = document.querySelector(".shell-more[open]");
    if (more && !more.contains(event.target)) more.open = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const more = document.querySelector(".shell-more[open]");
      if (more) { more.open = false; more.querySelector("summary").focus(); }
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector("[data-error-summary]")?.focus();
    for (const wrap of document.querySelectorAll(".table-wrap")) {
      if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0;
    }
    for (const toast of document.querySelectorAll('.toasts [data-toast="success"]')) {
      setTimeout(() => { if (!toast.matches(":hover, :focus-within")) toast.remove(); }, 8000);
    }
  });

  document.addEventListener("alpine:init", () => {
    // The sum of an agenda's minutes beside the duration it must reach.
    Alpine.data("agendaSum", () => ({
      sentence: "",
      init() {
        this.add();
        this.$root.addEventListener("input", () => this.add());
      },
      add() {
        const words = this.$root.querySelector("[data-sum-fits]").dataset;
        const fields = [...this.$root.querySelectorAll(".step-row input[name$='-minutes']")];
        const total = fields.reduce((sum, field) => sum + (Number(field.value) || 0), 0);
        const wanted = Number(this.$root.querySelector("[name='minutes']").value) || 0;
        const text = total === 0 || total === wanted ? words.sumFits : words.sumDiffers;
        this.sentence = text.replace("{total}", total).replace("{wanted}", wanted);
      },
    }));
    Alpine.data("pickAll", () => ({
      all() { this.tick(true); },
      none() { this.tick(false); },
      tick(on) {
        for (const box of this.$root.querySelectorAll("input[name='people'], input[name='messages'], input[name='changes']")) box.checked = on;
      },
    }));
  });
})();
