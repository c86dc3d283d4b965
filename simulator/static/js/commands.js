// The "/" menu: the commands this person has in this chat, filtered while typing.

import { h } from "./dom.js";

let menus = 0;

export class CommandMenu {
  constructor(input, send) {
    this.input = input;
    this.send = send;
    this.chosen = -1;
    this.shown = [];
    this.known = [];
    this.id = `perintah-${(menus += 1)}`;
    this.element = h("div", {
      class: "menu commands",
      role: "listbox",
      id: this.id,
      "aria-label": "Perintah",
      hidden: true,
    });
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    input.setAttribute("aria-controls", this.id);
    document.addEventListener("pointerdown", (event) => {
      if (!this.element.hidden && !this.element.parentElement?.contains(event.target)) this.close();
    });
  }

  toggle() {
    if (!this.element.hidden) return this.close();
    this.open(this.known, this.known.length ? 0 : -1);
    this.input.focus();
  }

  /** Called on every change of the row; `commands` are BotCommand objects. */
  suggest(commands) {
    this.known = commands;
    const typed = /^\/(\w*)$/.exec(this.input.value);
    const found = typed ? commands.filter((command) => command.command.startsWith(typed[1].toLowerCase())) : [];
    if (found.length) this.open(found, 0);
    else this.close();
  }

  open(commands, chosen) {
    this.shown = commands;
    const lines = commands.map((command, index) =>
      h(
        "button",
        { type: "button", role: "option", tabindex: "-1", id: `${this.id}-${index}`, onclick: () => this.run(command) },
        h("span", { class: "command" }, `/${command.command}`),
        h("span", {}, command.description),
      ),
    );
    this.element.replaceChildren(...(lines.length ? lines : [h("p", {}, "Belum ada perintah untuk Anda.")]));
    this.element.hidden = false;
    this.choose(chosen);
  }

  close() {
    this.element.hidden = true;
    this.choose(-1);
  }

  choose(index) {
    this.chosen = index;
    [...this.element.querySelectorAll("[role=option]")].forEach((line, at) => {
      line.setAttribute("aria-selected", String(at === index));
      if (at === index && !this.element.hidden) line.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.id}-${index}`);
  }

  run(command) {
    this.close();
    this.input.value = "";
    this.input.focus();
    this.send(`/${command.command}`);
  }

  /** True when the key was meant for the open menu. */
  onKey(event) {
    if (this.element.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.shown[this.chosen];
    if (step && this.shown.length) this.choose((this.chosen + step + this.shown.length) % this.shown.length);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && chosen) this.run(chosen);
    else if (event.key === "Tab" && chosen && this.input.value) {
      this.input.value = `/${chosen.command} `;
      this.close();
    } else return false;
    event.preventDefault();
    return true;
  }
}
