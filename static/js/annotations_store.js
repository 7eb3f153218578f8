// The remarks of one review in this window: what is typed is kept on this device at once, sent to
// the server a moment later, and sent again until the server has said that it is there.
"use strict";

(() => {
  const { Device } = window;
  const WAIT = 800;        // after the last key, in milliseconds
  const LONGEST = 3000;    // after the first key that is not sent, however fast one types
  const RETRY = 5000;      // after a failure
  const MOST_DOUBTS = 5;
  const FIELDS = ["client_key", "kind", "mark", "text", "criterion", "page", "quote", "prefix", "suffix", "before", "from_second", "to_second"];

  const plain = (text) => text.normalize("NFC").trim();
  const same = (one, other) => one.mark === other.mark && String(one.criterion) === String(other.criterion)
    && plain(one.text) === plain(other.text);

  // Fires "change" (with the remark, or without when the list is another), and "status".
  class Store extends EventTarget {
    constructor({ url, deleteUrl, token }) {
      super();
      Object.assign(this, { url, deleteUrl, token });
      this.key = `${url}#`;   // beside the draft of the same desk, one entry a remark
      this.items = new Map();
      this.isOver = false;
      this.isLoaded = false;
      this.timer = 0;
      this.since = 0;
      this.running = null;
    }

    get shown() { return [...this.items.values()].filter((item) => !item.gone); }
    get waiting() { return [...this.items.values()].filter((item) => item.dirty); }

    // What the server has, with what waits on this device laid over it.
    async load() {
      for (const item of this.read()) this.items.set(item.client_key, { ...item, changes: 1 });
      this.tell();
      try {
        const response = await fetch(this.url);
        if (!response.ok || response.redirected) throw new Error(response.status);
        for (const row of (await response.json()).annotations) this.meet(row);
        this.tell();
        this.isLoaded = true;
        this.dispatchEvent(new Event("loaded"));
      } catch {
        setTimeout(() => this.load(), RETRY);
      }
      // Only now: an answer that is older than what was sent meanwhile would undo it.
      if (this.waiting.length) this.later(0);
    }

    meet(row) {
      const own = this.items.get(row.client_key);
      if (own && !own.dirty && own.revision >= row.revision) return;
      if (!own?.dirty) this.items.set(row.client_key, { ...row, doubts: [], changes: 0 });
      else if (!own.gone && same(own, row)) this.keep(Object.assign(own, row, { dirty: false, doubts: [] }));
      else if (!own.revision) own.boxes = row.boxes;
    }

    add(fields) {
      const item = { mark: "should", text: "", criterion: "", page: "", quote: "", prefix: "", suffix: "", before: "", boxes: [], from_second: "", to_second: "", ...fields };
      Object.assign(item, { client_key: crypto.randomUUID?.() ?? random(), revision: 0, doubts: [], changes: 0 });
      this.items.set(item.client_key, item);
      this.touch(item, 0);
      this.tell();
      return item;
    }

    change(item, fields) {
      Object.assign(item, fields);
      this.touch(item, WAIT);
      this.tell(item);
    }

    remove(item) {
      item.gone = true;
      this.touch(item, 0);
      this.tell();
    }

    // Undo: the remark is sent anew under its old key.
    bringBack(item) {
      if (!this.items.has(item.client_key)) Object.assign(item, { revision: 0, doubts: [] });
      this.items.set(item.client_key, item);
      item.gone = false;
      this.touch(item, 0);
      this.tell();
    }

    // After a conflict: the own words once more ("mine"), those of the other window, or both.
    settle(item, choice) {
      const stored = item.conflict;
      item.conflict = undefined;
      item.revision = stored ? stored.revision : 0;
      if (choice === "both" && stored) item.text = [item.text, stored.text].filter(Boolean).join("\n\n");
      if (choice !== "theirs") {
        item.gone = false;
        this.touch(item, 0);
      } else if (stored) {
        Object.assign(item, stored, { dirty: false, gone: false });
      } else {
        this.drop(item);
      }
      this.keep(item);
      this.tell();
    }

    drop(item) {
      this.items.delete(item.client_key);
      item.dirty = false;
      this.keep(item);
    }

    touch(item, delay) {
      item.dirty = true;
      item.trouble = "";
      item.changes += 1;
      this.keep(item);
      this.since ||= Date.now();
      this.later(Math.max(0, Math.min(delay, this.since + LONGEST - Date.now())));
    }

    // What the server has not confirmed lies on this device.
    keep({ trouble, changes, conflict, ...fields }) {
      const name = Device.name(this.key + fields.client_key);
      if (!fields.dirty) Device.remove(name);
      else if (!Device.write(name, fields)) this.say("full");
    }

    read() {
      return Device.names(this.key).map(Device.read).filter(Boolean);
    }

    tell(item) { this.dispatchEvent(new CustomEvent("change", { detail: item })); }
    say(state, words = "") { this.dispatchEvent(new CustomEvent("status", { detail: { state, words } })); }

    later(delay) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.flush(), delay);
    }

    // Sends what waits, one after the other; true when nothing waits any more.
    async flush() {
      clearTimeout(this.timer);
      this.since = 0;
      this.running ??= this.sendAll().finally(() => { this.running = null; });
      await this.running;
      return this.waiting.length === 0;
    }

    async sendAll() {
      const next = () => this.waiting.find((item) => !item.trouble && item.conflict === undefined);
      try {
        for (let item = next(); item && !this.isOver; item = next()) {
          if (!(await this.send(item))) break;
        }
      } catch {
        // No network, or an answer that is no JSON: it waits here until it gets through.
        this.say("kept");
        this.later(RETRY);
      }
    }

    async send(item) {
      const sent = item.changes;
      if (item.gone && !item.revision && !item.doubts.length) {
        this.drop(item);
        return true;
      }
      this.say("saving");
      const response = await this.post(item);
      if (response.redirected || response.status === 403) {
        this.say("signed-out");
        this.later(RETRY);
        return false;
      }
      const answer = await response.json();
      if (response.ok) this.confirm(item, answer, sent);
      else if (response.status === 409) this.disagree(item, answer);
      else if (response.status === 400) this.refuse(item, answer.error);
      else throw new Error(response.status);
      this.keep(item);
      return true;
    }

    post(item) {
      const body = new URLSearchParams({ csrfmiddlewaretoken: this.token() });
      if (item.gone) {
        body.set("client_key", item.client_key);
        body.set("revision", item.revision || 1);
        return fetch(this.deleteUrl, { method: "POST", body });
      }
      for (const field of FIELDS) body.set(field, item[field] ?? "");
      body.set("boxes", JSON.stringify(item.boxes));
      body.set("revision", item.revision);
      // Until an answer comes the server may have it or not: next time that is recognised.
      const { mark, text, criterion } = item;
      item.doubts = [...item.doubts, { mark, text, criterion }].slice(-MOST_DOUBTS);
      this.keep(item);
      return fetch(this.url, { method: "POST", body });
    }

    confirm(item, answer, sent) {
      item.doubts = [];
      if (answer.annotation) {
        item.revision = answer.annotation.revision;
        item.quote = answer.annotation.quote;
        item.dirty = item.changes !== sent;
      } else if (item.changes === sent) {
        this.drop(item);
      } else {
        // Brought back while it was being deleted.
        item.revision = 0;
      }
      this.say("saved", answer.saved);
    }

    disagree(item, answer) {
      if (answer.over) {
        this.isOver = true;
        this.dispatchEvent(new CustomEvent("over", { detail: answer.error }));
      }
      if (answer.over || !("stored" in answer)) this.refuse(item, answer.error);
      else if (answer.stored && item.doubts.some((own) => same(own, answer.stored))) item.revision = answer.stored.revision;
      else {
        item.conflict = answer.stored;
        item.gone = false;
        this.say("kept", answer.error);
        this.tell();
      }
    }

    refuse(item, sentence) {
      item.trouble = sentence;
      this.say("kept", sentence);
      this.tell(item);
    }
  }

  // Old browsers and pages without TLS have no randomUUID.
  function random() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  window.Remarks = { Store };
})();
