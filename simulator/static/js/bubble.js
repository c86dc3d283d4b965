// One block of the list: a bubble (a message or an album), a day, or a line about the chat itself.

import { fromUnix, longDate, timeOfDay } from "./dates.js";
import { h, icon } from "./dom.js";
import { renderText } from "./entities.js";
import { renderKeyboard } from "./keyboard.js";
import { renderMedia, summarise } from "./media.js";

export const nameOf = (user) =>
  [user?.first_name, user?.last_name].filter(Boolean).join(" ") || user?.title || "Seseorang";

export const renderDay = (date) => h("li", { class: "day" }, longDate(date));

/** What happened in the chat when nobody wrote anything ("… bergabung"), or null for an ordinary message. */
export function serviceText(message) {
  const who = nameOf(message.from);
  if (message.new_chat_members) {
    const joined = message.new_chat_members;
    if (joined.length === 1 && joined[0].id === message.from?.id) return `${who} bergabung ke grup`;
    return `${who} menambahkan ${joined.map(nameOf).join(", ")}`;
  }
  if (message.left_chat_member) {
    const left = message.left_chat_member;
    return left.id === message.from?.id ? `${who} keluar dari grup` : `${who} mengeluarkan ${nameOf(left)}`;
  }
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} membuat grup`;
  if (message.new_chat_title) return `${who} mengubah nama grup menjadi “${message.new_chat_title}”`;
  if (message.pinned_message) return `${who} menyematkan “${summarise(message.pinned_message).slice(0, 60)}”`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "Grup ini menjadi supergrup";
  return null;
}

export const renderService = (message) =>
  h("li", { class: "service", data: { id: message.message_id } }, serviceText(message));

/**
 * A bubble for `messages` (several only for an album).
 * view: {viewerId, group, follows, pending: Set of callback data, taken: the bot has read it}; actions: what can be done with it, see conversation.js.
 */
export function renderBubble(messages, view, actions) {
  const [first] = messages;
  const captioned = messages.find((message) => message.text ?? message.caption) ?? first;
  const last = messages[messages.length - 1];
  const mine = !first.from_bot && first.from?.id === view.viewerId;
  const { nodes, pictured } = renderMedia(messages, (index) => actions.openPicture(messages, index));
  const words = captioned.text ?? captioned.caption ?? "";
  const over = pictured && !words && nodes.length === 1 && Boolean(first.photo);

  const bubble = h("div", { class: pictured ? "bubble pictured" : "bubble" });
  if (view.group && !mine && !view.follows) bubble.append(h("div", { class: "author" }, nameOf(first.from)));
  if (first.reply_to_message) bubble.append(quoted(first.reply_to_message, actions));
  const above = first.show_caption_above_media;
  const text =
    words &&
    h(
      "span",
      { class: "text", dir: "auto" },
      renderText(words, captioned.entities ?? captioned.caption_entities, actions),
    );
  const line = h("div", { class: "words" }, text || null, meta(messages, mine, view, over));
  bubble.append(...(above ? [line, ...nodes] : [...nodes, line]));
  if (last.reactions?.length) bubble.append(reactions(last.reactions));

  const rows = last.reply_markup?.inline_keyboard;
  const item = h(
    "li",
    { class: `message ${mine ? "out" : "in"}`, tabindex: "-1", data: { id: first.message_id } },
    h("span", { class: "visually-hidden" }, mine ? "Anda:" : `${nameOf(first.from)}:`),
    bubble,
    rows?.length
      ? renderKeyboard(rows, view.pending, { ...actions, press: (data) => actions.press(last, data) })
      : null,
    h(
      "button",
      {
        class: "icon-button more",
        type: "button",
        tabindex: "-1",
        title: "Pilihan pesan",
        "aria-label": "Pilihan pesan",
        onclick: (event) => actions.openMenu(item, event.currentTarget),
      },
      icon("more"),
    ),
  );
  item.classList.toggle("follows", view.follows);
  item.classList.toggle("keyed", Boolean(rows?.length));
  return item;
}

function quoted(message, actions) {
  return h(
    "button",
    {
      class: "quoted",
      type: "button",
      title: "Ke pesan yang dibalas",
      onclick: () => actions.find(message.message_id),
    },
    h("strong", {}, nameOf(message.from)),
    h("span", {}, summarise(message)),
  );
}

function meta(messages, mine, view, over) {
  const last = messages[messages.length - 1];
  const edited = messages.some((message) => message.edited || message.edit_date);
  const date = fromUnix(messages[0].date);
  return h(
    "span",
    { class: over ? "meta over" : "meta" },
    edited ? h("span", { class: "edited" }, "diedit") : null,
    h("time", { datetime: date.toISOString() }, timeOfDay(date)),
    mine ? tick(last.taken ?? view.taken) : null,
  );
}

function tick(taken) {
  const mark = h("span", { class: "tick", role: "img", "aria-label": taken ? "diterima bot" : "terkirim" });
  mark.append(icon(taken ? "ticks" : "tick"));
  return mark;
}

function reactions(list) {
  const marks = list.map((reaction) => reaction.emoji ?? reaction.type?.emoji).filter(Boolean);
  return h(
    "div",
    { class: "reactions" },
    marks.map((mark) => h("span", {}, mark)),
  );
}
