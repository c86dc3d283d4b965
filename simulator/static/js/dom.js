// Building elements. Text only ever becomes a text node, so what people type can never become markup.

/** h("button", {class: "x", onclick: fn, "aria-label": "…"}, "text", child, null) → element. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (value === true) element.setAttribute(name, "");
    else element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PATHS = {
  attach:
    "M20.500 11.500 12 20a5.600 5.600 0 0 1-8-8l8.600-8.600a3.700 3.700 0 0 1 5.300 5.300L9.300 17.200a1.900 1.900 0 0 1-2.700-2.700l7.700-7.700",
  send: "M4 12 3 4.500 21.500 12 3 19.500 4 12Zm0 0h8",
  down: "M5 9l7 7 7-7",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.500v.01M12 12v.01M12 18.500v.01",
  reply: "M10 6 4 12l6 6M4.500 12H14a6 6 0 0 1 6 6v1",
  edit: "M4 20h4L19.500 8.500a2.800 2.800 0 0 0-4-4L4 16v4Z",
  trash: "M4 7h16M9.500 7V4.500h5V7M6.500 7l1 13h9l1-13",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9v.01",
  place: "M12 21c-1-3.500-6.500-6-6.500-11.500a6.500 6.500 0 0 1 13 0C18.500 15 13 17.500 12 21ZM12 11.500v-.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20.500a7.500 7.500 0 0 1 15 0",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.800 5.800l12.400 12.400",
  leave: "M10 4H5v16h5M15 8l4 4-4 4M19 12H9",
  plus: "M12 5v14M5 12h14",
  play: "M8 5.500v13L19 12Z",
  stop: "M7 7h10v10H7z",
  download: "M12 4v11M7 10.500l5 5 5-5M5 20h14",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  tick: "M3 12.500l5 5L19 6.500",
  ticks: "M1 12.500l5 5L17 6.500M12 16.800l.700.700 11-11",
  wait: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.500 2",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill", "none");
  path.setAttribute("stroke", "currentColor");
  path.setAttribute("stroke-width", name === "more" ? "3" : "2");
  path.setAttribute("stroke-linecap", "round");
  path.setAttribute("stroke-linejoin", "round");
  svg.append(path);
  return svg;
}

/** Says something to people who listen to the page rather than see it. */
export function announce(text) {
  const region = document.getElementById("announcer");
  const line = h("p", {}, text);
  region.append(line);
  while (region.childElementCount > 6) region.firstElementChild.remove();
}
