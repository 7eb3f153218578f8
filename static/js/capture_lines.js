// Draws the lines of a group: those the server has, and over them what waits on this device.
"use strict";

(() => {
  const part = (row, name) => row.querySelector(`[data-slot="${name}"]`);
  const label = (form, name, value) => [...form.elements[name].options].find((one) => one.value === String(value))?.text ?? "";

  class CaptureLines {
    // `page` holds everything; `form` is the box, whose choices name codes, languages, interpreters.
    constructor(page, form) {
      this.page = page;
      this.form = form;
      this.words = page.dataset;
      this.rtl = new Set(this.words.rtl.split(" "));
    }

    template(name) { return this.page.querySelector(`template[data-capture-${name}-template]`).content.firstElementChild.cloneNode(true); }
    find(key) { return this.page.querySelector(`[data-capture-line="${key}"]`); }
    list(question) {
      const parts = [...this.page.querySelectorAll("[data-capture-part]")];
      const found = parts.find((one) => one.dataset.capturePart === String(question)) ?? parts.at(-1);
      return found.querySelector("[data-capture-list]");
    }
    direction(language) { return this.rtl.has(language) ? "rtl" : "ltr"; }

    code(participant) {
      const input = [...this.form.querySelectorAll("input[name=participant]")].find((one) => one.value === String(participant));
      return input?.dataset.code ?? this.words.group;
    }

    // The line as a text, to be read where nothing else explains it.
    text(line) {
      const said = [line.words, line.rendering].filter(Boolean).join(" / ");
      return `${this.code(line.participant)}: ${[said, line.nonverbal && `(${line.nonverbal})`].filter(Boolean).join(" ")}`;
    }

    // `entry` is what waits here, if anything does; without a line the row goes.
    show(key, line, entry) {
      const known = this.find(key);
      if (!line) {
        known?.remove();
        return this.count();
      }
      const row = known ?? this.template("line");
      row.dataset.captureLine = key;
      row.id = `line-${key}`;
      this.fill(row, line);
      this.state(row, entry);
      const list = this.list(line.question);
      if (row.parentElement !== list) list.append(row);
      return this.count();
    }

    fill(row, line) {
      part(row, "code").textContent = this.code(line.participant);
      this.speak(part(row, "words"), line.words, line.language);
      this.speak(part(row, "rendering"), line.rendering, line.rendering_language);
      const how = line.rendering ? [line.interpreter && label(this.form, "interpreter", line.interpreter), label(this.form, "rendering_language", line.rendering_language)] : [];
      part(row, "how").textContent = how.filter(Boolean).join(", ");
      part(row, "back").hidden = !line.is_back_checked;
      part(row, "nonverbal").textContent = line.nonverbal;
      part(row, "nonverbal").hidden = !line.nonverbal;
    }

    speak(element, text, language) {
      element.textContent = text;
      element.hidden = !text;
      element.lang = language;
      element.dir = this.direction(language);
    }

    state(row, entry) {
      const isGone = entry?.act === "delete";
      row.classList.toggle("is-waiting", Boolean(entry));
      row.classList.toggle("is-refused", Boolean(entry?.error));
      const state = part(row, "state");
      state.textContent = entry ? entry.error || (isGone ? this.words.deleted : this.words.waits) : "";
      state.hidden = !entry || entry.conflict !== undefined;
      row.querySelector(".capture-conflict")?.remove();
      if (entry && entry.conflict !== undefined) row.querySelector(".capture-said").append(this.conflict(entry));
    }

    conflict({ line, act, conflict }) {
      const shown = this.template("conflict");
      part(shown, "why").textContent = conflict ? this.words.elsewhere : this.words.gone;
      part(shown, "mine").textContent = act === "delete" ? this.words.deleted : this.text(line);
      part(shown, "theirs").textContent = conflict ? this.text(conflict) : this.words.deleted;
      const isSimple = !conflict || act === "delete";
      shown.querySelector('[data-capture-act="both"]').hidden = isSimple;
      return shown;
    }

    count() {
      for (const link of this.page.querySelectorAll("[data-capture-question]")) {
        link.querySelector("[data-capture-count]").textContent = this.list(link.dataset.captureQuestion).children.length;
      }
    }
  }

  window.Capture.Lines = CaptureLines;
})();
