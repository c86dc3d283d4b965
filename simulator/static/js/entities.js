// A message's text with its entities (UTF-16 offsets, as JavaScript counts too) turned into safe elements.

import { h } from "./dom.js";

const SAFE = /^(https?|tg|mailto|tel):/i;
const FOUND = /https?:\/\/[^\s<>"]+|(?:^|(?<=[\s(]))(?:t\.me\/[^\s<>"]+|\/[a-z0-9_]{1,32}(?![\w/]))/gi;
const TRAILING = /[.,;:!?)\]]+$/;

/** Text nodes and elements for `text`; `actions` has openLink(url) → handled?, sendCommand(text). */
export function renderText(text, entities, actions) {
  const known = (entities ?? []).filter((entity) => entity.length > 0);
  known.sort((one, other) => one.offset - other.offset || other.length - one.length);
  return span(text, 0, text.length, known, actions, true);
}

function span(text, start, end, entities, actions, plain) {
  const nodes = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    index += 1;
    if (from >= to) continue;
    const inside = [];
    while (index < entities.length && entities[index].offset < to) inside.push(entities[index++]);
    nodes.push(...leaf(text.slice(at, from), actions, plain));
    nodes.push(wrap(entity, text, from, to, inside, actions, plain));
    at = to;
  }
  nodes.push(...leaf(text.slice(at, end), actions, plain));
  return nodes;
}

function wrap(entity, text, from, to, inside, actions, plain) {
  const raw = text.slice(from, to);
  const children = (stillPlain = plain) => span(text, from, to, inside, actions, stillPlain);
  switch (entity.type) {
    case "bold":
      return h("strong", {}, children());
    case "italic":
      return h("em", {}, children());
    case "underline":
      return h("u", {}, children());
    case "strikethrough":
      return h("s", {}, children());
    case "spoiler":
      return reveal(h("span", { class: "spoiler" }, children()), "Tampilkan teks tersembunyi");
    case "code":
      return h("code", { title: "Klik untuk menyalin", onclick: () => navigator.clipboard?.writeText(raw) }, raw);
    case "pre":
      return h("pre", {}, h("code", {}, raw));
    case "blockquote":
      return h("blockquote", {}, children());
    case "expandable_blockquote":
      return reveal(h("blockquote", { class: "expandable" }, children()), "Tampilkan seluruh kutipan");
    case "text_link":
      return link(entity.url, children(false), actions);
    case "url":
      return link(raw, [raw], actions);
    case "email":
      return link(`mailto:${raw}`, [raw], actions);
    case "phone_number":
      return link(`tel:${raw.replace(/[^\d+]/g, "")}`, [raw], actions);
    case "bot_command":
      return command(raw, actions);
    case "mention":
    case "text_mention":
    case "hashtag":
      return h("span", { class: "mention" }, children(false));
    default:
      return h("span", {}, children());
  }
}

function reveal(element, label) {
  const open = () => element.classList.add("open");
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", label);
  const once = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    open();
    for (const name of ["role", "aria-label", "tabindex"]) element.removeAttribute(name);
  };
  element.addEventListener("click", once);
  element.addEventListener("keydown", once);
  return element;
}

function link(address, children, actions) {
  const url = SAFE.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url)) return h("span", {}, children);
  const anchor = h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, children);
  anchor.addEventListener("click", (event) => {
    if (actions.openLink(url, anchor)) event.preventDefault();
  });
  return anchor;
}

const command = (text, actions) =>
  h("button", { class: "as-link", type: "button", onclick: () => actions.sendCommand(text) }, text);

/** Addresses and commands that nobody marked are still clickable, as in any chat. */
function leaf(text, actions, plain) {
  if (!text) return [];
  if (!plain) return [text];
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(FOUND)) {
    const found = match[0].replace(TRAILING, "");
    nodes.push(text.slice(at, match.index));
    nodes.push(found.startsWith("/") ? command(found, actions) : link(found, [found], actions));
    at = match.index + found.length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}
