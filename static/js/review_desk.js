// The review desk saves while somebody types. Without this script the buttons do the same.
"use strict";

(() => {
  const name = (url) => `review:${url}`;
  const over = document.querySelector("[data-review-sent]");
  if (over) {
    try {
      const remarks = `${name(over.dataset.annotationsSent)}#`;
      const done = (kept) => kept === name(over.dataset.reviewSent) || kept.startsWith(remarks);
      for (const kept of Object.keys(localStorage).filter(done)) localStorage.removeItem(kept);
    } catch { /* a private window */ }
  }
  const form = document.querySelector("[data-review-desk]");
  if (!form) return;

  const WAIT = 800;        // after the last key, in milliseconds
  const RETRY = 5000;      // after a failure
  const key = name(form.dataset.draftUrl);
  const status = form.querySelector("[data-desk-status]");
  const progress = form.querySelector("progress");
  const progressWords = form.querySelector("[data-desk-progress]");
  let timer = 0;
  let isSaving = false;
  let isStale = false;     // a newer draft exists elsewhere: this window must not overwrite it
  let changes = 0;         // counts keystrokes, so that an answer knows whether it is the last

  function keep() {
    const kept = Object.fromEntries(new FormData(form));
    delete kept.csrfmiddlewaretoken;
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* a private window */ }
  }

  function forget() {
    try { localStorage.removeItem(key); } catch { /* a private window */ }
  }

  function kept() {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  // What waited on this device goes back into the form. A draft that is newer on the server wins,
  // field by field, where it has something; what it has not is filled from here.
  function restore(fields) {
    const { revision, writer, ...answers } = fields;
    const isOlder = revision !== form.elements.revision.value;
    for (const [field, value] of Object.entries(answers)) {
      const element = form.elements[field];
      if (element && !(isOlder && element.value)) element.value = value;
    }
    if (isOlder) say(form.dataset.older, "kept");
    else form.elements.writer.value = writer;
  }

  function say(text, state) {
    status.textContent = text;
    status.dataset.state = state;
  }

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function openComments() {
    for (const group of form.querySelectorAll("[data-criterion]")) {
      const score = group.querySelector("input[type=radio]:checked")?.value;
      if (score === "1" || score === "2") group.querySelector("details").open = true;
    }
  }

  function showSaved(answer) {
    form.elements.revision.value = answer.revision;
    progress.value = answer.done;
    progressWords.textContent = form.dataset.progress
      .replace("{done}", answer.done).replace("{total}", progress.max);
    say(form.dataset.saved.replace("{time}", answer.saved), "saved");
  }

  async function save() {
    if (isSaving || isStale) return;
    isSaving = true;
    const sent = changes;
    say(form.dataset.saving, "saving");
    try {
      const body = new URLSearchParams(new FormData(form));
      const response = await fetch(form.dataset.draftUrl, { method: "POST", body });
      if (response.redirected || response.status === 403) {
        say(form.dataset.signedOut, "kept");
        return;
      }
      const answer = await response.json();
      if (answer.revision) showSaved(answer);
      if (answer.error) say(answer.error, "kept");
      isStale = response.status === 409;
      if (response.ok && sent === changes) forget();
      if (response.ok && sent !== changes) later(WAIT);
    } catch {
      // No network, or an answer that is no JSON: the text waits here until it gets through.
      say(form.dataset.kept, "kept");
      later(RETRY);
    } finally {
      isSaving = false;
    }
  }

  function changed() {
    changes += 1;
    keep();
    openComments();
    later(WAIT);
  }

  form.addEventListener("input", changed);
  form.addEventListener("submit", () => { clearTimeout(timer); isStale = true; });
  addEventListener("online", () => later(0));

  form.elements.writer.value = crypto.randomUUID?.() ?? String(Math.random());
  const waiting = kept();
  if (waiting && Object.keys(waiting).length) {
    restore(waiting);
    later(0);
  }
  openComments();

  // On a phone the criteria come first; the document is one tap away.
  if (matchMedia("(max-width: 47.99rem)").matches) {
    document.querySelector("[data-desk-document]")?.removeAttribute("open");
  }
})();
