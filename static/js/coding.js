// Coding by keyboard, on top of a form that works without it: type to find a code, Enter gives it
// or takes it back, n goes on to the next quote.
(function () {
  "use strict";
  const form = document.querySelector("[data-coding]");
  if (!form) return;
  const box = form.querySelector("[data-coding-filter]");
  const field = box.querySelector("input");
  const picks = [...form.querySelectorAll("[data-code]")];
  if (!picks.length) return;
  box.hidden = false;
  form.querySelector("[data-coding-keys]").hidden = false;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  const found = () => picks.filter((pick) => !pick.hidden);

  function narrow() {
    const wanted = plain(field.value.trim());
    for (const pick of picks) pick.hidden = !plain(pick.dataset.code).includes(wanted);
    const first = found()[0];
    for (const pick of picks) pick.classList.toggle("is-next", Boolean(wanted) && pick === first);
  }

  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      field.value = "";
      narrow();
      field.blur();
    }
    if (event.key !== "Enter" || event.isComposing) return;
    // Enter in this field never sends the form: a code that was just looked for would be lost.
    event.preventDefault();
    const first = found()[0];
    if (!field.value.trim() || !first) return;
    first.querySelector("input[type='checkbox']").click();
    field.value = "";
    narrow();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type='checkbox'], [type='radio']), textarea, select")) return;
    if (event.key === "/") {
      event.preventDefault();
      field.focus();
    }
    if (event.key === "n") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
})();
