// Ways to reach a message with a finger, a mouse or the keyboard.

const REPLY_PX = 52;
const FARTHEST_PX = 76;
const LONG_PRESS_MS = 480;

const messageAt = (event) => event.target.closest?.(".message");
const isControl = (event) => event.target.closest("button, a, audio, video, .spoiler");

/** `list` is the list of messages; actions: reply(item), openMenu(item, anchor). */
export function watchGestures(list, actions) {
  watchSwipe(list, actions);
  list.addEventListener("dblclick", (event) => {
    const item = messageAt(event);
    if (!item || isControl(event)) return;
    getSelection()?.removeAllRanges();
    actions.reply(item);
  });
  list.addEventListener("contextmenu", (event) => {
    const item = messageAt(event);
    if (!item || event.target.closest("a, .picture")) return;
    event.preventDefault();
    actions.openMenu(item, item.querySelector(".bubble"));
  });
  list.addEventListener("keydown", (event) => moveByKeys(list, event, actions));
}

function watchSwipe(list, actions) {
  let swipe = null;
  const end = (event, cancelled) => {
    if (!swipe) return;
    const { item, x, timer } = swipe;
    clearTimeout(timer);
    item.style.transform = "";
    if (!cancelled && x - event.clientX > REPLY_PX) actions.reply(item);
    swipe = null;
  };
  list.addEventListener("pointerdown", (event) => {
    const item = messageAt(event);
    if (!item || event.pointerType === "mouse" || isControl(event)) return;
    const timer = setTimeout(() => {
      swipe = null;
      actions.openMenu(item, item.querySelector(".bubble"));
    }, LONG_PRESS_MS);
    swipe = { item, x: event.clientX, y: event.clientY, timer };
  });
  list.addEventListener("pointermove", (event) => {
    if (!swipe) return;
    const left = swipe.x - event.clientX;
    if (Math.abs(left) > 8 || Math.abs(event.clientY - swipe.y) > 8) clearTimeout(swipe.timer);
    swipe.item.style.transform = left > 8 ? `translateX(${-Math.min(left, FARTHEST_PX)}px)` : "";
  });
  list.addEventListener("pointerup", (event) => end(event, false));
  list.addEventListener("pointercancel", (event) => end(event, true));
}

/** Arrows go from message to message, R replies, Enter opens the message's menu. */
function moveByKeys(list, event, actions) {
  const onList = event.target === list;
  const onItem = event.target.classList?.contains("message");
  if (!onList && !onItem) return;
  const items = [...list.querySelectorAll(".message")];
  const at = items.indexOf(event.target);
  const goal = { ArrowUp: onList ? items.length - 1 : at - 1, ArrowDown: at + 1, Home: 0, End: items.length - 1 }[
    event.key
  ];
  if (goal !== undefined) {
    if (onList && event.key === "ArrowDown") return;
    items[Math.min(Math.max(goal, 0), items.length - 1)]?.focus();
  } else if (onItem && (event.key === "Enter" || event.key === "ContextMenu")) {
    actions.openMenu(event.target, event.target.querySelector(".bubble"));
  } else if (onItem && event.key.toLowerCase() === "r" && !event.ctrlKey && !event.metaKey) {
    actions.reply(event.target);
  } else return;
  event.preventDefault();
}
