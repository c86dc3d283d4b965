// "Putar cerita": the line that tells what is happening while the story plays itself.

import * as api from "./api.js";
import { h } from "./dom.js";

const HEADS = { done: "Cerita selesai", failed: "Cerita terhenti", stopped: "Cerita dihentikan" };
const LAST_WORDS = {
  done: "Semua langkah selesai. Silakan lanjutkan sendiri di ponsel mana pun.",
  stopped: "Percakapan tetap seperti keadaan terakhir. Silakan lanjutkan sendiri.",
};

/** button: starts the story; strip: where it is told; mark(personId|null): whose turn it is; onError(text). */
export function buildStory(button, strip, { mark, onError }) {
  const step = h("span", { class: "story-step" });
  const text = h("p", { class: "story-text", role: "status" });
  const bar = h("span");
  const stop = h("button", { type: "button", class: "button" });
  strip.append(step, text, stop, h("div", { class: "story-progress", "aria-hidden": "true" }, bar));
  let playing = false;

  async function ask(play) {
    try {
      await api.playStory(play);
    } catch (error) {
      onError(error.message);
    }
  }

  button.addEventListener("click", () => ask(true));
  stop.addEventListener("click", () => {
    if (playing) return void ask(false);
    strip.hidden = true;
  });

  /** progress: {state: idle | playing | done | failed | stopped, step, total, narration, person_id, error?}, or null. */
  function show(progress) {
    button.hidden = !progress;
    if (!progress) return;
    const { state, step: at, total } = progress;
    playing = state === "playing";
    button.disabled = state !== "idle";
    button.title = playing || state === "idle" ? "" : "Jalankan ulang demo untuk memutar cerita lagi";
    mark(playing ? progress.person_id : null);
    if (strip.hidden && !playing && state !== "failed") return;
    strip.hidden = false;
    strip.classList.toggle("failed", state === "failed");
    step.textContent = HEADS[state] ?? `Langkah ${at} dari ${total}`;
    text.textContent = progress.error ?? LAST_WORDS[state] ?? progress.narration;
    bar.style.width = `${Math.round((at / Math.max(total, 1)) * 100)}%`;
    stop.textContent = playing ? "Hentikan" : "Tutup";
  }

  return { show };
}
