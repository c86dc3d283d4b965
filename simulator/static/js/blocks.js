// The list of messages on the screen: which blocks there are, and changing only those that changed.

import { renderBubble, renderDay, renderService, serviceText } from "./bubble.js";
import { dayKey, fromUnix } from "./dates.js";

const TOGETHER_SECONDS = 300;

/** Messages in order, grouped: [{key, signature, ids, make}], with a block for each day and one for each album. */
export function makeBlocks(messages, view, actions) {
  const blocks = [];
  let day = null;
  let previous = null;
  for (const message of messages) {
    const date = fromUnix(message.date);
    if (dayKey(date) !== day) {
      day = dayKey(date);
      previous = null;
      blocks.push({ key: `day ${message.message_id}`, signature: day, ids: [], make: () => renderDay(date) });
    }
    const service = serviceText(message);
    if (service) {
      previous = null;
      blocks.push({
        key: `service ${message.message_id}`,
        signature: service,
        ids: [message.message_id],
        make: () => renderService(message),
      });
    } else if (previous && message.media_group_id && previous.at(-1).media_group_id === message.media_group_id) {
      previous.push(message);
    } else {
      const follows = Boolean(previous) && together(previous.at(-1), message);
      previous = [message];
      blocks.push({ key: `message ${message.message_id}`, messages: previous, follows });
    }
  }
  return blocks.map((block) => (block.messages ? bubbleBlock(block, view, actions) : block));
}

function bubbleBlock({ key, messages, follows }, view, actions) {
  const last = messages.at(-1);
  const taken = last.message_id <= view.takenUpTo;
  return {
    key,
    ids: messages.map((message) => message.message_id),
    signature: JSON.stringify([messages, follows, taken]),
    make: () => renderBubble(messages, { ...view, follows, taken, pending: view.pendingOf(last.message_id) }, actions),
  };
}

const together = (previous, message) =>
  previous.from?.id === message.from?.id &&
  message.date >= previous.date &&
  message.date - previous.date < TOGETHER_SECONDS;

/** Keeps the elements of a list in step with blocks; an element is only replaced when its block's signature changed. */
export class BlockList {
  constructor(list) {
    this.list = list;
    this.shown = new Map();
  }

  /** `changed` and `arrived` are message ids whose block is to be pointed out, or null. */
  show(blocks, { changed = null, arrived = null } = {}) {
    const keys = new Set(blocks.map((block) => block.key));
    for (const [key, { element }] of this.shown) {
      if (keys.has(key)) continue;
      element.remove();
      this.shown.delete(key);
    }
    let before = null;
    for (const block of blocks) {
      const element = this.ensure(block, changed, arrived);
      const place = before ? before.nextSibling : this.list.firstChild;
      if (place !== element) this.list.insertBefore(element, place);
      before = element;
    }
  }

  ensure(block, changed, arrived) {
    const shown = this.shown.get(block.key);
    if (shown?.signature === block.signature) return shown.element;
    const element = block.make();
    if (shown) {
      const focus = focusedPlace(shown.element);
      shown.element.replaceWith(element);
      restoreFocus(element, focus);
    }
    element.classList.toggle("changed", block.ids.includes(changed));
    element.classList.toggle("arrived", !shown && block.ids.includes(arrived));
    this.shown.set(block.key, { element, signature: block.signature });
    return element;
  }
}

/** Where the focus is inside `element`: "self", the place of a button, or null. */
function focusedPlace(element) {
  const focused = document.activeElement;
  if (!element.contains(focused)) return null;
  return focused.dataset.place ?? "self";
}

/** A bot that edits its card must not throw a keyboard user back to the top of the page. */
function restoreFocus(element, place) {
  if (!place) return;
  const key =
    place === "self" ? null : (element.querySelector(`[data-place="${place}"]`) ?? element.querySelector(".key"));
  (key ?? element).focus({ preventScroll: true });
}
