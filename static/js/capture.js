// The page on which a group is noted: one box, question by question, also without a network.
// Without this script the form and the links do the same.
"use strict";

(() => {
  const page = document.querySelector("[data-capture]");
  const form = page?.querySelector("[data-capture-form]");
  if (!form) return;
  const { Store, Lines, plain } = window.Capture;
  const { Device } = window;
  const words = page.dataset;
  const status = page.querySelector("[data-capture-status]");
  const known = new Map(JSON.parse(document.getElementById("capture-data").textContent).map((line) => [line.client_key, line]));
  const store = new Store(words.lines);
  const lines = new Lines(page, form);
  const fresh = () => crypto.randomUUID();
  let drawn = Number(words.drawn);   // the server's second in which `known` was so
  let trouble = "";        // signedOut, lost

  // --- Forms ---

  const field = (of, name) => of.elements[name];

  function read(of) {
    const line = Object.fromEntries(new FormData(of));
    const hasRendering = Boolean(line.rendering?.trim());
    return plain({
      ...line,
      words: line.words.trim(),
      rendering: line.rendering.trim(),
      rendering_language: hasRendering ? line.rendering_language : "",
      interpreter: hasRendering ? line.interpreter : "",
      is_back_checked: hasRendering && of.elements.is_back_checked.checked,
    });
  }

  function fill(of, line) {
    for (const [name, value] of Object.entries(line)) {
      const found = field(of, name);
      if (!found || name === "revision" || name === "client_key") continue;
      if (name === "is_back_checked") found.checked = value === true;
      else found.value = String(value ?? "");
    }
    direct(of);
  }

  // Words run as their language does, while they are typed.
  function direct(of) {
    for (const choice of of.querySelectorAll("[data-directs]")) {
      const box = of.querySelector(`[data-capture-field="${choice.dataset.directs}"]`);
      box.lang = choice.value;
      box.dir = choice.value ? lines.direction(choice.value) : "auto";
    }
  }

  // Whether the line says anything; if not, the field says so.
  function isSaid(of, line) {
    if (line.words || line.rendering || line.nonverbal) return true;
    const box = of.querySelector('[data-capture-field="words"]');
    box.setCustomValidity(words.empty);
    box.reportValidity();
    box.addEventListener("input", () => box.setCustomValidity(""), { once: true });
    return false;
  }

  // --- One line: noted, changed, taken away ---

  function note(key, line, { revision = 0, base = null } = {}) {
    store.put(key, { act: "note", line, revision, base, text: lines.text(line) });
  }

  function draw(key) {
    const entry = store.get(key);
    const line = entry?.line ?? known.get(key);
    lines.show(key, line, entry);
    // What is taken away stands there until that is saved, so that it can be brought back.
    const row = lines.find(key);
    row?.classList.toggle("is-deleted", entry?.act === "delete");
    show();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = read(form);
    if (!isSaid(form, line)) return;
    note(fresh(), line);
    for (const name of ["words", "rendering", "nonverbal"]) field(form, name).value = "";
    field(form, "is_back_checked").checked = false;
    form.querySelector('[data-capture-field="words"]').focus();
  });

  function edit(row) {
    const key = row.dataset.captureLine;
    leave();
    const box = lines.template("edit");
    const line = store.get(key)?.line ?? known.get(key);
    row.after(Object.assign(document.createElement("li"), { className: "capture-editing" }));
    row.nextElementSibling.append(box);
    row.hidden = true;
    fill(box, line);
    box.querySelector("details").open = true;
    box.querySelector("textarea").focus();
    box.addEventListener("submit", (event) => {
      event.preventDefault();
      const changed = read(box);
      if (!isSaid(box, changed)) return;
      const waiting = store.get(key);
      leave();
      note(key, changed, waiting ?? { revision: known.get(key)?.revision ?? 0, base: known.get(key) });
    });
  }

  function leave() {
    const open = page.querySelector(".capture-editing");
    if (!open) return;
    open.previousElementSibling.hidden = false;
    open.remove();
  }

  function take(row) {
    const key = row.dataset.captureLine;
    const waiting = store.get(key);
    const line = waiting?.line ?? known.get(key);
    const undo = { line, revision: waiting?.revision ?? known.get(key)?.revision ?? 0, base: waiting?.base ?? known.get(key) };
    leave();
    if (undo.revision || waiting?.tried) store.put(key, { ...undo, act: "delete", text: lines.text(line) });
    else store.drop(key);
    if (!store.get(key)) lines.show(key, null);
    offerUndo(key, undo);
    show();
  }

  function offerUndo(key, { line, revision, base }) {
    const said = lines.text(line);
    const bar = document.createElement("p");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm btn-link", textContent: words.undo });
    bar.className = "capture-undo";
    bar.setAttribute("role", "status");
    bar.append(`${words.deleted} ${said.length > 60 ? `${said.slice(0, 60)}…` : said} `, button);
    page.querySelector(".capture-undo")?.remove();
    form.after(bar);
    button.addEventListener("click", () => {
      bar.remove();
      // Taken away already: the same line once more, under its key.
      if (known.has(key) && store.get(key)) note(key, line, { revision, base });
      else note(key, line);
    });
  }

  function settle(row, act) {
    const key = row.dataset.captureLine;
    const { line, conflict, act: wanted } = store.get(key);
    store.drop(key);
    if (conflict) known.set(key, conflict);
    else known.delete(key);
    if (act === "theirs") return draw(key);
    if (act === "both") {
      draw(key);
      return note(fresh(), line);
    }
    if (wanted === "delete" && !conflict) return draw(key);
    if (wanted === "delete") return store.put(key, { act: "delete", line, revision: conflict.revision, base: conflict, text: lines.text(line) });
    if (!conflict) lines.show(key, null);
    return conflict ? note(key, line, { revision: conflict.revision, base: conflict }) : note(fresh(), line);
  }

  const DEEDS = { edit, delete: take, mine: (row) => settle(row, "mine"), theirs: (row) => settle(row, "theirs"), both: (row) => settle(row, "both") };

  page.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-capture-act]");
    if (pressed?.dataset.captureAct === "leave") leave();
    const row = pressed?.closest("[data-capture-line]");
    if (row) {
      event.preventDefault();
      DEEDS[pressed.dataset.captureAct](row);
    }
    const link = event.target.closest("[data-capture-question]");
    if (link) {
      event.preventDefault();
      choose(link.dataset.captureQuestion);
    }
  });

  page.addEventListener("change", (event) => {
    const of = event.target.closest("form");
    if (!of) return;
    const spoken = event.target.name === "participant" && event.target.dataset.language;
    if (spoken && of === form && !field(of, "words").value) field(of, "language").value = spoken;
    direct(of);
  });

  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    const box = event.target.closest("textarea");
    const isTouch = matchMedia("(pointer: coarse)").matches;
    if (event.ctrlKey || event.metaKey || (box && !event.shiftKey && !isTouch)) {
      event.preventDefault();
      event.target.form?.requestSubmit();
    }
  });

  // --- Question by question ---

  function choose(question) {
    leave();
    field(form, "question").value = question;
    for (const link of page.querySelectorAll("[data-capture-question]")) {
      if (link.dataset.captureQuestion === question) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const part of page.querySelectorAll("[data-capture-part]")) part.classList.toggle("is-chosen", part.dataset.capturePart === question);
    const chosen = page.querySelector(".is-chosen [data-capture-wordings]");
    page.querySelector("[data-capture-asked]").replaceChildren(...[...chosen.children].map((one) => one.cloneNode(true)));
    form.querySelector('[data-capture-field="words"]').focus({ preventScroll: matchMedia("(min-width: 62rem)").matches });
  }

  // --- How it stands ---

  function show() {
    const n = store.keys().length;
    const waits = n === 1 ? words.waitingOne : words.waitingMany.replace("{n}", n);
    const why = trouble ? words[trouble] : store.isUnkept ? words.unkept : "";
    status.textContent = n ? [waits, why].filter(Boolean).join(" ") : words.saved;
    status.dataset.state = n ? "kept" : "saved";
  }

  store.addEventListener("change", ({ detail }) => draw(detail.key));
  store.addEventListener("state", ({ detail: { state, reached } }) => {
    trouble = ["signedOut", "lost"].includes(state) ? state : "";
    if (reached !== undefined) form.dispatchEvent(new CustomEvent("desk:network", { detail: reached, bubbles: true }));
    show();
  });
  store.addEventListener("saved", ({ detail: { key, line, drawn: at } }) => {
    drawn = at;
    if (line) known.set(key, line);
    else known.delete(key);
    copy().catch(() => { /* a browser that keeps nothing */ });
  });

  // --- What is saved is in the copy of this page as well, without asking the network for it ---

  const cacheName = () => `desk:${Device.own}:${page.querySelector("[data-desk]").dataset.desk}`;

  async function copy() {
    if (!window.caches || !(await caches.has(cacheName()))) return;
    const kept = Response.json({ drawn, lines: [...known.values()] });
    await (await caches.open(cacheName())).put(words.lines, kept);
  }

  // Without a network: what was saved after this page was drawn.
  async function recall() {
    const kept = await (await caches.match(words.lines, { cacheName: cacheName() }))?.json();
    if (kept && kept.drawn >= drawn) replace(kept.lines);
  }

  function replace(all) {
    const found = new Map(all.map((line) => [line.client_key, line]));
    const keys = new Set([...known.keys(), ...found.keys()]);
    known.clear();
    for (const [key, line] of found) known.set(key, line);
    for (const key of keys) draw(key);
  }

  // What other devices and windows noted meanwhile.
  async function refresh() {
    const response = await fetch(words.lines, { cache: "no-store" });
    if (!response.ok || response.redirected) return;
    const answer = await response.json();
    drawn = answer.drawn;
    replace(answer.lines);
    await copy();
  }

  const quietly = () => refresh().catch(recall).catch(() => { /* nothing is kept here */ });
  addEventListener("online", () => store.sync());
  addEventListener("storage", ({ key, newValue }) => {
    if (!key?.startsWith(store.start)) return;
    if (newValue) draw(key.slice(store.start.length));
    else quietly();
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) quietly(); });
  addEventListener("beforeunload", (event) => { if (store.isUnkept) event.preventDefault(); });

  direct(form);
  for (const key of store.keys()) draw(key);
  show();
  quietly();
  store.again();
})();
