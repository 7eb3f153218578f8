// The fields of a desk as values by name, and how two states of them are joined.
"use strict";

(() => {
  const HIDDEN = ["csrfmiddlewaretoken", "revision", "writer"];
  const plain = (values) => [values ?? []].flat().map((value) => String(value).normalize("NFC").replaceAll("\r\n", "\n").trim()).filter(Boolean);
  const same = (one, other) => JSON.stringify(plain(one)) === JSON.stringify(plain(other));

  function isDone(criterion) {
    const { kind, required } = criterion.dataset;
    const text = (name) => (criterion.querySelector(`[name$="-${name}"]`)?.value ?? "").trim();
    const score = criterion.querySelector("input[type=radio]:checked")?.value ?? "";
    if (score === "na") return text("reason") !== "";
    const isEmpty = kind === "text" ? !text("comment") : !score;
    if (isEmpty) return required === undefined && !text("comment") && !text("suggestion");
    const isLow = kind === "relevance" && ["1", "2"].includes(score);
    return !isLow || (text("comment") !== "" && text("suggestion") !== "");
  }

  class Fields {
    constructor(form) { this.form = form; }

    of(name) {
      const found = this.form.elements[name];
      return found instanceof RadioNodeList ? [...found] : [found].filter(Boolean);
    }

    names() {
      const named = [...this.form.elements].filter((element) => element.name && element.type !== "submit");
      return [...new Set(named.map((element) => element.name))].filter((name) => !HIDDEN.includes(name));
    }

    // Every field's values; a list, since one name may be ticked more than once.
    read() {
      const data = new FormData(this.form);
      return Object.fromEntries(this.names().map((name) => [name, data.getAll(name)]));
    }

    write(name, given) {
      const values = [given ?? []].flat().map(String);
      for (const element of this.of(name)) {
        if (["radio", "checkbox"].includes(element.type)) element.checked = values.includes(element.value);
        else if (element.value !== (values[0] ?? "")) element.value = values[0] ?? "";
      }
    }

    isText(name) {
      const [first] = this.of(name);
      return first?.tagName === "TEXTAREA" || first?.type === "text";
    }

    // To how many criteria nothing is missing, as the server counts them: those that must be
    // answered, else all.
    done() {
      const all = [...this.form.querySelectorAll("[data-criterion]")];
      const required = all.filter((one) => "required" in one.dataset);
      return (required.length ? required : all).filter(isDone).length;
    }

    // What a field is called, with the criterion it belongs to.
    label(name) {
      const [first] = this.of(name);
      if (!first) return name;
      const code = first.closest("[data-criterion]")?.querySelector(".criterion-code")?.textContent ?? "";
      if (first.type === "radio") return code;
      const own = first.getAttribute("aria-label") ?? first.labels?.[0]?.textContent ?? "";
      return own.includes(code) ? own.trim() : `${code} ${own.trim()}`;
    }

    // A field's values as they are read on the page.
    say(name, given) {
      const values = plain(given);
      if (this.isText(name)) return values.join("\n");
      return values.map((value) => {
        const found = this.of(name).find((element) => element.value === value);
        const option = found?.options && [...found.options].find((one) => one.value === value);
        return (option ?? found?.labels?.[0])?.textContent.trim().replace(/\s+/g, " ") ?? value;
      }).join(", ");
    }
  }

  // What was written on two sides since both had `base`. A field that only one side touched is that
  // side's; `both` are the names of those that both touched, each in another way.
  function join(base, mine, theirs) {
    const joined = {};
    const both = [];
    for (const name of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
      const isMine = same(theirs[name], base[name]) || same(theirs[name], mine[name]);
      joined[name] = isMine || !same(mine[name], base[name]) ? mine[name] : theirs[name];
      if (!isMine && !same(mine[name], base[name])) both.push(name);
    }
    return { joined, both };
  }

  window.Desk = { Fields, join, same };
})();
