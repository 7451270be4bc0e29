// Makes elements: make("button", {class: "x", onclick: f}, "text", child).

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/g;

// The text with its links; `open(url, event)` is what a link of a bot does.
export function linked(text, open) {
  const parts = text.split(LINK);
  return parts.map((part, place) =>
    place % 2
      ? make("a", {
          href: part,
          rel: "noreferrer",
          onclick: (event) => {
            event.preventDefault();
            open(part, event);
          },
        }, part)
      : part,
  );
}

const clock = new Intl.DateTimeFormat("vi-VN", { hour: "2-digit", minute: "2-digit" });
const long = new Intl.DateTimeFormat("vi-VN", {
  weekday: "short",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

// Times come as the union's own, written with their offset; they are shown as written.
const asWritten = (iso) => new Date(iso.slice(0, 19));
export const hour = (iso) => clock.format(asWritten(iso));

// So many milliseconds after a time.
export const moment = (iso, passed = 0) => long.format(new Date(asWritten(iso).getTime() + passed));

// A name, and what stands behind it in brackets.
export function parted(name) {
  const [, bare, aside] = name.match(/^(.*?)\s*(?:\((.*)\))?$/);
  return [bare, aside || ""];
}

// The first letter of a name's last word: how Vietnamese names are called.
export function initial(name) {
  const words = parted(name)[0].split(/\s+/);
  return (words.at(-1) || "?")[0].toUpperCase();
}
