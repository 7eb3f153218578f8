// The calendar by keyboard and by drag. The page is complete without it: every key is a link that
// is there anyway, and every drag ends in the same question as the button "Move".
(function () {
  "use strict";
  const sheet = document.querySelector("[data-sheet]");
  const days = sheet ? [...sheet.querySelectorAll("[data-day]")] : [];
  const isMonth = sheet?.dataset.sheet === "month";
  const moveDialog = document.querySelector("[data-move-dialog]");
  const helpDialog = document.querySelector("[data-help-dialog]");
  const newUrl = moveDialog.dataset.new;
  const DAY = 86400000;
  const shifted = (iso, count) => new Date(Date.parse(iso) + count * DAY).toISOString().slice(0, 10);
  const press = (key) => document.querySelector(`[data-key="${key}"]`)?.click();

  // --- Keyboard ---------------------------------------------------------------------------------
  // One stop of the Tab key for the whole sheet: the day that arrows last went to.
  function stopAt(day, focus) {
    for (const other of days) other.tabIndex = other === day ? 0 : -1;
    if (focus) day.focus();
  }
  const current = () => days.find((day) => day.tabIndex === 0);

  if (days.length) {
    if (isMonth) sheet.setAttribute("role", "grid");
    const named = location.hash.startsWith("#day-") && document.getElementById(location.hash.slice(1));
    const start = days.includes(named) ? named
      : days.find((day) => day.matches(".calendar-today"))
      || days.find((day) => !day.matches(".calendar-other"));
    stopAt(start, start === named);
    // Enter on the day does what these do, so the Tab key need not pass forty of them.
    for (const link of sheet.querySelectorAll(".calendar-plan")) link.tabIndex = -1;
    sheet.addEventListener("focusin", (event) => {
      const day = event.target.closest("[data-day]");
      if (day) stopAt(day, false);
    });
  }

  function go(count) {
    const day = current();
    const next = days[days.indexOf(day) + count];
    if (next) { stopAt(next, true); return; }
    const link = document.querySelector(count < 0 ? '[rel="prev"]' : '[rel="next"]');
    if (link) location.assign(`${link.getAttribute("href")}#day-${shifted(day.dataset.day, count)}`);
  }

  function enter() {
    const day = current();
    (day.querySelector("a.calendar-entry") || day.querySelector(".calendar-plan"))?.click();
  }

  const onward = getComputedStyle(document.documentElement).direction === "rtl" ? -1 : 1;
  const inSheet = {
    ArrowRight: () => go(onward),
    ArrowLeft: () => go(-onward),
    Enter: enter,
    PageUp: () => press("p"),
    PageDown: () => press("n"),
  };
  if (isMonth) Object.assign(inSheet, { ArrowDown: () => go(7), ArrowUp: () => go(-7) });
  const anywhere = {
    "?": () => helpDialog.showModal(),
    c: () => {
      if (!newUrl) return;
      const day = current()?.dataset.day;
      location.assign(day ? `${newUrl}?day=${day}` : newUrl);
    },
  };
  for (const key of "tpnmwa") anywhere[key] = () => press(key);

  // Single letters can be in the way of speech control, so they can be switched off (WCAG 2.1.4).
  const switchBox = document.querySelector("[data-keys-on]");
  const stored = () => { try { return localStorage.getItem("calendar-keys"); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem("calendar-keys", value); } catch { /* private window */ } };
  switchBox.checked = stored() !== "off";
  switchBox.addEventListener("change", () => store(switchBox.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const onDay = event.target.matches?.("[data-day]");
    const deed = (onDay && inSheet[event.key]) || (switchBox.checked && anywhere[event.key]);
    if (!deed) return;
    event.preventDefault();
    deed();
  });
  document.querySelector("[data-help]").addEventListener("click", () => helpDialog.showModal());
  document.querySelector("[data-print]").addEventListener("click", () => window.print());

  // --- Moving -----------------------------------------------------------------------------------
  async function ask(url) {
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      // Our own page's markup, escaped by the server.
      moveDialog.querySelector("[data-move-body]").innerHTML = await answer.text();
      moveDialog.showModal();
    } catch {
      location.assign(url);
    }
  }
  moveDialog.addEventListener("click", (event) => {
    const keep = event.target.closest("[data-move-keep]");
    if (keep) { event.preventDefault(); moveDialog.close(); }
  });

  let drag = null;

  function start(event) {
    const item = event.target.closest("[data-move]");
    if (!item || event.button !== 0 || event.pointerType === "touch") return;
    if (event.target.closest(".calendar-move")) return;
    const box = item.getBoundingClientRect();
    drag = { item, x: event.clientX, y: event.clientY, grip: event.clientY - box.top, ghost: null };
  }

  function lift() {
    drag.ghost = drag.item.querySelector(".calendar-entry").cloneNode(true);
    drag.ghost.classList.add("drag-ghost");
    drag.ghost.removeAttribute("href");
    drag.ghost.dataset.country = drag.item.querySelector("[data-country]")?.dataset.country || "";
    drag.label = document.createElement("span");
    drag.label.className = "drag-clock";
    drag.ghost.prepend(drag.label);
    drag.ghost.style.inlineSize = `${Math.max(120, drag.item.offsetWidth)}px`;
    drag.item.classList.add("is-dragged");
    document.body.classList.add("is-dragging");
    document.body.append(drag.ghost);
  }

  // Where the pointer is: the day, and in a week the quarter of an hour the session would begin at.
  function place(event) {
    const day = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("[data-day]");
    if (!day || isMonth) return { day, clock: "" };
    const body = day.querySelector("[data-body]");
    if (!drag.item.closest("[data-body]")) return { day, clock: "" };
    const box = body.getBoundingClientRect();
    const hours = sheet.querySelectorAll(".week-hour").length;
    const quarter = Math.round(((event.clientY - drag.grip - box.top) / box.height) * hours * 4);
    const minutes = Number(sheet.dataset.firstHour) * 60 + Math.max(0, Math.min(quarter, hours * 4 - 1)) * 15;
    const two = (number) => String(number).padStart(2, "0");
    return { day, clock: `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` };
  }

  function move(event) {
    if (!drag) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
      lift();
    }
    drag.ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY - Math.min(drag.grip, 20)}px)`;
    const { day, clock } = place(event);
    for (const other of days) other.classList.toggle("drag-over", other === day);
    drag.label.textContent = clock;
  }

  function finish() {
    const ended = drag;
    drag = null;
    if (!ended?.ghost) return null;
    ended.ghost.remove();
    ended.item.classList.remove("is-dragged");
    document.body.classList.remove("is-dragging");
    for (const other of days) other.classList.remove("drag-over");
    // The click that a browser sends after a drag must not open the session.
    const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };
    document.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 50);
    return ended;
  }

  function drop(event) {
    const target = drag?.ghost ? place(event) : null;
    const done = finish();
    if (!done || !target.day) return;
    const from = done.item.closest("[data-day]").dataset.day;
    const to = target.day.dataset.day;
    const url = new URL(done.item.dataset.move, location.href);
    url.searchParams.set("version", done.item.dataset.version);
    if (target.clock) {
      url.searchParams.set("day", to);
      url.searchParams.set("clock", target.clock);
      url.searchParams.set("zone", sheet.dataset.zone);
    } else {
      // The clock stays; the day people agreed on moves by as many days as the mouse did.
      if (from === to) return;
      const count = (Date.parse(to) - Date.parse(from)) / DAY;
      url.searchParams.set("day", shifted(done.item.dataset.ownDay, count));
    }
    ask(url);
  }

  if (sheet) {
    sheet.addEventListener("pointerdown", start);
    sheet.addEventListener("dragstart", (event) => { if (event.target.closest("[data-move]")) event.preventDefault(); });
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", drop);
    document.addEventListener("pointercancel", finish);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") finish(); });
  }
})();
