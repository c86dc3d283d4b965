// The writing row of a phone: words, files, a place, commands, a reply or a correction.

import * as api from "./api.js";
import { Attachments } from "./attachments.js";
import { nameOf } from "./bubble.js";
import { CommandMenu } from "./commands.js";
import { askPlace } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { summarise } from "./media.js";
import { openMenu } from "./popups.js";
import { ReplyBoard } from "./replyboard.js";
import { botName } from "./store.js";

const MAX_HEIGHT_PX = 150;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.target = null;
    this.leaving = Promise.resolve();
    this.attachments = new Attachments(() => this.update());
    this.input = h("textarea", {
      rows: "1",
      placeholder: "Tulis pesan",
      "aria-label": `Tulis pesan sebagai ${phone.person.label}`,
      enterkeyhint: "send",
      autocomplete: "off",
    });
    this.board = new ReplyBoard({ send: (text) => this.sendText(text), sendPlace: () => this.sendPlace() });
    this.commands = new CommandMenu(this.input, (text) => this.sendText(text));
    const label = (text) => ({ type: "button", title: text, "aria-label": text });
    this.slash = h(
      "button",
      {
        ...label("Daftar perintah"),
        class: "icon-button slash",
        "aria-haspopup": "listbox",
        onclick: () => this.commands.toggle(),
      },
      "/",
    );
    this.attach = h(
      "button",
      { ...label("Lampirkan"), class: "icon-button", "aria-haspopup": "menu", onclick: () => this.openAttach() },
      icon("attach"),
    );
    this.sendButton = h(
      "button",
      { ...label("Kirim"), class: "icon-button send", onclick: () => this.submit() },
      icon("send"),
    );
    this.picker = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Pilih berkas" });
    this.context = h("div", { class: "context", hidden: true });
    this.row = h("div", { class: "composer-row" }, this.slash, this.attach, this.input, this.sendButton, this.picker);
    this.startButton = h("button", { type: "button", class: "button primary start", hidden: true });
    this.element = h(
      "div",
      { class: "composer" },
      this.commands.element,
      this.context,
      this.attachments.element,
      this.row,
      this.board.element,
      this.startButton,
    );
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.addFiles(event.clipboardData.files);
    });
    this.picker.addEventListener("change", () => {
      this.addFiles(this.picker.files);
      this.picker.value = "";
    });
  }

  onKey(event) {
    if (event.isComposing || this.commands.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.target) {
      event.preventDefault();
      this.clearTarget();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.target) {
      const last = this.phone.conversation.lastOwn;
      if (!last) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  update() {
    this.input.style.height = "auto";
    const needed = this.input.scrollHeight;
    // A row that is not shown measures nothing.
    this.input.style.height = needed ? `${Math.min(needed, MAX_HEIGHT_PX)}px` : "";
    this.input.placeholder = this.attachments.files.length ? "Keterangan" : "Tulis pesan";
    this.commands.suggest(this.phone.commands);
  }

  /** Puts the whole draft aside, for when another chat is opened in this phone. */
  takeDraft() {
    const draft = { text: this.input.value, target: this.target, files: this.attachments.files };
    this.target = null;
    this.putDraft();
    return draft;
  }

  putDraft({ text, target, files } = { text: "", target: null, files: [] }) {
    this.input.value = text;
    this.context.hidden = !target;
    if (target) this.setTarget(target);
    this.attachments.set(files);
  }

  // -- a reply or a correction --------------------------------------------------------------------------------------

  reply(message) {
    if (this.target?.editing) this.input.value = "";
    this.setTarget({ message, editing: false });
    this.input.focus();
  }

  edit(message) {
    this.input.value = message.text ?? message.caption ?? "";
    this.setTarget({ message, editing: true });
    this.update();
    this.input.focus();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  setTarget(target) {
    this.target = target;
    const { message, editing } = target;
    const close = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        title: "Batal",
        "aria-label": editing ? "Batal mengubah" : "Batal membalas",
        onclick: () => {
          this.clearTarget();
          this.input.focus();
        },
      },
      icon("close"),
    );
    const title = editing ? "Ubah pesan" : `Balas ${message.from_bot ? botName() : nameOf(message.from)}`;
    this.context.replaceChildren(
      icon(editing ? "edit" : "reply"),
      h("div", { class: "context-text" }, h("strong", {}, title), h("span", {}, summarise(message))),
      close,
    );
    this.context.hidden = false;
  }

  clearTarget() {
    if (this.target?.editing) {
      this.input.value = "";
      this.update();
    }
    this.target = null;
    this.context.hidden = true;
  }

  // -- sending ------------------------------------------------------------------------------------------------------

  addFiles(files) {
    this.attachments.add(files);
    this.input.focus();
  }

  openAttach() {
    openMenu(
      this.phone.frame,
      this.attach,
      [
        { label: "Foto", icon: "photo", run: () => this.pick("image/*") },
        { label: "Berkas", icon: "attach", run: () => this.pick("") },
        { label: "Lokasi", icon: "place", run: () => this.sendPlace() },
      ],
      { title: "Lampirkan", back: this.attach },
    );
  }

  pick(accept) {
    this.picker.accept = accept;
    this.picker.click();
  }

  async sendPlace() {
    const location = await askPlace();
    if (location) await this.deliver({ location });
  }

  sendText(text) {
    return this.deliver({ text });
  }

  async submit() {
    const text = this.input.value.trim();
    const files = this.attachments.files;
    const target = this.target;
    if (!text && !files.length) return;
    this.input.value = "";
    if (!target?.editing) this.attachments.set([]);
    this.clearTarget();
    this.update();
    const done = target?.editing
      ? await this.correct(target.message, text)
      : await this.deliver({ text, files, replyTo: target?.message.message_id });
    if (done || this.input.value) return;
    // What could not be sent goes back to the row rather than being lost.
    this.putDraft({ text, target, files });
  }

  correct(message, text) {
    if (text === (message.text ?? message.caption)) return true;
    const { person, conversation } = this.phone;
    return this.attempt(() => api.edit(person.id, conversation.chatId, message.message_id, text));
  }

  deliver(what) {
    const { person, conversation } = this.phone;
    return this.attempt(() => api.send({ userId: person.id, chatId: conversation.chatId, ...what }));
  }

  /** Requests leave one after another, so that messages arrive in the order they were written. */
  async attempt(request) {
    const turn = this.leaving.then(request);
    this.leaving = turn.catch(() => {});
    try {
      await turn;
      return true;
    } catch (error) {
      this.phone.toast(error.message, { error: true });
      return false;
    }
  }

  /** Shows one big button instead of the writing row: "Mulai", "Buka blokir"; null brings the row back. */
  showStart(label, run) {
    this.startButton.hidden = !label;
    this.row.hidden = Boolean(label);
    this.context.hidden = !this.target || this.row.hidden;
    this.startButton.textContent = label ?? "";
    this.startButton.onclick = run;
  }
}
