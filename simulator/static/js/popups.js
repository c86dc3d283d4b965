// What opens inside a phone: menus, toasts and alerts.

import { h, icon } from "./dom.js";

const TOAST_MS = 4200;

/**
 * Opens a menu of [{label, icon?, danger?, run}] in `frame`, next to `anchor`; a title line is optional.
 * Arrow keys move, Escape and a click elsewhere close it, focus returns to `back`.
 */
export function openMenu(frame, anchor, items, { title, back } = {}) {
  frame.querySelector(".menu.context-menu")?.remove();
  const opener = back ?? document.activeElement;
  const close = (refocus = true) => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (refocus) opener?.focus?.({ preventScroll: true });
  };
  const outside = (event) => menu.contains(event.target) || close(false);
  const entries = items.map((item) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        class: item.danger ? "danger" : null,
        onclick: () => {
          close(!item.keepsFocus);
          item.run();
        },
      },
      item.icon ? icon(item.icon) : null,
      h("span", {}, item.label),
    ),
  );
  const menu = h(
    "div",
    { class: "menu context-menu", role: "menu", "aria-label": title ?? "Pilihan" },
    title ? h("p", {}, title) : null,
    entries,
  );
  menu.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) entries[(at + step + entries.length) % entries.length].focus();
    else if (event.key === "Home") entries[0].focus();
    else if (event.key === "End") entries.at(-1).focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  frame.append(menu);
  place(menu, frame, anchor);
  document.addEventListener("pointerdown", outside, true);
  entries[0]?.focus({ preventScroll: true });
}

function place(menu, frame, anchor) {
  const outer = frame.getBoundingClientRect();
  const box = anchor.getBoundingClientRect();
  const left = Math.min(Math.max(box.left - outer.left, 8), outer.width - menu.offsetWidth - 8);
  const below = box.bottom - outer.top + 4;
  const fits = below + menu.offsetHeight < outer.height - 8;
  const top = fits ? below : Math.max(box.top - outer.top - menu.offsetHeight - 4, 8);
  menu.style.left = `${Math.max(left, 8)}px`;
  menu.style.top = `${Math.min(top, Math.max(outer.height - menu.offsetHeight - 8, 8))}px`;
}

/** A short line over the messages that goes away by itself. */
export function toast(body, text, { error = false } = {}) {
  body.querySelector(".toast")?.remove();
  const line = h("div", { class: error ? "toast error" : "toast", role: error ? "alert" : "status" }, text);
  body.append(line);
  setTimeout(() => line.remove(), Math.max(TOAST_MS, text.length * 60));
}

/** A box that wants an answer before anything else in this phone. */
export function alertBox(frame, title, text, buttons = [{ label: "Oke", primary: true, run: () => {} }]) {
  const opener = document.activeElement;
  const close = () => {
    box.remove();
    opener?.focus?.({ preventScroll: true });
  };
  const keys = buttons.map((button) =>
    h(
      "button",
      {
        type: "button",
        class: button.primary ? "button primary" : "button",
        onclick: () => {
          close();
          button.run?.();
        },
      },
      button.label,
    ),
  );
  const box = h(
    "div",
    { class: "alert", role: "alertdialog", "aria-modal": "true", "aria-label": title },
    h("div", {}, h("h3", {}, title), h("p", {}, text), h("footer", {}, keys)),
  );
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Tab") return;
    const at = keys.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1);
    keys[(at + keys.length) % keys.length].focus();
    event.preventDefault();
  });
  frame.append(box);
  keys.at(-1).focus();
}
