// Moves the rows of an agenda in the page: by a handle, by the buttons, and takes rows out. Rows
// stay where they are and exchange what they hold, so that names, labels and errors keep their
// order. Without this file each button asks the server, which does the same.
(function () {
  "use strict";
  const rowsOf = (element) => [...element.closest("[data-agenda]").querySelectorAll("[data-step]")];
  const fieldsOf = (row) => [...row.querySelectorAll("input[name^='steps-']")];
  const read = (row) => fieldsOf(row).map((field) => field.value);
  const write = (row, values) => fieldsOf(row).forEach((field, i) => { field.value = values[i] ?? ""; });
  const tell = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));

  // Takes the content of row `from` to row `to`; those between move by one.
  function move(rows, from, to) {
    const contents = rows.map(read);
    contents.splice(to, 0, ...contents.splice(from, 1));
    rows.forEach((row, i) => write(row, contents[i]));
    tell(rows[to]);
  }

  function takeOut(rows, at) {
    const contents = rows.map(read);
    contents.splice(at, 1);
    rows.forEach((row, i) => write(row, contents[i] || []));
    tell(rows[at]);
    fieldsOf(rows[at])[0].focus();
  }

  function takeSum(button) {
    const form = button.closest("form");
    const rows = [...form.querySelectorAll("[data-step] input[name$='-minutes']")];
    const total = rows.reduce((sum, field) => sum + (Number(field.value) || 0), 0);
    const minutes = form.querySelector("[name='minutes']");
    minutes.value = total;
    tell(minutes);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step-by], [data-step-out], [data-take-sum]");
    if (!button) return;
    event.preventDefault();
    if ("takeSum" in button.dataset) { takeSum(button); return; }
    const rows = rowsOf(button);
    const at = rows.indexOf(button.closest("[data-step]"));
    if ("stepOut" in button.dataset) { takeOut(rows, at); return; }
    const by = Number(button.dataset.stepBy);
    const to = at + by;
    if (!rows[to]) return;
    move(rows, at, to);
    // The same button of the row it went to, so that a second press goes on.
    const next = rows[to].querySelector(`[data-step-by="${by}"]`);
    (next.disabled ? rows[to].querySelector("[data-step-by]:not(:disabled)") : next).focus();
  });

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-step-handle]");
    if (!handle || event.button !== 0) return;
    event.preventDefault();
    const rows = rowsOf(handle);
    let at = rows.indexOf(handle.closest("[data-step]"));
    rows[at].classList.add("is-dragged");
    handle.setPointerCapture(event.pointerId);

    function follow(moved) {
      const to = rows.findIndex((row) => {
        const box = row.getBoundingClientRect();
        return moved.clientY >= box.top && moved.clientY < box.bottom;
      });
      if (to < 0 || to === at) return;
      move(rows, at, to);
      rows[at].classList.remove("is-dragged");
      rows[to].classList.add("is-dragged");
      at = to;
    }

    function drop() {
      rows[at].classList.remove("is-dragged");
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("pointerup", drop);
      handle.removeEventListener("pointercancel", drop);
    }

    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", drop);
    handle.addEventListener("pointercancel", drop);
  });

  // The sum beside the duration follows what the server sent.
  document.addEventListener("htmx:afterSettle", (event) => {
    const agenda = document.querySelector("#session-form [data-agenda]");
    if (agenda && event.detail.elt?.matches("#agenda-part, #session-form")) tell(agenda);
  });
})();
