// Pictures, files, places and sounds inside a bubble.

import { fileAddress } from "./api.js";
import { h, icon } from "./dom.js";

const INLINE_WIDTH = 640;

export const isPicture = (message) => Boolean(message.photo);
const isPictured = (message) =>
  Boolean(message.photo || message.location || message.venue || message.video || message.animation);

/** The largest size of a photo, as Telegram orders them. */
export const largest = (photo) => photo[photo.length - 1];

const inline = (photo) => photo.find((size) => size.width >= INLINE_WIDTH) ?? largest(photo);

/** 1234567 → "1,2 MB" */
export function fileSize(bytes) {
  if (!bytes) return "";
  const units = ["B", "KB", "MB"];
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(1024)), 2);
  return `${(bytes / 1024 ** power).toLocaleString("id-ID", { maximumFractionDigits: power ? 1 : 0 })} ${units[power]}`;
}

const degrees = (value, positive, negative) =>
  `${Math.abs(value).toLocaleString("id-ID", { minimumFractionDigits: 5, maximumFractionDigits: 5 })}° ${value < 0 ? negative : positive}`;

export const placeText = ({ latitude, longitude }) =>
  `${degrees(latitude, "LU", "LS")} · ${degrees(longitude, "BT", "BB")}`;

/** {nodes, pictured} for one message or the messages of an album; openPicture(index) shows one at full size. */
export function renderMedia(messages, openPicture) {
  const pictures = messages.filter(isPicture);
  const nodes = [];
  if (pictures.length === 1) nodes.push(picture(pictures[0], 0, openPicture));
  else if (pictures.length) {
    nodes.push(
      h(
        "div",
        { class: "album" },
        pictures.map((message, index) => picture(message, index, openPicture)),
      ),
    );
  }
  for (const message of messages) nodes.push(...others(message));
  return { nodes, pictured: messages.every(isPictured) };
}

function picture(message, index, openPicture) {
  const size = inline(message.photo);
  const label = message.caption ? `Foto: ${message.caption.slice(0, 120)}` : "Foto";
  const image = h("img", {
    src: fileAddress(size.file_id),
    width: size.width,
    height: size.height,
    alt: label,
    decoding: "async",
  });
  return h(
    "button",
    { class: "picture", type: "button", title: "Lihat ukuran penuh", onclick: () => openPicture(index) },
    image,
  );
}

function others(message) {
  const nodes = [];
  if (message.video || message.animation) {
    const clip = message.video ?? message.animation;
    nodes.push(
      h("video", { src: fileAddress(clip.file_id), controls: true, preload: "metadata", "aria-label": "Video" }),
    );
  } else if (message.document) nodes.push(file(message.document));
  if (message.voice || message.audio) {
    const sound = message.voice ?? message.audio;
    nodes.push(
      h("audio", { src: fileAddress(sound.file_id), controls: true, preload: "metadata", "aria-label": "Pesan suara" }),
    );
  }
  if (message.sticker) nodes.push(sticker(message.sticker));
  const place = message.venue?.location ?? message.location;
  if (place) nodes.push(map(place, message.venue));
  if (message.contact) nodes.push(h("p", {}, `👤 ${message.contact.first_name} · ${message.contact.phone_number}`));
  return nodes;
}

function file(document) {
  const name = document.file_name || "berkas";
  const ending = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  return h(
    "a",
    { class: "file", href: fileAddress(document.file_id), download: name, title: `Unduh ${name}` },
    h("span", { class: "file-mark", "aria-hidden": "true" }, ending || icon("download")),
    h(
      "span",
      {},
      h("span", { class: "file-name" }, name),
      h("br"),
      h("small", {}, `${fileSize(document.file_size)} · unduh`),
    ),
  );
}

function sticker(sent) {
  const body = sent.emoji || h("img", { src: fileAddress(sent.file_id), alt: "Stiker" });
  return h("div", { class: "sticker", role: "img", "aria-label": `Stiker ${sent.emoji ?? ""}` }, body);
}

function map(place, venue) {
  const { latitude, longitude } = place;
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=15/${latitude}/${longitude}`;
  return h(
    "a",
    { class: "place", href: address, target: "_blank", rel: "noopener noreferrer", title: "Buka di peta" },
    h("img", { src: "/static/img/place.svg", width: 310, height: 150, alt: "Lokasi" }),
    h("span", {}, venue ? `${venue.title}\n` : "", placeText(place)),
  );
}

/** One line that stands for the message in a quote or an announcement. */
export function summarise(message) {
  const words = message.text ?? message.caption;
  const kinds = [
    ["photo", "Foto"],
    ["animation", "Animasi"],
    ["document", message.document?.file_name ?? "Berkas"],
    ["video", "Video"],
    ["voice", "Pesan suara"],
    ["audio", "Audio"],
    ["sticker", `Stiker ${message.sticker?.emoji ?? ""}`],
    ["venue", "Lokasi"],
    ["location", "Lokasi"],
    ["contact", "Kontak"],
  ];
  const kind = kinds.find(([name]) => message[name])?.[1];
  if (kind && words) return `${kind}: ${words}`;
  return kind ?? words ?? "Pesan";
}
