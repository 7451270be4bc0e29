// One bubble.

import { at } from "./api.js";
import { hour, linked, make } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { words } from "./words.js";

// `acts`: press(message, place), open(url, message), inside(message), scan(message),
// answer(message), edit(message). `mine` is whose side is the right one.
export function bubble(message, mine, acts) {
  const side = message.service ? "service" : message.from.who === mine ? "own" : "theirs";
  const bot = message.from.who === "bot";
  const item = make("li", {
    class: `message ${side}${bot ? " bot" : ""}`,
    "data-id": message.id,
    "data-who": message.from.who,
  });
  fill(item, message, mine, acts);
  return item;
}

export function fill(item, message, mine, acts) {
  const own = message.from.who === mine;
  const body = make("div", { class: "bubble" });
  if (!own) body.append(make("span", { class: "by" }, message.from.name));
  if (message.deleted) {
    body.append(make("em", {}, words.removed));
    item.replaceChildren(body);
    return;
  }
  if (message.quoted) body.append(make("q", { class: "quoted" }, message.quoted));
  if (message.photo) body.append(picture(message));
  if (message.sticker) body.append(make("span", { class: "kind" }, words.stickerShown));
  if (message.voice) body.append(make("span", { class: "kind" }, words.voiceShown));
  if (message.document) body.append(paper(message.document));
  if (message.text) {
    body.append(make("p", { class: "text" }, ...linked(message.text, (url) => acts.open(url, message))));
  }
  if (!message.service) body.append(foot(message, own, acts));
  const parts = [body];
  if (message.buttons?.length) parts.push(keyboard(message, acts));
  item.replaceChildren(...parts);
}

function picture(message) {
  const image = make("img", {
    src: at(message.photo),
    alt: message.text ? message.text.split("\n")[0] : words.picture,
    loading: "lazy",
  });
  return make("a", { class: "picture", href: at(message.photo), target: "_blank", rel: "noreferrer" }, image);
}

function paper(document) {
  const size = document.size > 1e6 ? `${(document.size / 1e6).toFixed(1)} MB` : `${Math.ceil(document.size / 1e3)} KB`;
  return make(
    "a",
    { class: "paper", href: at(document.url), download: document.name },
    icon("paper"),
    make("span", {}, document.name, make("small", {}, size)),
  );
}

function foot(message, own, acts) {
  const more = make("button", {
    type: "button",
    class: "dots",
    "aria-label": words.more,
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    onclick: () => menu(more, choices(message, own, acts)),
  }, icon("dots"));
  return make(
    "span",
    { class: "foot" },
    message.edited ? `${words.edited} ` : "",
    make("time", { datetime: message.at }, hour(message.at)),
    more,
  );
}

function choices(message, own, acts) {
  const items = [];
  if (message.turn) items.push([words.inside, () => acts.inside(message)]);
  if (message.photo && message.from.who === "bot" && acts.scan) items.push([words.scan, () => acts.scan(message)]);
  if (!own) items.push([words.answer, () => acts.answer(message)]);
  if (own && acts.edit && message.text) items.push([words.yours, () => acts.edit(message)]);
  if (!items.length) items.push([words.close, () => {}]);
  return items;
}

function keyboard(message, acts) {
  const rows = message.buttons.map((row) =>
    make(
      "div",
      { class: "row" },
      ...row.map((button) =>
        make("button", {
          type: "button",
          class: button.kind,
          onclick: () => (button.kind === "link" ? acts.open(button.url, message) : acts.press(message, button.place)),
        }, button.label),
      ),
    ),
  );
  return make("div", { class: "keyboard" }, ...rows);
}
