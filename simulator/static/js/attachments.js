// Files chosen but not sent yet, shown above the writing row.

import { h, icon } from "./dom.js";

const MOST = 10;

export class Attachments {
  constructor(onChange) {
    this.files = [];
    this.addresses = [];
    this.onChange = onChange;
    this.element = h("ul", { class: "attachments", "aria-label": "Lampiran", hidden: true });
  }

  add(files) {
    this.set([...this.files, ...files]);
  }

  /** Keeps at most ten, as many as one album holds. */
  set(files) {
    this.files = files.slice(0, MOST);
    this.render();
  }

  render() {
    this.addresses.forEach((address) => URL.revokeObjectURL(address));
    this.addresses = [];
    this.element.replaceChildren(...this.files.map((file) => this.renderFile(file)));
    this.element.hidden = this.files.length === 0;
    this.onChange();
  }

  renderFile(file) {
    const remove = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        title: "Buang",
        "aria-label": `Buang ${file.name}`,
        onclick: () => {
          this.set(this.files.filter((other) => other !== file));
        },
      },
      icon("close"),
    );
    if (!file.type.startsWith("image/"))
      return h("li", {}, h("span", { class: "name" }, icon("attach"), file.name.slice(0, 40)), remove);
    const address = URL.createObjectURL(file);
    this.addresses.push(address);
    return h("li", {}, h("img", { src: address, alt: file.name }), remove);
  }
}
