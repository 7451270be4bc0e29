// The page: columns of the chosen look, the clock, the tools, and what is heard from the server.

import { Fault, post } from "./api.js";
import { clock } from "./clock.js";
import { Column } from "./column.js";
import { panels } from "./panels.js";
import { State } from "./state.js";
import { draw as drawTabs, marks } from "./tabs.js";
import { words } from "./words.js";

const TOLD = 6000; // milliseconds that a fault stands there

const state = new State();
const columns = new Map();
const place = document.getElementById("columns");
const line = document.getElementById("connection");
const narrow = window.matchMedia("(max-width: 760px)");
let lost = "";

const acts = {
  // Whether it could be done.
  async do(chat, who, verb, more = {}) {
    const about = { network: chat.network, chat: chat.id, who, verb };
    try {
      if (more instanceof FormData) {
        for (const [name, value] of Object.entries(about)) more.append(name, value);
        await post("do", more);
      } else {
        await post("do", { ...about, ...more });
      }
      return true;
    } catch (fault) {
      acts.failed(fault);
      return false;
    }
  },
  inside: (message) => panel.turn(message),
  opener: (people, url, first) => panel.choose(people, url, first),
  ask: (title, label, act) => panel.ask(title, label, act),
  failed(fault) {
    tell(fault instanceof Fault && fault.message ? fault.message : words.failed);
  },
};

const panel = panels(state, acts);

function draw() {
  document.body.dataset.look = state.look;
  for (const radio of document.getElementsByName("look")) radio.checked = radio.value === state.look;
  columns.clear();
  for (const chat of state.shown()) columns.set(chat.id, new Column(chat, state, acts));
  place.replaceChildren(...[...columns.values()].map((column) => column.element));
  drawTabs(state, choose);
  choose(state.chosen());
  for (const column of columns.values()) column.shown();
}

// On a phone one chat is open at a time.
function choose(id) {
  state.open(id);
  for (const [each, column] of columns) column.element.classList.toggle("chosen", each === id);
  drawTabs(state, choose);
  const column = columns.get(id);
  if (narrow.matches) column.shown();
  else column.element.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// A fault, for a while; the lost connection as long as it is lost.
function tell(fault) {
  clearTimeout(tell.later);
  line.textContent = fault || lost;
  line.hidden = !line.textContent;
  if (fault) tell.later = setTimeout(() => tell(""), TOLD);
}

state.on((kind, data) => {
  if (kind === "message") {
    if (columns.has(data.chat)) columns.get(data.chat).add(data);
    else state.missed(state.chats.get(data.chat));
  } else if (kind === "edited") columns.get(data.chat)?.update(data);
  else if (kind === "chat") {
    if (columns.has(data.id)) columns.get(data.id).changed();
    else draw();
  } else if (kind === "unread") {
    columns.get(data.id)?.element.classList.toggle("missed", state.unread.has(data.id));
    marks(state);
  } else if (kind === "look") draw();
  else if (kind === "connected") {
    lost = data.yes ? "" : words.lost;
    tell("");
  }
});

for (const radio of document.getElementsByName("look")) {
  radio.addEventListener("change", () => state.choose(radio.value));
}
document.addEventListener("visibilitychange", () => {
  for (const column of columns.values()) column.looked();
});
narrow.addEventListener("change", () => {
  for (const column of columns.values()) column.shown();
});

await state.load();
clock(state, acts);
panel.tools(document.getElementById("tools"));
draw();
document.body.dataset.ready = "yes";
