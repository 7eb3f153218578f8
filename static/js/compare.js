// Lays the two pictures of a page over each other: a slider blends them, a box shows only what
// differs. Without this file they stand beside each other.
(function () {
  "use strict";
  for (const overlay of document.querySelectorAll("[data-overlay]")) {
    const controls = overlay.querySelector("[data-overlay-controls]");
    const top = overlay.querySelector("[data-overlay-top]");
    if (!controls || !top) continue;
    const slider = overlay.querySelector("[data-overlay-slider]");
    const blend = overlay.querySelector("[data-overlay-blend]");
    const show = () => {
      overlay.classList.toggle("overlay-differs", blend.checked);
      slider.disabled = blend.checked;
      top.style.opacity = blend.checked ? 1 : slider.value / 100;
    };
    controls.hidden = false;
    overlay.classList.add("overlay-on");
    slider.addEventListener("input", show);
    blend.addEventListener("change", show);
    show();
  }
})();
