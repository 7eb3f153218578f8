// What this browser keeps of one person's reviews and focus groups: words that wait to be sent
// (localStorage) and copies of desks (Cache storage). All names carry a word of that person's own, so
// that nobody else who logs in here is shown them.
"use strict";

(() => {
  const { device: own = "", deskCopies: askedAt, logout } = document.body.dataset;
  const COPY = "desk:";
  const WORDS = "review:";
  const PATIENCE = 400;    // for a window that is being loaded anew to give its lock back

  const quietly = (deed, otherwise) => { try { return deed(); } catch { return otherwise; } };
  const names = (start) => quietly(() => Object.keys(localStorage).filter((name) => name.startsWith(start)), []);

  const Device = {
    own,
    name: (url) => `${WORDS}${own}:${url}`,
    names: (url) => names(`${WORDS}${own}:${url}`),
    read: (name) => quietly(() => JSON.parse(localStorage.getItem(name)), null),
    remove: (name) => quietly(() => localStorage.removeItem(name)),

    // False where the browser has no room for it, or keeps nothing at all.
    write(name, value) {
      return quietly(() => { localStorage.setItem(name, JSON.stringify(value)); return true; }, false);
    },

    // A word for this window that outlives its reloading and is no other open window's.
    async window() {
      const fresh = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);
      const kept = quietly(() => sessionStorage.getItem("window"), null) ?? fresh();
      if (!navigator.locks) return fresh();
      const mine = await hold(kept) ? kept : fresh();
      if (mine !== kept) await hold(mine);
      quietly(() => sessionStorage.setItem("window", mine));
      return mine;
    },

    // The words of windows that are open now.
    async windows() {
      if (!navigator.locks) return new Set();
      return new Set((await navigator.locks.query()).held.map(({ name }) => name.replace("window:", "")));
    },

    async dropCopies(isDropped) {
      if (!window.caches) return;
      for (const name of await caches.keys()) {
        if (name.startsWith(COPY) && isDropped(name)) await caches.delete(name);
      }
    },

    // The log-in ended and may have begun anew in another window: takes over the key of its forms.
    // False when nobody, or somebody else, is logged in now.
    async renew() {
      const response = await fetch(location.pathname, { cache: "no-store" });
      if (!response.ok || response.redirected) return false;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const token = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
      if (page.body.dataset.device !== own || !token) return false;
      for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
      return true;
    },

    offer,
  };

  function hold(name) {
    return new Promise((resolve) => {
      const signal = AbortSignal.timeout(PATIENCE);
      navigator.locks.request(`window:${name}`, { signal }, () => {
        resolve(true);
        return new Promise(() => {});
      }).catch(() => resolve(false));
    });
  }

  // --- Words that nobody takes in any more ---

  const unsent = document.querySelector("[data-unsent]");
  const part = (name) => unsent.querySelector(`[data-unsent-${name}]`);
  const act = (name) => unsent.querySelector(`[data-unsent-act="${name}"]`);
  let offered = [];
  let leaving = null;

  function isWaiting(name) {
    const kept = Device.read(name);
    return Boolean(kept) && (name.includes("#") || kept.waiting);
  }

  function inWords(name) {
    const kept = Device.read(name);
    if (!kept.fields) return [kept.page, kept.quote, kept.text].filter(Boolean).join("\n");
    const lines = Object.entries(kept.labels ?? {}).map(([field, label]) => `${label}: ${[kept.fields[field]].flat().join(", ")}`);
    return [kept.title, ...lines].join("\n");
  }

  function offer(found, why, isLeaving = false) {
    offered = found.filter(isWaiting);
    if (!unsent || !offered.length) return false;
    part("text").textContent = offered.map(inWords).join("\n\n");
    part("why").textContent = why || part("why").dataset[isLeaving ? "leaving" : "over"];
    for (const name of ["leave", "stay"]) act(name).hidden = !isLeaving;
    act("delete").hidden = isLeaving;
    unsent.hidden = false;
    return true;
  }

  function download() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([part("text").textContent], { type: "text/plain;charset=utf-8" }));
    link.download = unsent.dataset.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  unsent?.addEventListener("click", async (event) => {
    const pressed = event.target.closest("[data-unsent-act]")?.dataset.unsentAct;
    if (pressed === "copy") {
      await navigator.clipboard.writeText(part("text").textContent);
      part("status").textContent = part("status").dataset.copied;
    }
    if (pressed === "download") download();
    if (pressed === "delete") offered.forEach(Device.remove);
    if (pressed === "delete" || pressed === "stay") unsent.hidden = true;
    if (pressed === "leave") leave(leaving);
  });

  // --- Logging out leaves nothing behind ---

  async function leave(form) {
    await Device.dropCopies(() => true);
    for (const name of names(WORDS)) Device.remove(name);
    form.submit();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!logout || new URL(form.action).pathname !== logout || navigator.onLine === false) return;
    event.preventDefault();
    leaving = form;
    if (!offer(Device.names(""), "", true)) leave(form);
    else document.getElementById("unsent-heading").focus();
  });

  // --- A review that is over leaves nothing behind either ---

  const deskOf = (name) => {
    const [, review, group] = /\/reviews\/(\d+)\/|\/focus-groups\/(\d+)\//.exec(name) ?? [];
    return review ?? `g${group}`;
  };
  const copyOf = (name) => name.split(":")[2];
  // The desk itself looks after the words that are being written there.
  const shown = document.querySelector("[data-review-desk]") ? location.pathname : null;

  async function tidy() {
    const isKept = window.caches && (await caches.keys()).some((name) => name.startsWith(COPY));
    const words = Device.names("");
    if (!isKept && !words.length) return;
    const response = await fetch(askedAt);
    if (!response.ok || response.redirected) return;
    const open = new Set((await response.json()).desks.map(String));
    await Device.dropCopies((name) => !open.has(copyOf(name)));
    const over = words.filter((name) => !open.has(deskOf(name)) && !(shown && name.includes(`${shown}draft/`)));
    for (const name of over) if (!isWaiting(name)) Device.remove(name);
    offer(over, "");
  }

  window.Device = Device;
  Device.dropCopies((name) => !own || !name.startsWith(`${COPY}${own}:`))
    .then(() => (own ? tidy() : null))
    .catch(() => { /* no network, or a browser that keeps nothing */ });
})();
