// The simulator's endpoints for people. Every failure becomes an Error whose message a person can read.

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("Simulator tidak dapat dihubungi. Coba lagi sebentar.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `Simulator menjawab dengan galat ${response.status}.`);
  return body;
}

function post(path, body) {
  if (body instanceof FormData) return call(path, { method: "POST", body });
  return call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

export const fileAddress = (fileId) => `/sim/files/${encodeURIComponent(fileId)}`;

export const state = () => call("/sim/state");
export const messages = (chatId, viewerId) => call(`/sim/chats/${chatId}/messages?viewer=${viewerId}`);
export const edit = (userId, chatId, messageId, text) =>
  post("/sim/edit", { user_id: userId, chat_id: chatId, message_id: messageId, text });
export const remove = (userId, chatId, messageId) =>
  post("/sim/delete", { user_id: userId, chat_id: chatId, message_id: messageId });
export const press = (userId, chatId, messageId, data) =>
  post("/sim/press", { user_id: userId, chat_id: chatId, message_id: messageId, data });
export const block = (userId, blocked) => post(`/sim/people/${userId}/block`, { blocked });
export const addPerson = (person) => post("/sim/people", person);
export const addGroup = (group) => post("/sim/groups", group);
export const moveClock = (how) => post("/sim/clock", how);
/** Opens the bot by its link; without a code the person's own invitation is used, if there is one. */
export const start = (userId, payload) => post(`/sim/people/${userId}/start`, payload ? { payload } : {});
export const playStory = (play) => post("/sim/story", { action: play ? "play" : "stop" });

/** Sends words, files or a place; `files` are File objects, `location` is {latitude, longitude} in degrees. */
export function send({ userId, chatId, text, replyTo, files = [], location }) {
  const fields = { user_id: userId, chat_id: chatId };
  if (text) fields.text = text;
  if (replyTo) fields.reply_to = replyTo;
  if (location) fields.location = location;
  if (files.length === 0) return post("/sim/send", fields);
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  for (const file of files) form.append("files", file, file.name);
  return post("/sim/send", form);
}
