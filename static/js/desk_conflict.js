// What was written here and elsewhere stands beside each other until somebody chooses.
"use strict";

(() => {
  class Conflicts {
    // `fields` is a Fields; `settled` is called when nothing is left to choose.
    constructor({ section, fields, settled }) {
      Object.assign(this, { section, fields, settled, theirs: {} });
      this.list = section.querySelector("[data-conflict-list]");
      this.template = section.querySelector("template[data-conflict]").content;
      section.addEventListener("click", (event) => this.choose(event));
      fields.form.addEventListener("input", (event) => this.follow(event.target.name));
    }

    get isOpen() { return this.list.children.length > 0; }

    // What was written elsewhere for the fields that wait for a choice.
    get open() {
      const names = [...this.list.children].map((row) => row.dataset.name);
      return Object.fromEntries(names.map((name) => [name, this.theirs[name] ?? []]));
    }

    show(names, theirs) {
      this.theirs = { ...this.theirs, ...theirs };
      for (const name of names) this.row(name);
      this.section.hidden = !this.isOpen;
      this.section.querySelector("h2").focus({ preventScroll: true });
      this.section.scrollIntoView({ block: "nearest" });
    }

    find(name) { return [...this.list.children].find((row) => row.dataset.name === name); }

    row(name) {
      const known = this.find(name);
      const row = known ?? this.template.firstElementChild.cloneNode(true);
      row.dataset.name = name;
      row.querySelector("[data-conflict-name]").textContent = this.fields.label(name);
      row.querySelector('[data-conflict-act="both"]').hidden = !this.fields.isText(name);
      if (!known) this.list.append(row);
      this.fill(row);
    }

    fill(row) {
      const { name } = row.dataset;
      const { nothing } = this.section.dataset;
      const mine = this.fields.read()[name];
      row.querySelector("[data-conflict-mine]").textContent = this.fields.say(name, mine) || nothing;
      row.querySelector("[data-conflict-theirs]").textContent = this.fields.say(name, this.theirs[name]) || nothing;
    }

    // Mine is what stands in the form, also when it is written on meanwhile.
    follow(name) {
      const row = this.find(name);
      if (row) this.fill(row);
    }

    choose(event) {
      const act = event.target.closest("[data-conflict-act]")?.dataset.conflictAct;
      if (!act) return;
      const row = event.target.closest("li");
      const { name } = row.dataset;
      const mine = this.fields.read()[name];
      const theirs = [this.theirs[name] ?? []].flat();
      if (act === "theirs") this.fields.write(name, theirs);
      if (act === "both") this.fields.write(name, [...mine, ...theirs].join("\n\n"));
      row.remove();
      if (this.isOpen) {
        this.list.querySelector("button").focus();
        return;
      }
      this.section.hidden = true;
      this.settled();
      this.fields.of(name)[0]?.focus({ preventScroll: true });
    }
  }

  Object.assign(window.Desk, { Conflicts });
})();
