// Counts down while a deed can be taken back, then takes the offer away. Without it the offer stays
// and the server says when it is too late.
(function () {
  "use strict";
  for (const offer of document.querySelectorAll("[data-undo]")) {
    const left = offer.querySelector("[data-undo-left]");
    const end = Date.now() + Number(offer.dataset.undo) * 1000;
    const clock = setInterval(() => {
      const seconds = Math.ceil((end - Date.now()) / 1000);
      if (left) left.textContent = String(Math.max(0, seconds));
      if (seconds > 0) return;
      clearInterval(clock);
      offer.remove();
    }, 500);
  }
})();
