// The page: brings the parts together and keeps them in step with the simulator.

import { buildClock } from "./clockbar.js";
import { askPhone } from "./dialogs.js";
import { announce } from "./dom.js";
import { listen } from "./events.js";
import { Stage } from "./stage.js";
import { refresh, store } from "./store.js";
import { buildStory } from "./storybar.js";

const $ = (id) => document.getElementById(id);
const stage = new Stage($("phones"), $("tabs"));
const onError = (text) => {
  if (stage.active) stage.active.toast(text, { error: true });
  else $("phones").querySelector(".waiting").textContent = text;
};
const clock = buildClock($("clock"), { onTick: () => stage.phones.forEach((phone) => phone.tick()), onError });
const story = buildStory($("play"), $("story"), { mark: (personId) => stage.mark(personId), onError });

// One after another, so that a message in a new group waits until the group is known.
let queue = Promise.resolve();
const enqueue = (work) => {
  queue = queue.then(work).catch((error) => onError(error.message));
  return queue;
};

async function update() {
  await refresh();
  stage.sync();
  clock.tick();
}

/** Asks for the state once, however many changes are told in the meantime. */
let updating = null;
function onChange() {
  updating ??= enqueue(() => {
    updating = null;
    return update();
  });
  return updating;
}

async function begin() {
  const again = stage.phones.size > 0;
  await update();
  story.show(store.story);
  if (again) await stage.reload();
}

const ON = {
  message: (event) => stage.onMessage("message", event),
  edit: (event) => stage.onMessage("edit", event),
  delete: (event) => stage.onMessage("delete", event),
  press: (event) => stage.onPress("press", event),
  answer: (event) => stage.onPress("answer", event),
  action: (event) => stage.inChat(event.chat_id).forEach((phone) => phone.showAction(event.chat_id, event.action)),
  clock: (event) => clock.moved(event.now),
  story: (event) => story.show(event),
};

const CHANGES = new Set(["chat", "person", "commands"]);

$("add").addEventListener("click", async () => {
  const added = await askPhone();
  if (!added) return;
  await onChange();
  const id = added.person?.id ?? added.chat?.member_ids?.[0];
  const phone = stage.reveal(id);
  if (added.chat) phone?.openChat(added.chat.id);
  phone?.composer.input.focus();
  announce(added.person ? `Ponsel ${added.person.label} ditambahkan` : `Grup ${added.chat.title} dibuat`);
});

listen({
  onOpen: () => enqueue(begin),
  onEvent: (event) => {
    if (CHANGES.has(event.type)) onChange();
    else if (ON[event.type]) enqueue(() => ON[event.type](event));
  },
  onStatus: (connected) => ($("connection").hidden = connected),
});
