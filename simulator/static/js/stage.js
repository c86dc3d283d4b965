// All the phones: side by side on a wide screen, one at a time with tabs on a narrow one.

import { h } from "./dom.js";
import { Phone } from "./phone.js";
import { openMenu } from "./popups.js";
import { store } from "./store.js";

const NARROW = matchMedia("(max-width: 899px)");
const HUES = 6;

export class Stage {
  constructor(container, tabs) {
    this.container = container;
    this.tabs = tabs;
    /** user id → Phone, in the order of the people */
    this.phones = new Map();
    this.closed = new Set();
    this.active = null;
    NARROW.addEventListener("change", () => this.show(this.active));
    document.addEventListener("visibilitychange", () => this.active?.seen());
    document.addEventListener("keydown", (event) => this.onShortcut(event));
    tabs.addEventListener("keydown", (event) => this.onTabKey(event));
  }

  /** One phone for every person in the store, except those that were closed. */
  sync() {
    let hue = 0;
    for (const person of store.people.values()) {
      if (!this.phones.has(person.id) && !this.closed.has(person.id)) {
        const phone = new Phone(person, hue % HUES, this);
        this.phones.set(person.id, phone);
        this.container.append(phone.element);
      }
      hue += 1;
    }
    this.container.querySelector(".waiting")?.remove();
    for (const phone of this.phones.values()) phone.refresh();
    this.show(this.active ?? this.phones.values().next().value ?? null);
  }

  show(phone) {
    if (!phone) return;
    this.active = phone;
    for (const other of this.phones.values()) other.element.classList.toggle("active", other === phone);
    this.renderTabs();
    if (NARROW.matches) phone.seen();
    else for (const other of this.phones.values()) other.seen();
  }

  /** Makes a phone visible wherever it is, also when it was closed. */
  reveal(personId) {
    if (this.closed.delete(personId)) this.sync();
    const phone = this.phones.get(personId);
    if (!phone) return null;
    this.show(phone);
    if (!NARROW.matches) phone.element.scrollIntoView({ inline: "nearest", block: "nearest", behavior: "smooth" });
    return phone;
  }

  /** Marks the phone whose turn it is in the story. */
  mark(personId) {
    for (const phone of this.phones.values()) phone.element.classList.toggle("acting", phone.person.id === personId);
    if (personId) this.reveal(personId);
  }

  isShown(phone) {
    return !NARROW.matches || phone === this.active;
  }

  close(phone) {
    this.closed.add(phone.person.id);
    this.phones.delete(phone.person.id);
    phone.element.remove();
    if (this.active === phone) this.active = null;
    this.sync();
  }

  renderTabs() {
    const focused = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(
      ...[...this.phones.values()].map((phone) => {
        const { label, id } = phone.person;
        const selected = phone === this.active;
        const badge = phone.unread
          ? h("span", { class: "badge", "aria-label": `${phone.unread} belum dibaca` }, String(phone.unread))
          : null;
        return h(
          "button",
          {
            type: "button",
            role: "tab",
            class: "tab",
            "aria-selected": String(selected),
            "aria-controls": `ponsel-${id}`,
            tabindex: selected ? "0" : "-1",
            onclick: () => this.show(phone),
          },
          h("span", {}, label),
          badge,
        );
      }),
    );
    const current = this.tabs.querySelector("[aria-selected=true]");
    if (focused) current?.focus();
    if (NARROW.matches && current) this.tabs.scrollTo({ left: current.offsetLeft - 24, behavior: "smooth" });
  }

  onUnread() {
    this.renderTabs();
    const total = [...this.phones.values()].reduce((sum, phone) => sum + phone.unread, 0);
    document.title = total ? `(${total}) Kawal · Simulasi` : "Kawal · Simulasi";
  }

  onTabKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const phones = [...this.phones.values()];
    this.show(phones[(phones.indexOf(this.active) + step + phones.length) % phones.length]);
    event.preventDefault();
  }

  /** Alt+1 … Alt+9 go to the writing row of that phone. */
  onShortcut(event) {
    if (!event.altKey || event.ctrlKey || !/^Digit[1-9]$/.test(event.code)) return;
    const phone = [...this.phones.values()][Number(event.code.slice(5)) - 1];
    if (!phone) return;
    event.preventDefault();
    this.reveal(phone.person.id);
    phone.composer.input.focus();
  }

  /** An invitation can be opened on any phone, as people forward such links to each other. */
  openDeepLink(from, code, anchor) {
    const others = [...this.phones.values()].filter((phone) => phone !== from);
    const items = [from, ...others].map((phone) => ({
      label: phone === from ? `${phone.person.label} (ponsel ini)` : phone.person.label,
      icon: "person",
      keepsFocus: true,
      run: () => this.reveal(phone.person.id).start(code),
    }));
    openMenu(from.frame, anchor, items, { title: "Buka tautan ini sebagai", back: anchor });
  }

  // -- what happens in the world ------------------------------------------------------------------------------------

  /** The phones of everyone who is in the chat. */
  inChat(chatId) {
    if (chatId > 0) return [this.phones.get(chatId)].filter(Boolean);
    const members = store.chats.get(chatId)?.member_ids ?? [];
    return members.map((id) => this.phones.get(id)).filter(Boolean);
  }

  onMessage(kind, event) {
    const message = event.message ?? { message_id: event.message_id };
    for (const phone of this.inChat(event.chat_id)) {
      phone.ensureConversation(event.chat_id).apply(kind, message);
    }
  }

  onPress(kind, event) {
    const conversation = this.phones.get(event.user_id)?.ensureConversation(event.chat_id);
    if (kind === "press") conversation?.presses.reached(event.message_id, event.data, event.callback_id);
    else conversation?.answered(event);
  }

  async reload() {
    const all = [...this.phones.values()].flatMap((phone) => [...phone.conversations.values()]);
    await Promise.all(all.map((conversation) => conversation.load()));
  }
}
