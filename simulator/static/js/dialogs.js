// Questions over the whole page: a new phone, a place.

import * as api from "./api.js";
import { h } from "./dom.js";
import { store } from "./store.js";

const POSTS = [
  "Wakil Bupati",
  "Sekretaris Daerah",
  "Asisten Pemerintahan",
  "Inspektorat",
  "Kepala Dinas Pertanian",
  "Kepala Dinas Kesehatan",
  "Kepala Dinas Koperasi",
  "Kepala Dinas Perikanan",
  "Camat Meranti",
  "Camat Sei Kepayang",
  "Camat Silau Laut",
  "Operator Camat Air Joman",
  "Kepala Puskesmas Air Joman",
  "Admin Diskominfo",
];

/** Rough positions, good enough to stand for a visit to the field. Degrees. */
const PLACES = [
  ["Kantor Bupati, Kisaran", 2.98437, 99.61573],
  ["Kantor Camat Air Joman", 2.97561, 99.71342],
  ["Hamparan sawah, Sei Kepayang", 2.89514, 99.83127],
  ["Kampung nelayan, Silau Laut", 3.07218, 99.73855],
];

/** Shows a form in a modal dialog. `submit(FormData)` may throw an Error to be read; resolves to its value, or null. */
function ask(title, fields, accept, submit) {
  return new Promise((resolve) => {
    let result = null;
    const error = h("p", { class: "error", role: "alert", hidden: true });
    const ok = h("button", { type: "submit", class: "button primary" }, accept);
    const cancel = h("button", { type: "button", class: "button", onclick: () => dialog.close() }, "Batal");
    const heading = h("h2", { id: "judul-dialog" }, title);
    const form = h("form", { method: "dialog" }, heading, fields, error, h("footer", {}, cancel, ok));
    const dialog = h("dialog", { class: "dialog", "aria-labelledby": "judul-dialog" }, form);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      ok.disabled = true;
      try {
        result = await submit(new FormData(form));
        dialog.close();
      } catch (problem) {
        error.textContent = problem.message;
        error.hidden = false;
      }
      ok.disabled = false;
    });
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const field = (label, attributes) =>
  h("label", {}, label, h("input", { type: "text", autocomplete: "off", maxlength: "64", ...attributes }));

const choice = (attributes, text) => h("label", { class: "choice" }, h("input", attributes), h("span", {}, text));

/** A new phone for a person of any post, or a group of people who have phones. Resolves to {person} or {chat}, or null. */
export function askPhone() {
  const label = field("Jabatan", {
    name: "label",
    list: "daftar-jabatan",
    required: true,
    placeholder: "mis. Kepala Dinas Pertanian",
  });
  const person = h(
    "fieldset",
    {},
    h("legend", { class: "visually-hidden" }, "Orang"),
    h(
      "div",
      { class: "pair-wrap" },
      label,
      h(
        "datalist",
        { id: "daftar-jabatan" },
        POSTS.map((post) => h("option", { value: post })),
      ),
    ),
    h(
      "div",
      { class: "pair" },
      field("Nama", { name: "first_name", placeholder: "mis. Rahmat" }),
      field("Nama belakang", { name: "last_name", placeholder: "boleh kosong" }),
    ),
    field("Nama pengguna", {
      name: "username",
      placeholder: "boleh kosong",
      pattern: "[A-Za-z0-9_]{5,32}",
      title: "5–32 huruf, angka atau garis bawah",
    }),
  );
  const title = field("Nama grup", { name: "title", value: "Rakorpem Asahan", maxlength: "128" });
  const group = h(
    "fieldset",
    { hidden: true, disabled: true },
    h("legend", { class: "visually-hidden" }, "Grup"),
    title,
    h("p", {}, "Anggota; yang pertama membuat grup"),
    [...store.people.values()].map((one) =>
      choice({ type: "checkbox", name: "member", value: one.id, checked: true }, one.label),
    ),
    choice({ type: "checkbox", name: "bot", checked: true }, "Tambahkan bot ke grup"),
  );
  const show = (isGroup) => {
    person.hidden = person.disabled = isGroup;
    group.hidden = group.disabled = !isGroup;
  };
  const kinds = h(
    "div",
    { class: "switch", role: "radiogroup", "aria-label": "Jenis" },
    h(
      "label",
      {},
      h("input", { type: "radio", name: "kind", value: "person", checked: true, onchange: () => show(false) }),
      "Orang",
    ),
    h("label", {}, h("input", { type: "radio", name: "kind", value: "group", onchange: () => show(true) }), "Grup"),
  );
  return ask("Tambah ponsel", [kinds, person, group], "Tambah", async (form) => {
    if (form.get("kind") === "group") return { chat: await addGroup(form) };
    return { person: await addPerson(form) };
  });
}

function addPerson(form) {
  const value = (name) => form.get(name).trim();
  const person = { label: value("label"), first_name: value("first_name") || value("label") };
  if (!person.label) throw new Error("Jabatan belum diisi.");
  for (const name of ["last_name", "username"]) if (value(name)) person[name] = value(name);
  return api.addPerson(person);
}

function addGroup(form) {
  const members = form.getAll("member").map(Number);
  const title = form.get("title").trim();
  if (!title) throw new Error("Nama grup belum diisi.");
  if (!members.length) throw new Error("Pilih sedikitnya satu anggota.");
  return api.addGroup({ title, member_ids: members, add_bot: form.has("bot") });
}

/** A place to send: {latitude, longitude} in degrees, or null. */
export function askPlace() {
  const number = (label, name, value, most) =>
    h(
      "label",
      {},
      label,
      h("input", { type: "number", name, value, min: -most, max: most, step: "any", required: true }),
    );
  const latitude = number("Lintang", "latitude", PLACES[0][1], 90);
  const longitude = number("Bujur", "longitude", PLACES[0][2], 180);
  const places = PLACES.map(([name, north, east], index) =>
    choice(
      {
        type: "radio",
        name: "place",
        checked: index === 0,
        onchange: () => {
          latitude.lastChild.value = north;
          longitude.lastChild.value = east;
        },
      },
      name,
    ),
  );
  const fields = [
    h("fieldset", {}, h("legend", {}, "Tempat"), places),
    h("div", { class: "pair" }, latitude, longitude),
  ];
  return ask("Kirim lokasi", fields, "Kirim lokasi", async (form) => ({
    latitude: Number(form.get("latitude")),
    longitude: Number(form.get("longitude")),
  }));
}
