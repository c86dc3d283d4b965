// Pictures at full size, over the whole page.

import { fileAddress } from "./api.js";
import { h, icon } from "./dom.js";
import { largest } from "./media.js";

const button = (name, label, run) =>
  h("button", { class: "icon-button", type: "button", title: label, "aria-label": label, onclick: run }, icon(name));

/** Shows the pictures of `messages`, beginning with number `index`; arrows leaf, a click zooms, Escape closes. */
export function openPictures(messages, index) {
  let at = index;
  const caption = h("p", {});
  const image = h("img", { alt: "" });
  const stage = h("div", { class: "viewer-stage", tabindex: "-1" }, image);
  const download = h("a", { class: "icon-button", title: "Unduh", "aria-label": "Unduh gambar" }, icon("download"));
  const back = button("left", "Gambar sebelumnya", () => show(at - 1));
  const next = button("right", "Gambar berikutnya", () => show(at + 1));
  const close = button("close", "Tutup", () => dialog.close());
  const dialog = h(
    "dialog",
    { class: "viewer", "aria-label": "Gambar ukuran penuh" },
    h("header", {}, caption, back, next, download, close),
    stage,
  );

  function show(wanted) {
    at = (wanted + messages.length) % messages.length;
    const message = messages[at];
    const size = largest(message.photo);
    const address = fileAddress(size.file_id);
    image.src = address;
    image.alt = message.caption || "Foto";
    download.href = address;
    download.download = `kawal-${message.message_id}.jpg`;
    const number = messages.length > 1 ? `${at + 1} dari ${messages.length}` : "";
    caption.textContent = [number, message.caption?.split("\n")[0]].filter(Boolean).join(" · ");
    stage.classList.remove("full");
  }

  back.hidden = next.hidden = messages.length < 2;
  image.addEventListener("click", () => stage.classList.toggle("full"));
  stage.addEventListener("click", (event) => event.target === stage && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" && messages.length > 1) show(at - 1);
    if (event.key === "ArrowRight" && messages.length > 1) show(at + 1);
  });
  dialog.addEventListener("close", () => dialog.remove());
  show(index);
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}
