// The review desk saves while somebody types. Without this script the buttons do the same.
"use strict";

(() => {
  const form = document.querySelector("[data-review-desk]");
  if (!form) return;
  const { Device } = window;
  const { Fields, Conflicts, join, same } = window.Desk;

  const WAIT = 800;        // after the last key, in milliseconds
  const LONGEST = 3000;    // after the first key that is not saved, however fast one types
  const RETRY = 5000;      // after a failure
  const words = form.dataset;
  const status = form.querySelector("[data-desk-status]");
  const progress = form.querySelector("progress");
  const progressWords = form.querySelector("[data-desk-progress]");
  const fields = new Fields(form);
  // What the server had when this page was drawn, or has said since.
  let base = fields.read();
  let entry = "";          // the name of this window's words on this device
  let timer = 0;
  let since = 0;           // when the first key came that is not sent yet
  let running = null;
  let isOver = false;      // nothing is taken in any more
  let isLeaving = false;
  let isUnkept = false;    // neither the server nor this device has it
  let changes = 0;         // counts keystrokes, so that an answer knows whether it is the last

  // Nothing is sent while something is to be chosen.
  const conflicts = new Conflicts({
    section: document.querySelector("[data-desk-conflicts]"),
    fields,
    settled: () => changed(),
  });

  const isWaiting = () => fields.names().some((name) => !same(fields.read()[name], base[name]));

  function say(text, state) {
    status.textContent = text;
    status.dataset.state = state;
  }

  // The words of this window on this device: with what they were written upon, so that they can be
  // joined with what is written elsewhere meanwhile.
  function keep() {
    if (!entry) return;
    const now = fields.read();
    const touched = Object.keys(now).filter((name) => !same(now[name], base[name]));
    isUnkept = !Device.write(entry, {
      base,
      fields: now,
      revision: Number(form.elements.revision.value),
      writer: form.elements.writer.value,
      waiting: touched.length > 0,
      open: conflicts.open,
      title: document.querySelector("h1").textContent.trim(),
      labels: Object.fromEntries(touched.map((name) => [name, fields.label(name)])),
    }) && touched.length > 0;
    if (isUnkept) say(words.full, "kept");
  }

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function openComments() {
    for (const group of form.querySelectorAll("[data-kind=relevance]")) {
      const score = group.querySelector("input[type=radio]:checked")?.value;
      if (score === "1" || score === "2") group.querySelector("details").open = true;
    }
  }

  function showProgress() {
    progress.value = fields.done();
    progressWords.textContent = words.progress
      .replace("{done}", progress.value).replace("{total}", progress.max);
  }

  function showSaved(answer) {
    form.elements.revision.value = answer.revision;
    showProgress();
    say(words.saved.replace("{time}", answer.saved), "saved");
  }

  // --- Another window or device wrote too ---

  // Lays `mine`, written upon `upon`, and what stands elsewhere into the form; where both touched a
  // field, it is asked for.
  function lay(upon, mine, theirs) {
    const { joined, both } = join(upon, mine, theirs);
    for (const [name, values] of Object.entries(joined)) fields.write(name, values);
    if (both.length) conflicts.show(both, theirs);
  }

  function meet({ stored, revision }) {
    lay(base, fields.read(), stored);
    base = stored;
    form.elements.revision.value = revision;
    openComments();
    showProgress();
    keep();
    if (!conflicts.isOpen) later(0);
  }

  // What an earlier window left on this device.
  function adopt(left) {
    if (left.revision > Number(form.elements.revision.value)) {
      // This page is an old copy.
      base = left.base;
      form.elements.revision.value = left.revision;
      for (const [name, values] of Object.entries(left.fields)) fields.write(name, values);
    } else if (left.waiting) lay(left.base, left.fields, fields.read());
    if (left.waiting && Object.keys(left.open).length) conflicts.show(Object.keys(left.open), left.open);
  }

  // --- Saving ---

  // Sends what is there. Gives "saved"; "fault" when a field cannot be stored; else "".
  async function save() {
    clearTimeout(timer);
    if (isOver || conflicts.isOpen) return "";
    running ??= send().finally(() => { running = null; });
    return running;
  }

  async function send() {
    const sent = changes;
    since = 0;
    const state = fields.read();
    if (navigator.onLine !== false) say(words.saving, "saving");
    let response;
    let answer;
    try {
      const body = new URLSearchParams(new FormData(form));
      response = await fetch(words.draftUrl, { method: "POST", body });
      reached(true);
      if (response.redirected || response.status === 403) return loggedOut();
      answer = response.status === 404 ? { error: words.lost, over: true } : await response.json();
    } catch {
      // No network, or an answer that is no JSON: the text waits here until it gets through.
      if (!response) reached(false);
      say(words.kept, "kept");
      later(RETRY);
      return "";
    }
    return take(response, answer, state, sent);
  }

  function take(response, answer, state, sent) {
    const isHere = answer.revision && !answer.stored;
    if (isHere) showSaved(answer);
    if (answer.error) say(answer.error, "kept");
    if (answer.over) over(answer.error);
    if (answer.stored) meet(answer);
    if (!isHere) return "";
    // What cannot be stored goes on waiting here.
    if (response.ok) base = state;
    keep();
    if (sent !== changes) later(WAIT);
    return response.ok ? "saved" : "fault";
  }

  async function loggedOut() {
    say(words.signedOut, "kept");
    const isBack = await Device.renew().catch(() => false);
    later(isBack ? 0 : RETRY);
    return "";
  }

  function reached(is) {
    form.dispatchEvent(new CustomEvent("desk:network", { detail: is, bubbles: true }));
  }

  // What was written after the end stays here to be taken along.
  function over(why) {
    isOver = true;
    keep();
    Device.offer(Device.names(words.draftUrl), why);
  }

  function changed() {
    changes += 1;
    keep();
    showProgress();
    openComments();
    since ||= Date.now();
    later(Math.max(0, Math.min(WAIT, since + LONGEST - Date.now())));
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", async (event) => {
    if (isLeaving) return;
    event.preventDefault();
    const { submitter } = event;
    if (running) await running;
    if (!(await save())) {
      if (conflicts.isOpen) conflicts.show([], {});
      if (navigator.onLine === false) say(words.unsent, "kept");
      return;
    }
    isLeaving = true;
    form.requestSubmit(submitter);
  });
  addEventListener("online", () => { if (isWaiting()) later(0); });
  addEventListener("beforeunload", (event) => { if (isUnkept && !isLeaving) event.preventDefault(); });

  async function start() {
    const writer = await Device.window();
    const open = await Device.windows();
    const found = Device.names(`${words.draftUrl}~`)
      .map((name) => [name, Device.read(name)])
      .filter(([name, left]) => left && (name.endsWith(`~${writer}`) || !open.has(name.split("~").pop())))
      .sort(([, one], [, other]) => other.revision - one.revision);
    entry = `${Device.name(words.draftUrl)}~${writer}`;
    form.elements.writer.value = writer;
    for (const [, left] of found) adopt(left);
    keep();
    for (const [name] of found) if (name !== entry) Device.remove(name);
    openComments();
    showProgress();
    if (isWaiting()) later(0);
  }

  start();

  // On a phone the criteria come first; the document is one tap away.
  if (matchMedia("(max-width: 47.99rem)").matches) {
    document.querySelector("[data-desk-document]")?.removeAttribute("open");
  }
})();
