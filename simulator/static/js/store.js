// What the page knows of the world: the bot, the people, the chats and the simulated time.

import * as api from "./api.js";

export const store = {
  bot: { first_name: "Bot", username: "", commands: [] },
  /** user id → person */
  people: new Map(),
  /** chat id → chat */
  chats: new Map(),
  /** simulated minus real time, in milliseconds */
  ahead: 0,
  /** how far the built-in story is, null when there is none */
  story: null,
};

export const now = () => new Date(Date.now() + store.ahead);

export function setNow(iso) {
  store.ahead = new Date(iso).getTime() - Date.now();
}

/** Asks the server for everything except messages. */
export async function refresh() {
  const state = await api.state();
  setNow(state.now);
  store.bot = state.bot;
  store.story = state.story;
  store.people = new Map(state.people.map((person) => [person.id, person]));
  store.chats = new Map(state.chats.map((chat) => [chat.id, chat]));
}

/** The chats of a person: with the bot first, then the groups in the order they were made. */
export function chatsOf(person) {
  const groups = [...store.chats.values()].filter(
    (chat) => chat.id < 0 && !chat.migrated_to && chat.member_ids.includes(person.id),
  );
  return [store.chats.get(person.id) ?? { id: person.id, type: "private" }, ...groups];
}

export const botName = () => store.bot.first_name || store.bot.name || "Bot";

/** The title a chat has in its header: the bot's name in private, the group's title otherwise. */
export const titleOf = (chat) => (chat.id > 0 ? botName() : chat.title || "Grup");

/** What follows `?start=` when the address opens our bot, "" when it opens it without a code, else null. */
export function startCode(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) return null;
  const isWeb = ["t.me", "telegram.me", "www.t.me"].includes(url.hostname);
  const name = isWeb ? url.pathname.slice(1) : url.protocol === "tg:" ? url.searchParams.get("domain") : null;
  if (!name || name.toLowerCase() !== String(store.bot.username).toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}
