// Keys that work on every page: / and Ctrl-K go to the box that searches everything, ? lists them.
// Nothing happens while somebody types, but for Ctrl-K, which writes no letter.
(function () {
  "use strict";
  const FIELDS = "input, textarea, select, [contenteditable]";

  function goToSearch(event) {
    const box = document.getElementById("search-everything");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  }

  // On the window, so that a page that has its own use for a key is asked first.
  window.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const held = event.ctrlKey || event.metaKey;
    if (held && event.key.toLowerCase() === "k" && !event.shiftKey) { goToSearch(event); return; }
    if (held || event.target.closest?.(FIELDS)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/") goToSearch(event);
    // A page with keys of its own lists them itself.
    if (event.key === "?" && !document.querySelector("[data-help-dialog]")) {
      event.preventDefault();
      document.getElementById("keys")?.showModal();
    }
  });
})();
