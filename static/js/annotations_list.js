// The remarks beside the material, in the order of their places; one is open to be written at a time.
"use strict";

(() => {
  const clock = (second) => {
    const whole = Math.floor(Number(second));
    const two = (n) => String(n).padStart(2, "0");
    const minutes = Math.floor(whole / 60);
    return minutes < 60 ? `${minutes}:${two(whole % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
  };

  class List {
    // `on`: change(item, fields), remove(item), show(item), settle(item, choice).
    constructor({ section, on }) {
      Object.assign(this, { section, on, cards: new Map() });
      this.words = section.dataset;
      this.list = section.querySelector("[data-ann-list]");
      this.empty = section.querySelector("[data-ann-empty]");
      this.meant = Object.fromEntries([...this.template("editor").querySelectorAll("[data-mark]")]
        .map((label) => [label.dataset.mark, label.querySelector("span").textContent]));
      this.icons = Object.fromEntries([...this.template("editor").querySelectorAll("[data-mark]")]
        .map((label) => [label.dataset.mark, label.querySelector("svg")]));
    }

    template(name) { return this.section.querySelector(`template[data-ann-${name}]`).content; }

    place(item) {
      if (item.kind === "image") return this.words.picture;
      if (item.kind !== "time") return this.words.page.replace("{n}", item.page);
      const isRange = item.to_second !== "" && item.to_second !== null;
      const begin = clock(item.from_second);
      return isRange ? this.words.range.replace("{begin}", begin).replace("{end}", clock(item.to_second)) : begin;
    }

    // Gives the items their numbers by place, and draws them in that order.
    show(items) {
      const top = (item) => item.boxes[0]?.[1] ?? 0;
      items.sort((a, b) => (a.page || 0) - (b.page || 0) || (a.from_second || 0) - (b.from_second || 0)
        || top(a) - top(b) || (a.boxes[0]?.[0] ?? 0) - (b.boxes[0]?.[0] ?? 0) || (a.client_key < b.client_key ? -1 : 1));
      const known = new Set(items.map((item) => item.client_key));
      for (const [key, card] of this.cards) {
        if (!known.has(key)) { card.remove(); this.cards.delete(key); }
      }
      items.forEach((item, index) => {
        item.number = index + 1;
        item.meant = this.meant[item.mark];
        const card = this.card(item);
        if (this.list.children[index] !== card) this.list.insertBefore(card, this.list.children[index] ?? null);
        this.draw(item);
      });
      this.empty.hidden = items.length > 0;
      return items;
    }

    card(item) {
      const known = this.cards.get(item.client_key);
      if (known) { known.item = item; return known; }
      const card = this.template("card").firstElementChild.cloneNode(true);
      card.item = item;
      this.cards.set(item.client_key, card);
      const details = card.querySelector("details");
      details.addEventListener("toggle", () => { if (details.open) this.edit(card); });
      return card;
    }

    draw(item) {
      const card = this.cards.get(item.client_key);
      if (!card) return;
      item.meant = this.meant[item.mark];
      card.dataset.mark = item.mark;
      card.querySelector("[data-number]").textContent = item.number;
      card.querySelector("[data-place]").textContent = this.place(item);
      card.querySelector("[data-meant]").replaceChildren(this.icons[item.mark].cloneNode(true), ` ${item.meant}`);
      card.querySelector("[data-words]").textContent = item.text.slice(0, 140) || item.quote.slice(0, 140) || this.words.noWords;
      if (card.querySelector(".ann-editor")) this.fill(card);
    }

    edit(card) {
      if (card.querySelector(".ann-editor")) return;
      card.querySelector("details").append(this.template("editor").cloneNode(true));
      const editor = card.querySelector(".ann-editor");
      for (const radio of editor.querySelectorAll("input[type=radio]")) {
        radio.name = `mark-${card.item.client_key}`;
        radio.addEventListener("change", () => this.on.change(card.item, { mark: radio.value }));
      }
      const text = editor.querySelector("textarea");
      text.addEventListener("input", () => this.on.change(card.item, { text: text.value }));
      const criterion = editor.querySelector("select");
      criterion.addEventListener("change", () => this.on.change(card.item, { criterion: criterion.value }));
      editor.addEventListener("click", (event) => {
        const act = event.target.closest("[data-card-act]")?.dataset.cardAct;
        if (act === "show") this.on.show(card.item);
        if (act === "delete") this.on.remove(card.item);
        if (["mine", "theirs", "both"].includes(act)) this.on.settle(card.item, act);
      });
      this.fill(card);
    }

    // What is being typed is never overwritten by what was just sent.
    fill(card) {
      const { item } = card;
      const text = card.querySelector("textarea");
      if (text.value !== item.text) text.value = item.text;
      card.querySelector(`input[value="${item.mark}"]`).checked = true;
      card.querySelector("select").value = item.criterion || "";
      const quote = card.querySelector("[data-quote]");
      quote.textContent = item.quote;
      quote.hidden = !item.quote;
      const trouble = card.querySelector("[data-trouble]");
      const isConflict = item.conflict !== undefined;
      trouble.hidden = !isConflict && !item.trouble;
      trouble.querySelector(".notice-actions").hidden = !isConflict;
      trouble.querySelector('[data-card-act="both"]').hidden = !item.conflict;
      const theirs = item.conflict ? this.words.theirs.replace("{text}", () => item.conflict.text) : this.words.gone;
      trouble.querySelector("[data-trouble-words]").textContent = isConflict ? theirs : item.trouble;
    }

    open(item, { write = false } = {}) {
      const card = this.cards.get(item.client_key);
      card.querySelector("details").open = true;
      this.edit(card);
      const target = write ? card.querySelector("textarea") : card.querySelector("summary");
      target.focus({ preventScroll: true });
      card.scrollIntoView({ block: "nearest" });
    }
  }

  Object.assign(window.Remarks, { List, clock });
})();
