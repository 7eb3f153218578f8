// Remarks at the review desk: joins what is kept, what is painted and what is listed.
"use strict";

(() => {
  const section = document.querySelector("[data-annotations]");
  if (!section) return;
  const { Store, List, Pages, clock, selection } = window.Remarks;
  const { Device } = window;
  const words = section.dataset;
  const form = document.querySelector("[data-review-desk]");
  const root = document.querySelector("[data-desk-document]");
  const tools = root.querySelector("[data-ann-tools]");
  const help = root.querySelector("[data-ann-help]");
  const film = root.querySelector("video.version-film");
  const status = section.querySelector("[data-ann-status]");
  const undo = section.querySelector("[data-ann-undo]");
  const along = document.querySelector("[data-ann-along]");
  const button = (act) => tools.querySelector(`[data-ann-act="${act}"]`);
  const isPhone = () => matchMedia("(max-width: 61.99rem)").matches;
  let deleted = null;
  let begun = null;        // where a passage of the film begins

  const store = new Store({ url: words.url, deleteUrl: words.deleteUrl, token: () => form.elements.csrfmiddlewaretoken.value });
  window.Remarks.store = store;

  const list = new List({
    section,
    on: {
      change: (item, fields) => store.change(item, fields),
      settle: (item, choice) => store.settle(item, choice),
      show,
      remove(item) {
        deleted = item;
        store.remove(item);
        undo.hidden = false;
        undo.querySelector("button").focus();
      },
    },
  });

  const pages = new Pages({
    root,
    words,
    on: {
      take,
      open(item) { showTab("remarks"); list.open(item); },
      says: (text) => say(text),
      selected: (is) => button("words")?.setAttribute("aria-disabled", String(!is)),
      marking(on) {
        button("place").setAttribute("aria-pressed", String(on));
        help.hidden = !on;
      },
      givenUp: () => button("place").focus(),
    },
  });

  function say(text, state = "") {
    status.textContent = text;
    status.dataset.state = state;
  }

  function take(fields) {
    undo.hidden = true;
    const item = store.add(fields);
    say(words.new.replace("{place}", list.place(item)));
    showTab("remarks");
    list.open(item, { write: true });
  }

  function show(item) {
    if (!root.open) {
      // The pages find their width once they are seen.
      root.open = true;
      requestAnimationFrame(() => requestAnimationFrame(() => show(item)));
      return;
    }
    if (item.kind === "time" && film) {
      film.currentTime = item.from_second;
      film.scrollIntoView({ block: "nearest" });
      film.focus();
    } else pages.go(item);
    if (isPhone()) root.scrollIntoView();
  }

  undo.querySelector("button").addEventListener("click", () => {
    undo.hidden = true;
    store.bringBack(deleted);
    list.open(deleted);
  });

  // --- What changes is drawn again ---

  store.addEventListener("change", ({ detail }) => {
    if (detail) list.draw(detail);
    const items = detail ? null : list.show(store.shown);
    if (items) drawTimes(items);
    pages.show(items ?? pages.items);
    count();
  });

  function count() {
    const said = store.shown;
    const empty = said.filter((item) => item.mark !== "praise" && !item.text.trim()).length;
    for (const element of document.querySelectorAll("[data-ann-count]")) element.textContent = said.length;
    if (!along) return;
    const { says, empty: without } = along.dataset;
    along.textContent = says.replace("{n}", said.length) + (empty ? ` ${without.replace("{n}", empty)}` : "");
  }

  store.addEventListener("status", ({ detail: { state, words: more } }) => {
    if (state === "saving") say(words.saving, state);
    else if (state === "saved") say(words.saved.replace("{time}", more), state);
    else if (state === "signed-out") {
      say(words.signedOut, "kept");
      Device.renew().catch(() => {});
    } else if (state === "full") say(words.full, "kept");
    else say(more || words.kept, "kept");
  });

  // --- Tools ---

  root.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-ann-act]");
    if (!pressed) return;
    const act = pressed.dataset.annAct;
    if (act === "words") pages.takeWords();
    if (act === "place" && pages.isMarking) pages.stop();
    // A button that is pressed by a key has no clicks to count.
    else if (act === "place") pages.start(event.detail === 0);
    if (act === "page") take({ kind: "slide", page: pages.page });
    if (act === "moment") { film.pause(); take({ kind: "time", from_second: second() }); }
    if (act === "passage") passage();
  });
  // Pressing the button must not take the selection away.
  for (const element of root.querySelectorAll('[data-ann-act="words"]')) {
    element.addEventListener("pointerdown", (event) => event.preventDefault());
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && pages.isMarking) pages.stop(true);
    if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || !selection.in(pages.stage)) return;
    event.preventDefault();
    pages.takeWords();
  });

  // --- A film ---

  const second = () => Math.round(film.currentTime * 10) / 10;

  function passage() {
    if (begun === null) begun = second();
    else {
      film.pause();
      const [from, to] = [begun, second()].sort((a, b) => a - b);
      begun = null;
      take({ kind: "time", from_second: from, to_second: to });
    }
    drawClock();
  }

  function drawClock() {
    const time = clock(second());
    const name = (act, text) => { button(act).querySelector("span").textContent = text.replace("{time}", time); };
    name("moment", button("moment").dataset.says);
    name("passage", begun === null ? button("passage").dataset.says : button("passage").dataset.ends);
  }

  function drawTimes(items) {
    const row = tools.querySelector("[data-ann-times]");
    if (!row) return;
    row.replaceChildren(...items.map((item) => {
      const mark = pages.mark(item, 0);
      mark.textContent = `${item.number} · ${list.place(item)}`;
      return mark;
    }));
  }

  if (film) {
    for (const name of ["timeupdate", "seeked", "loadedmetadata"]) film.addEventListener(name, drawClock);
    drawClock();
  }

  // --- Criteria and remarks share the place beside the material ---

  const tabs = [...document.querySelectorAll("[data-desk-tabs] [role=tab]")];

  function showTab(name) {
    for (const tab of tabs) {
      const isShown = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute("aria-controls"));
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.hidden = !isShown;
    }
  }

  for (const tab of tabs) {
    tab.addEventListener("click", () => showTab(tab.id.slice(4)));
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = tabs[(tabs.indexOf(tab) + 1) % tabs.length];
      showTab(other.id.slice(4));
      other.focus();
    });
  }
  // What is missing in the criteria is found there.
  document.querySelector("[data-error-summary]")?.addEventListener("click", (event) => {
    if (event.target.closest("a")) showTab("criteria");
  });

  // --- Nothing is left behind when the review is sent ---

  let isFlushed = false;
  form.addEventListener("submit", async (event) => {
    if (isFlushed || event.submitter?.name !== "submit" || !store.waiting.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (await store.flush()) {
      isFlushed = true;
      form.requestSubmit(event.submitter);
      return;
    }
    showTab("remarks");
    say(words.wait, "kept");
    const first = store.waiting.find((item) => !item.gone);
    if (first) list.open(first);
  });

  store.addEventListener("over", ({ detail }) => Device.offer(Device.names(words.url), detail));
  addEventListener("online", () => store.later(0));
  tools.hidden = false;
  showTab("criteria");
  store.load();
})();
