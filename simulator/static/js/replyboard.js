// The keyboard a bot may put in place of a phone's own: its keys send their label as a message.

import { h } from "./dom.js";

export class ReplyBoard {
  /** send(text) writes as the person, sendPlace() asks for a place. */
  constructor({ send, sendPlace }) {
    this.send = send;
    this.sendPlace = sendPlace;
    this.element = h("div", { class: "board", role: "group", "aria-label": "Pilihan jawaban", hidden: true });
    this.from = null;
    this.used = null;
  }

  /** The latest message that shows or removes such a keyboard decides. */
  show(messages) {
    const from = messages.findLast(({ reply_keyboard: markup }) => markup?.keyboard || markup?.remove_keyboard);
    const rows = from?.reply_keyboard.keyboard ?? [];
    this.element.hidden = !rows.length || this.used === from.message_id;
    if (from?.message_id === this.from) return;
    this.from = from?.message_id ?? null;
    this.element.replaceChildren(
      ...rows.map((row) =>
        h(
          "div",
          { class: "keyboard-row" },
          row.map((key) => this.renderKey(key, from)),
        ),
      ),
    );
  }

  renderKey(key, from) {
    const text = typeof key === "string" ? key : key.text;
    const press = () => {
      if (from.reply_keyboard.one_time_keyboard) {
        this.used = from.message_id;
        this.element.hidden = true;
      }
      if (key.request_location) this.sendPlace();
      else this.send(text);
    };
    return h("button", { type: "button", class: "key", onclick: press }, text);
  }
}
