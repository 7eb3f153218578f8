// "Fixed?" without leaving the desk. Without this script the buttons do the same by loading it anew.
"use strict";

(() => {
  const root = document.querySelector("[data-earlier]");
  if (!root) return;
  // On a phone the criteria come first, unless somebody was sent to a remark.
  const sent = location.hash && root.querySelector(location.hash.replace(/[^#\w-]/g, ""));
  if (sent) root.open = true;
  else if (matchMedia("(max-width: 47.99rem)").matches) root.open = false;
  const count = root.querySelector("[data-earlier-count]");

  function press(form, answer) {
    for (const button of form.querySelectorAll("button[name=answer]")) {
      button.setAttribute("aria-pressed", String(button.value === answer));
    }
  }

  function recount() {
    if (!count) return;
    const done = root.querySelectorAll("[data-earlier-form] [aria-pressed=true]").length;
    count.textContent = count.dataset.words.replace("{done}", done).replace("{total}", count.dataset.total);
  }

  async function send(form, button) {
    const status = form.querySelector("[data-earlier-status]");
    const body = new URLSearchParams(new FormData(form, button));
    const before = form.querySelector("[aria-pressed=true]")?.value;
    press(form, button.value);
    try {
      const response = await fetch(form.action, {
        method: "POST", body, headers: { Accept: "application/json" },
      });
      if (response.redirected || !response.headers.get("content-type")?.includes("json")) {
        form.requestSubmit(button);  // logged out, or refused: the page itself says so
        return;
      }
      const said = await response.json();
      status.textContent = said.error ?? said.said;
      if (said.error) press(form, before);
    } catch {
      press(form, before);
      status.textContent = root.dataset.offline;
    }
    recount();
  }

  root.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-earlier-form]");
    if (!form || !event.submitter || form.dataset.plain) return;
    event.preventDefault();
    form.dataset.plain = "1";
    send(form, event.submitter).finally(() => { delete form.dataset.plain; });
  });

  // A page is shown in the viewer beside the criteria, where there is one.
  for (const button of root.querySelectorAll("[data-earlier-page]")) {
    const find = () => document.querySelector(`.pdf-page[data-page="${button.dataset.earlierPage}"]`);
    button.addEventListener("click", () => {
      document.querySelector("[data-desk-document]")?.setAttribute("open", "");
      find()?.scrollIntoView({ block: "start" });
    });
    const offer = () => {
      if (!find()) return;
      button.hidden = false;
      button.nextElementSibling.hidden = true;
    };
    addEventListener("pdf:drawn", offer);
    offer();
  }
})();
