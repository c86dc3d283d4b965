// One chat as one person sees it: the list of messages, kept in step with what happens.

import * as api from "./api.js";
import { BlockList, makeBlocks } from "./blocks.js";
import { nameOf, serviceText } from "./bubble.js";
import { announce, h, icon } from "./dom.js";
import { watchGestures } from "./gestures.js";
import { isPicture, summarise } from "./media.js";
import { openMenu } from "./popups.js";
import { Presses } from "./presses.js";
import { botName, store } from "./store.js";
import { openPictures } from "./viewer.js";

const NEAR_PX = 70;

export class Conversation {
  /** `phone` offers person, frame, composer, toast(), openLink(), showAnswer(), isSeen(), onUnread(),
   *  onConversationChanged(), askedToReply(). */
  constructor(phone, chatId) {
    this.phone = phone;
    this.chatId = chatId;
    this.messages = new Map();
    this.backlog = [];
    this.takenUpTo = 0;
    this.unread = 0;
    this.stuck = true;
    this.loaded = false;
    this.build();
    this.blocks = new BlockList(this.list);
    this.presses = new Presses(this.list, () =>
      phone.toast("Bot belum menjawab tombol ini. Coba tekan lagi.", { error: true }),
    );
    this.actions = this.makeActions();
    watchGestures(this.scroller, {
      reply: (item) => phone.composer.reply(this.messageOf(item)),
      openMenu: (item, anchor) => this.openMenu(item, anchor),
    });
    this.scroller.addEventListener("scroll", () => this.onScroll(), { passive: true });
    // Pictures and fonts that load, and a keyboard that opens, change the height; who was at the end stays there.
    const watch = new ResizeObserver(() => this.stuck && this.toBottom());
    watch.observe(this.scroller);
    watch.observe(this.list);
  }

  build() {
    const label = `Percakapan ${this.phone.person.label}`;
    this.list = h("ol", { class: "items" });
    this.scroller = h(
      "div",
      { class: "messages", role: "log", "aria-live": "off", tabindex: "0", "aria-label": label },
      this.list,
    );
    this.downBadge = h("span", { class: "badge", hidden: true });
    this.down = h(
      "button",
      {
        class: "to-bottom",
        type: "button",
        hidden: true,
        "aria-label": "Ke pesan terbaru",
        onclick: () => this.toBottom(true),
      },
      icon("down"),
      this.downBadge,
    );
    this.element = h("div", { class: "body" }, this.scroller, this.down);
  }

  makeActions() {
    return {
      openPicture: (messages, index) => openPictures(messages.filter(isPicture), index),
      find: (id) => this.find(id),
      press: (message, data) => this.press(message, data),
      openMenu: (item, anchor) => this.openMenu(item, anchor),
      openLink: (address, anchor) => this.phone.openLink(address, anchor),
      sendCommand: (text) => this.phone.composer.sendText(text),
      copy: (text) => this.copy(text),
    };
  }

  async load() {
    const messages = await api.messages(this.chatId, this.phone.person.id);
    this.messages = new Map(messages.map((message) => [message.message_id, message]));
    const lastOfBot = messages.findLast((message) => message.from_bot)?.message_id ?? 0;
    this.takenUpTo = Math.max(this.takenUpTo, lastOfBot);
    this.presses.endAll();
    this.loaded = true;
    this.render();
    for (const [kind, message] of this.backlog.splice(0)) this.apply(kind, message);
    if (this.stuck) this.toBottom();
  }

  /** Takes in a message that was sent ("message"), changed ("edit") or removed ("delete"). */
  apply(kind, message) {
    if (!this.loaded) return void this.backlog.push([kind, message]);
    const id = message.message_id;
    const mine = message.from?.id === this.phone.person.id;
    const isNew = kind === "message" && !this.messages.has(id);
    this.messages.set(id, kind === "delete" ? { ...this.messages.get(id), ...message, deleted: true } : message);
    if (message.from_bot) this.botActed();
    const follow = this.stuck || (mine && isNew);
    if (isNew && !mine) this.arrived(message);
    this.render({ changed: kind === "edit" && !mine ? id : null, arrived: isNew ? id : null });
    if (follow) this.toBottom();
    if (isNew && message.reply_keyboard?.force_reply) this.phone.askedToReply(this, message);
  }

  arrived(message) {
    const from = message.from_bot ? botName() : nameOf(message.from);
    announce(`${this.phone.person.label}, pesan dari ${from}: ${serviceText(message) ?? summarise(message)}`);
    if (this.phone.isSeen(this) && this.stuck) return;
    this.unread += 1;
    this.showUnread();
  }

