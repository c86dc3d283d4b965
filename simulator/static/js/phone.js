// One phone: a person, the chats they are in, and what they do there.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { timeOfDay } from "./dates.js";
import { h, icon } from "./dom.js";
import { alertBox, openMenu, toast } from "./popups.js";
import { botName, chatsOf, now, startCode, store, titleOf } from "./store.js";

const ACTION_MS = 5500;
const ACTIONS = {
  typing: "sedang mengetik…",
  upload_photo: "sedang mengirim foto…",
  upload_document: "sedang mengirim berkas…",
  record_voice: "sedang merekam suara…",
};

export const initials = (label) =>
  label
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");

export class Phone {
  /** `stage` is told of unread messages, of deep links and when the phone is closed. */
  constructor(person, hue, stage) {
    this.person = person;
    this.stage = stage;
    this.conversations = new Map();
    this.drafts = new Map();
    this.composer = new Composer(this);
    this.build(hue);
    this.openChat(person.id);
  }

  build(hue) {
    const composerId = `tulis-${this.person.id}`;
    this.composer.input.id = composerId;
    this.name = h("p", {});
    this.time = h("span", {});
    this.avatar = h("img", { class: "bot-avatar", src: "/static/img/kawal.svg", alt: "" });
    this.groupAvatar = h("span", { class: "avatar", "aria-hidden": "true" });
    this.title = h("p", { class: "header-title" });
    this.status = h("p", { class: "header-status" });
    this.switch = h("div", { class: "chats", role: "tablist", "aria-label": "Percakapan di ponsel ini", hidden: true });
    this.menuButton = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        title: "Pilihan ponsel",
        "aria-label": `Pilihan ponsel ${this.person.label}`,
        "aria-haspopup": "menu",
        onclick: () => this.openOptions(),
      },
      icon("more"),
    );
    const skip = h(
      "button",
      { type: "button", class: "button skip", onclick: () => this.composer.input.focus() },
      "Langsung ke kolom tulis",
    );
    this.head = h(
      "div",
      { class: "header" },
      this.avatar,
      this.groupAvatar,
      h("div", { class: "header-text" }, this.title, this.status),
      this.menuButton,
    );
    this.frame = h(
      "div",
      { class: "frame" },
      skip,
      h("div", { class: "statusbar", "aria-hidden": "true" }, this.time, signal()),
      this.head,
      this.switch,
      this.composer.element,
    );
    this.element = h(
      "section",
      {
        class: "phone",
        id: `ponsel-${this.person.id}`,
        data: { hue, label: this.person.label },
        "aria-label": `Ponsel ${this.person.label}`,
      },
      h(
        "div",
        { class: "owner" },
        h("span", { class: "avatar", "aria-hidden": "true" }, initials(this.person.label)),
        h("div", { class: "owner-text" }, h("h2", {}, this.person.label), this.name),
      ),
      this.frame,
    );
    this.acceptDrops();
  }

  acceptDrops() {
    this.frame.addEventListener("dragover", (event) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      this.element.classList.add("dropping");
    });
    this.frame.addEventListener(
      "dragleave",
      (event) => this.frame.contains(event.relatedTarget) || this.element.classList.remove("dropping"),
    );
    this.frame.addEventListener("drop", (event) => {
      event.preventDefault();
      this.element.classList.remove("dropping");
      this.composer.addFiles(event.dataTransfer.files);
    });
  }

  get chat() {
    return store.chats.get(this.conversation.chatId) ?? { id: this.conversation.chatId, type: "private" };
  }

  /** The commands this person sees in the chat that is open. */
  get commands() {
    if (this.conversation.chatId > 0) return this.person.commands ?? [];
    return this.chat.commands ?? store.bot.commands ?? [];
  }

  get unread() {
    return [...this.conversations.values()].reduce((sum, conversation) => sum + conversation.unread, 0);
  }

  // -- chats --------------------------------------------------------------------------------------------------------

  ensureConversation(chatId) {
    let conversation = this.conversations.get(chatId);
    if (!conversation) {
      conversation = new Conversation(this, chatId);
      this.conversations.set(chatId, conversation);
      conversation.load().catch((error) => this.toast(error.message, { error: true }));
    }
    return conversation;
  }

  openChat(chatId) {
    if (this.conversation?.chatId === chatId) return;
    if (this.conversation) {
      this.drafts.set(this.conversation.chatId, this.composer.takeDraft());
      this.conversation.element.remove();
    }
    this.conversation = this.ensureConversation(chatId);
    this.composer.element.before(this.conversation.element);
    this.composer.putDraft(this.drafts.get(chatId));
    this.composer.board.show(this.conversation.present);
    this.seen();
    this.refresh();
  }

  /** Brings header, chat switch and writing row in step with the store. */
  refresh() {
    this.person = store.people.get(this.person.id) ?? this.person;
    this.name.textContent = this.person.name;
    const chats = chatsOf(this.person);
    if (!chats.some((chat) => chat.id === this.conversation.chatId))
      return this.openChat(this.chat.migrated_to ?? this.person.id);
    for (const chat of chats) this.ensureConversation(chat.id);
    for (const id of this.conversations.keys())
      if (!chats.some((chat) => chat.id === id)) this.conversations.delete(id);
    this.title.textContent = titleOf(this.chat);
    this.avatar.hidden = this.chat.id < 0;
    this.groupAvatar.hidden = this.chat.id > 0;
    this.groupAvatar.textContent = initials(titleOf(this.chat));
    this.showStatus();
    this.showSwitch(chats);
    this.composer.commands.known = this.commands;
    this.offerStart();
    this.tick();
  }

  showSwitch(chats) {
    const focused = this.switch.contains(document.activeElement);
    this.switch.hidden = chats.length < 2;
    this.switch.replaceChildren(
      ...chats.map((chat) => {
        const unread = this.conversations.get(chat.id)?.unread ?? 0;
        const selected = chat.id === this.conversation.chatId;
        return h(
          "button",
          { type: "button", role: "tab", "aria-selected": String(selected), onclick: () => this.openChat(chat.id) },
          h("span", {}, titleOf(chat)),
          unread ? h("span", { class: "badge", "aria-label": `${unread} belum dibaca` }, String(unread)) : null,
        );
      }),
    );
    if (focused) this.switch.querySelector("[aria-selected=true]")?.focus();
  }

  showStatus(text) {
    clearTimeout(this.actionTimer);
    this.status.classList.toggle("active", Boolean(text));
    const count = (this.chat.member_ids?.length ?? 0) + (this.chat.bot_member ? 1 : 0);
    this.status.textContent = text ?? (this.chat.id > 0 ? "bot" : `${count} anggota`);
  }

  showAction(chatId, action) {
    this.ensureConversation(chatId).botActed();
    if (chatId !== this.conversation.chatId) return;
    this.showStatus(ACTIONS[action] ?? "sedang menyiapkan…");
    this.actionTimer = setTimeout(() => this.showStatus(), ACTION_MS);
  }

  offerStart() {
    const isPrivate = this.conversation.chatId > 0;
    if (isPrivate && this.person.blocked) return this.composer.showStart("Buka blokir", () => this.setBlocked(false));
    if (isPrivate && !this.person.started) return this.composer.showStart("Mulai", () => this.start());
    return this.composer.showStart(null);
  }

  onConversationChanged(conversation) {
    if (conversation !== this.conversation) return;
    this.showStatus();
    this.offerStart();
    this.composer.board.show(conversation.present);
  }

  /** The bot wants an answer to just this message (ForceReply); what is being written is left alone. */
  askedToReply(conversation, message) {
    if (conversation === this.conversation && !this.composer.input.value)
      this.composer.setTarget({ message, editing: false });
  }

  // -- being looked at ----------------------------------------------------------------------------------------------

  isSeen(conversation) {
    return conversation === this.conversation && this.stage.isShown(this) && !document.hidden;
  }

  seen() {
    if (this.conversation.stuck) this.conversation.toBottom();
  }

  onUnread() {
    this.showSwitch(chatsOf(this.person));
    this.stage.onUnread();
  }

  tick() {
    this.time.textContent = timeOfDay(now());
  }

  // -- doing --------------------------------------------------------------------------------------------------------

  toast(text, options) {
    toast(this.conversation.element, text, options);
  }

  /** Opens the bot in this phone and presses Start, with the code of an invitation or without. */
  async start(code) {
    this.openChat(this.person.id);
    await this.composer.attempt(() => api.start(this.person.id, code));
    this.composer.input.focus();
  }

  /** True when the address opens our bot and was dealt with here. */
  openLink(address, anchor) {
    const code = startCode(address);
    if (code === null) return false;
    this.stage.openDeepLink(this, code, anchor);
    return true;
  }

  showAnswer({ text, show_alert: isAlert, url }) {
    if (url && !this.openLink(url, this.head)) window.open(url, "_blank", "noopener");
    if (!text) return;
    if (isAlert) alertBox(this.frame, titleOf(this.chat), text);
    else this.toast(text);
  }

  openOptions() {
    const { blocked, label } = this.person;
    const items = [
      blocked
        ? { label: "Buka blokir bot", icon: "block", run: () => this.setBlocked(false) }
        : { label: "Blokir bot", icon: "block", danger: true, run: () => this.setBlocked(true) },
      { label: "Tutup ponsel ini", icon: "close", run: () => this.stage.close(this) },
    ];
    openMenu(this.frame, this.menuButton, items, { title: label, back: this.menuButton });
  }

  async setBlocked(blocked) {
    try {
      await api.block(this.person.id, blocked);
      this.person.blocked = blocked;
      this.refresh();
      this.toast(blocked ? `${botName()} diblokir.` : `${botName()} dapat mengirim pesan lagi.`);
    } catch (error) {
      this.toast(error.message, { error: true });
    }
  }
}

function signal() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 46 14");
  path.setAttribute("fill", "currentColor");
  path.setAttribute(
    "d",
    "M0 9h3v4H0zM5 6h3v7H5zM10 3h3v10h-3zM15 0h3v13h-3zM24 2h18a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H24a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2Zm0 2v6h14V4ZM45 5h1v4h-1z",
  );
  svg.append(path);
  return svg;
}
