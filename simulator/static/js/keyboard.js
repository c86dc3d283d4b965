// The buttons under a message, in the rows they were sent in.

import { h } from "./dom.js";

/** `pending` is the set of callback data that waits for an answer; actions: press(data), openLink(url), copy(text). */
export function renderKeyboard(rows, pending, actions) {
  return h(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Tombol pesan" },
    rows.map((row, rowIndex) =>
      h(
        "div",
        { class: "keyboard-row" },
        row.map((button, index) => renderKey(button, `${rowIndex}:${index}`, pending, actions)),
      ),
    ),
  );
}

function renderKey(button, place, pending, actions) {
  const label = h("span", { class: "key-label" }, button.text);
  const data = { place, style: button.style };
  if (!button.style) delete data.style;
  if (button.url) {
    const address = /^https?:|^tg:/i.test(button.url) ? button.url : `https://${button.url}`;
    const key = h("a", { class: "key link", data, href: address, target: "_blank", rel: "noopener noreferrer" }, label);
    key.addEventListener("click", (event) => actions.openLink(address, key) && event.preventDefault());
    return key;
  }
  if (button.copy_text) {
    return h(
      "button",
      { class: "key", type: "button", data, onclick: () => actions.copy(button.copy_text.text) },
      label,
    );
  }
  const key = h(
    "button",
    { class: "key", type: "button", data, onclick: () => actions.press(button.callback_data) },
    label,
  );
  key.dataset.callback = button.callback_data ?? "";
  if (pending.has(button.callback_data)) showBusy(key, true);
  return key;
}

/** Shows or takes away the spinner; the button keeps its focus. */
export function showBusy(key, busy) {
  key.querySelector(".spinner")?.remove();
  if (busy) {
    key.setAttribute("aria-busy", "true");
    key.append(h("span", { class: "spinner", role: "status", "aria-label": "menunggu jawaban" }));
  } else {
    key.removeAttribute("aria-busy");
  }
}
