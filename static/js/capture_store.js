// Lines of a group that this device wrote and the server has not got yet: kept here (localStorage)
// under the key of the line, sent when there is a network, and forgotten once they are there.
"use strict";

(() => {
  const RETRY = 5000;      // after a failure, in milliseconds
  const { Device } = window;

  const same = (one, other) => Boolean(one && other) && JSON.stringify(plain(one)) === JSON.stringify(plain(other));
  const FIELDS = ["question", "participant", "words", "language", "rendering", "rendering_language", "interpreter", "is_back_checked", "nonverbal"];

  // What a line says, in one order and as text, whoever wrote it.
  function plain(line) {
    const said = Object.fromEntries(FIELDS.map((name) => [name, String(line[name] ?? "")]));
    said.is_back_checked = line.is_back_checked === true || line.is_back_checked === "true";
    return said;
  }

  // Says "change" with the key of the line that changed, "state" with how the sending stands.
  class CaptureStore extends EventTarget {
    constructor(url) {
      super();
      this.url = url;
      this.start = `${Device.name(url)}#`;
      this.memory = new Map();   // what the browser would not keep
      this.timer = 0;
      this.running = null;
      this.isUnkept = false;
    }

    keys() {
      const kept = Device.names(`${this.url}#`).map((name) => name.slice(this.start.length));
      const found = [...new Set([...kept, ...this.memory.keys()])];
      return found.sort((one, other) => this.get(one).order - this.get(other).order);
    }

    get(key) { return this.memory.get(key) ?? Device.read(this.start + key); }

    // `entry`: act, line, revision, base (what the server had), text (for whoever reads it here);
    // `tried` is what was sent last, whether or not it arrived.
    put(key, entry) {
      const before = this.get(key);
      const kept = { tried: before?.tried, ...entry, order: before?.order ?? Date.now(), stamp: crypto.randomUUID?.() ?? String(Math.random()) };
      const isKept = Device.write(this.start + key, kept);
      if (isKept) this.memory.delete(key);
      else this.memory.set(key, kept);
      this.isUnkept = this.memory.size > 0;
      this.say("change", { key });
      this.sync();
    }

    mark(key, more) {
      const kept = { ...this.get(key), ...more };
      if (this.memory.has(key) || !Device.write(this.start + key, kept)) this.memory.set(key, kept);
      return kept;
    }

    drop(key) {
      Device.remove(this.start + key);
      this.memory.delete(key);
      this.isUnkept = this.memory.size > 0;
    }

    say(kind, detail) { this.dispatchEvent(new CustomEvent(kind, { detail })); }

    later(delay = RETRY) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.sync(), delay);
    }

    // What was refused or waits for a choice stays; the rest goes, one after the other.
    waiting() { return this.keys().filter((key) => !this.get(key).error && this.get(key).conflict === undefined); }

    // Tries again what was refused: the group may be open again, or somebody may have agreed.
    again() {
      for (const key of this.keys()) if (this.get(key).error) this.mark(key, { error: "" });
      this.sync();
    }

    sync() {
      clearTimeout(this.timer);
      this.running ??= this.alone(() => this.all()).finally(() => { this.running = null; });
      return this.running;
    }

    // One window at a time; a line that two send all the same is one line on the server.
    alone(deed) {
      return navigator.locks ? navigator.locks.request(`capture:${this.url}`, deed) : deed();
    }

    async all() {
      for (let keys = this.waiting(); keys.length; keys = this.waiting()) {
        this.say("state", { state: "saving" });
        if (!(await this.send(keys[0]))) return;
      }
      this.say("state", { state: "rest" });
    }

    // True when the next line may be sent.
    async send(key) {
      const before = this.get(key).tried;
      const entry = { ...this.mark(key, { tried: this.get(key).line }), before };
      let response;
      let answer;
      try {
        response = await fetch(this.url, { method: "POST", body: this.body(key, entry) });
        this.say("state", { state: "saving", reached: true });
        if (response.redirected || response.status === 403) return this.signedOut();
        if (response.status === 404) { this.say("state", { state: "lost" }); this.later(); return false; }
        answer = await response.json();
      } catch {
        this.say("state", { state: "rest", reached: Boolean(response) });
        this.later();
        return false;
      }
      this.take(key, entry, response, answer);
      return true;
    }

    body(key, { act, line, revision }) {
      const body = new URLSearchParams({ act, client_key: key, revision });
      body.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]").value);
      for (const [name, value] of Object.entries(plain(line))) if (value !== false) body.set(name, value === true ? "on" : value);
      return body;
    }

    take(key, sent, response, answer) {
      const now = this.get(key);
      const isChanged = now && now.stamp !== sent.stamp;
      if (response.ok && !isChanged) this.drop(key);
      if (response.ok && isChanged) this.mark(key, { revision: answer.line?.revision ?? 0, base: answer.line });
      if (response.ok) this.say("saved", { key, line: answer.line, drawn: answer.drawn });
      else this.refused(key, sent, answer);
      this.say("change", { key });
    }

    // A line that nobody but this device has touched is sent upon what stands there now.
    refused(key, sent, { error, stored }) {
      const now = this.get(key);
      if (!now || (now.stamp !== sent.stamp && stored === undefined)) return;
      const isOwn = stored && (same(stored, sent.base) || same(stored, sent.before));
      if (isOwn) this.mark(key, { revision: stored.revision, base: stored });
      else if (stored !== undefined) this.mark(key, { conflict: stored });
      else this.mark(key, { error });
    }

    async signedOut() {
      this.say("state", { state: "signedOut" });
      const isBack = await Device.renew().catch(() => false);
      this.later(isBack ? 0 : RETRY);
      return false;
    }
  }

  window.Capture = { Store: CaptureStore, plain, same };
})();