  /** The bot did something here, so it has read what came before. */
  botActed() {
    this.takenUpTo = Math.max(this.takenUpTo, ...this.messages.keys());
  }

  get present() {
    const messages = [...this.messages.values()].filter((message) => !message.deleted);
    return messages.sort((one, other) => one.message_id - other.message_id);
  }

  /** The last text of this person's own, for correcting it. */
  get lastOwn() {
    return this.present
      .filter((message) => message.from?.id === this.phone.person.id && (message.text ?? message.caption))
      .at(-1);
  }

  messageOf(item) {
    return this.messages.get(Number(item.dataset.id));
  }

  // -- showing ------------------------------------------------------------------------------------------------------

  render(marks) {
    const messages = this.present;
    const view = {
      viewerId: this.phone.person.id,
      group: this.chatId < 0,
      takenUpTo: this.takenUpTo,
      pendingOf: (id) => this.presses.of(id),
    };
    this.list.querySelector(".empty")?.remove();
    this.blocks.show(makeBlocks(messages, view, this.actions), marks);
    if (!messages.length && this.loaded) this.list.append(this.welcome());
    this.phone.onConversationChanged(this);
  }

  welcome() {
    const invited = this.phone.person.invite && "Anda memegang undangan untuk bergabung. Tekan Mulai untuk memakainya.";
    const inPrivate = invited || store.bot.description || "Belum ada percakapan. Tekan Mulai untuk membuka bot.";
    const text = this.chatId > 0 ? inPrivate : "Belum ada pesan di grup ini.";
    const mark = h("img", { src: "/static/img/kawal.svg", alt: "" });
    return h("li", { class: "empty" }, mark, h("strong", {}, botName()), text);
  }

  showUnread() {
    this.downBadge.textContent = this.unread > 99 ? "99+" : String(this.unread);
    this.downBadge.hidden = this.unread === 0;
    this.phone.onUnread();
  }

  onScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    if (!clientHeight) return;
    const grew = scrollHeight !== this.height;
    this.height = scrollHeight;
    // Content that grew under a reader at the end is not the reader scrolling up.
    if (this.stuck && grew) return void this.toBottom();
    this.stuck = scrollHeight - scrollTop - clientHeight < NEAR_PX;
    this.down.hidden = this.stuck;
    if (this.stuck) this.markSeen();
  }

  toBottom(smooth = false) {
    this.stuck = true;
    this.height = this.scroller.scrollHeight;
    this.scroller.scrollTo({ top: this.height, behavior: smooth ? "smooth" : "instant" });
    this.down.hidden = true;
    this.markSeen();
  }

  markSeen() {
    if (!this.unread || !this.phone.isSeen(this)) return;
    this.unread = 0;
    this.showUnread();
  }

  find(id) {
    const item = this.list.querySelector(`[data-id="${Number(id)}"]`);
    if (!item) return;
    item.scrollIntoView({ block: "center", behavior: "smooth" });
    item.classList.remove("found");
    requestAnimationFrame(() => item.classList.add("found"));
    item.focus({ preventScroll: true });
  }

  // -- doing --------------------------------------------------------------------------------------------------------

  async press(message, data) {
    const press = this.presses.begin(message.message_id, data);
    if (!press) return;
    try {
      await api.press(this.phone.person.id, this.chatId, message.message_id, data);
    } catch (error) {
      this.presses.end(press);
      this.phone.toast(error.message, { error: true });
    }
  }

  answered(event) {
    if (!this.presses.answered(event.callback_id)) return;
    this.botActed();
    this.render();
    this.phone.showAnswer(event);
  }

  openMenu(item, anchor) {
    const message = this.messageOf(item);
    if (!message) return;
    const { composer, person, frame } = this.phone;
    const mine = message.from?.id === person.id;
    const words = message.text ?? message.caption;
    const items = [{ label: "Balas", icon: "reply", keepsFocus: true, run: () => composer.reply(message) }];
    if (words) items.push({ label: "Salin teks", icon: "copy", run: () => this.copy(words) });
    if (mine && words) items.push({ label: "Ubah", icon: "edit", keepsFocus: true, run: () => composer.edit(message) });
    if (mine || this.chatId > 0)
      items.push({ label: "Hapus", icon: "trash", danger: true, run: () => this.remove(message) });
    openMenu(frame, anchor, items, { back: item });
  }

  async remove(message) {
    try {
      await api.remove(this.phone.person.id, this.chatId, message.message_id);
    } catch (error) {
      this.phone.toast(error.message, { error: true });
    }
  }

  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      this.phone.toast("Tersalin.");
    } catch {
      this.phone.toast("Peramban tidak mengizinkan penyalinan.", { error: true });
    }
  }
}
