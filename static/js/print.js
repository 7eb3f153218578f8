// A button that opens the browser's own printing; without this file people print as ever.
for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
