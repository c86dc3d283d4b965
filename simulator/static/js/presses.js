// Pressed buttons that wait for the bot: from the press until its answer the button spins.

import { showBusy } from "./keyboard.js";

const ANSWER_WAIT_MS = 30_000;

const same = (one, other) => one.id === other.id && one.data === other.data;

export class Presses {
  /** `list` holds the buttons; onSilence() is called when the bot has not answered for half a minute. */
  constructor(list, onSilence) {
    this.list = list;
    this.onSilence = onSilence;
    this.open = [];
  }

  /** The callback data of message `id` that waits. */
  of(id) {
    return new Set(this.open.filter((press) => press.id === id).map((press) => press.data));
  }

  /** Starts a press of our own; null when the same button is waiting already. */
  begin(id, data) {
    const press = { id, data, callbackId: null };
    return this.open.some((other) => same(other, press)) ? null : this.wait(press);
  }

  /** The press has reached the bot: ours, or one made elsewhere in this person's name (the story, another window). */
  reached(id, data, callbackId) {
    const press = { id, data, callbackId };
    const ours = this.open.find((other) => !other.callbackId && same(other, press));
    if (ours) ours.callbackId = callbackId;
    else this.wait(press);
  }

  /** True when a press with this callback id was waiting. */
  answered(callbackId) {
    const press = this.open.find((other) => other.callbackId === callbackId);
    if (press) this.end(press);
    return Boolean(press);
  }

  wait(press) {
    this.open.push(press);
    this.show(press, true);
    press.timer = setTimeout(() => {
      this.end(press);
      this.onSilence();
    }, ANSWER_WAIT_MS);
    return press;
  }

  end(press) {
    clearTimeout(press.timer);
    this.open = this.open.filter((other) => other !== press);
    if (!this.open.some((other) => same(other, press))) this.show(press, false);
  }

  endAll() {
    this.open.forEach((press) => this.end(press));
  }

  show({ id, data }, busy) {
    for (const key of this.list.querySelectorAll(`[data-id="${id}"] .key[data-callback]`)) {
      if (key.dataset.callback === data) showBusy(key, busy);
    }
  }
}
