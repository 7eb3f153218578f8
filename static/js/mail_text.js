// The words of a mail: buttons put a placeholder where the cursor is, and the preview follows what
// is typed. Without this file placeholders are typed, and a button shows the preview.
(function () {
  "use strict";
  const form = document.querySelector("[data-mail-text]");
  if (!form) return;
  const body = form.elements.body;
  const subject = form.elements.subject;
  const show = form.querySelector("[data-show-preview]");
  let last = body;
  let waiting;

  [subject, body].forEach((field) => field.addEventListener("focus", () => { last = field; }));

  function insert(button) {
    const ownLine = button.dataset.ownLine === "yes";
    const field = ownLine ? body : last;
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    let text = button.dataset.insert;
    if (ownLine) {
      if (before && !before.endsWith("\n\n")) text = (before.endsWith("\n") ? "\n" : "\n\n") + text;
      if (after && !after.startsWith("\n\n")) text += after.startsWith("\n") ? "\n" : "\n\n";
    }
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(button);
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(show), 600);
  });
})();
