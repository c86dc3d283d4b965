// "Putar cerita": the line that tells what is happening while the story plays itself.

import * as api from "./api.js";
import { h } from "./dom.js";

/** button: starts the story; strip: where it is told; mark(personId|null): whose turn it is; onError(text). */
export function buildStory(button, strip, { mark, onError }) {
  const step = h("span", { class: "story-step" });
  const text = h("p", { class: "story-text", role: "status" });
  const bar = h("span", {});
  const stop = h("button", { type: "button", class: "button" });
  strip.append(step, text, stop, h("div", { class: "story-progress", "aria-hidden": "true" }, bar));
  let playing = false;

  async function ask(play) {
    button.disabled = true;
    try {
      show(await api.playStory(play));
    } catch (error) {
      onError(error.message);
    }
    button.disabled = playing;
  }

  button.addEventListener("click", () => ask(true));
  stop.addEventListener("click", () => {
    if (playing) return ask(false);
    strip.hidden = true;
    button.focus();
    return undefined;
  });

  /** progress: {playing|state, step, total, narration, person_id?, error?} as GET /sim/story gives it. */
  function show(progress) {
    const state = progress.state ?? (progress.playing ? "playing" : "idle");
    playing = state === "playing";
    button.disabled = playing;
    strip.classList.toggle("failed", state === "failed");
    if (state === "idle" && strip.hidden) return;
    strip.hidden = false;
    const total = progress.total ?? progress.steps ?? 0;
    const at = progress.step ?? 0;
    step.textContent =
      {
        playing: `Langkah ${at} dari ${total}`,
        done: "Cerita selesai",
        failed: "Cerita terhenti",
        stopped: "Cerita dihentikan",
      }[state] ?? "Cerita";
    text.textContent = progress.error ?? progress.narration ?? "";
    bar.style.width = total ? `${Math.round((at / total) * 100)}%` : "0";
    stop.textContent = playing ? "Hentikan" : "Tutup";
    mark(playing ? (progress.person_id ?? null) : null);
  }

  return { show };
}
