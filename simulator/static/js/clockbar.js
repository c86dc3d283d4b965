// The simulated time in the top bar, and the buttons that move it.

import * as api from "./api.js";
import { longDate, shortDate, timeOfDay } from "./dates.js";
import { announce, h } from "./dom.js";
import { now, setNow } from "./store.js";

const MOVES = [
  ["+1 jam", "Majukan waktu 1 jam", { advance_seconds: 3600 }],
  ["+1 hari", "Majukan waktu 1 hari", { advance_seconds: 86_400 }],
  ["Senin 07.00", "Majukan waktu ke Senin berikutnya pukul 07.00", { next: "monday 07:00" }],
];

/** onTick() runs whenever the minute may have changed; onError(text) when the clock could not be moved. */
export function buildClock(element, { onTick, onError }) {
  const time = h("time", { class: "clock-time" });
  const date = h("div", { class: "clock-date" });
  const face = h("div", { class: "clock-face", "aria-label": "Waktu simulasi", role: "group" }, time, date);
  const wide = matchMedia("(min-width: 900px)");
  let shown = "";

  function tick() {
    const present = now();
    const text = `${timeOfDay(present)} ${longDate(present)} ${wide.matches}`;
    if (text === shown) return;
    shown = text;
    time.dateTime = present.toISOString();
    time.replaceChildren(timeOfDay(present), h("small", {}, " WIB"));
    date.textContent = wide.matches ? longDate(present) : shortDate(present);
    onTick();
  }

  async function move(how) {
    buttons.forEach((button) => (button.disabled = true));
    try {
      const answer = await api.moveClock(how);
      moved(answer.now);
    } catch (error) {
      onError(error.message);
    }
    buttons.forEach((button) => (button.disabled = false));
  }

  function moved(iso) {
    const before = now();
    setNow(iso);
    tick();
    if (Math.abs(now() - before) < 60_000) return;
    element.classList.remove("moved");
    requestAnimationFrame(() => element.classList.add("moved"));
    announce(`Waktu simulasi sekarang ${longDate(now())} pukul ${timeOfDay(now())}`);
  }

  const buttons = MOVES.map(([label, title, how]) =>
    h(
      "button",
      {
        type: "button",
        class: "button",
        title,
        onclick: (event) => {
          const pressed = event.currentTarget;
          move(how).then(() => pressed.focus({ preventScroll: true }));
        },
      },
      label,
    ),
  );
  element.append(face, h("div", { class: "clock-buttons", role: "group", "aria-label": "Majukan waktu" }, buttons));
  setInterval(tick, 1000);
  wide.addEventListener("change", tick);
  tick();
  return { moved, tick };
}
