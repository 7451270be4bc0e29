// The chats as tabs, for a window that holds one of them; and what was missed, there and elsewhere.

import { make, parted } from "./dom.js";
import { words } from "./words.js";

const tabs = document.getElementById("tabs");

export function draw(state, choose) {
  const chosen = state.chosen();
  const known = [...tabs.children].map((each) => each.dataset.chat).join();
  const shown = state.shown();
  if (known !== shown.map((chat) => chat.id).join()) {
    const tab = (chat) =>
      make("button", { type: "button", "data-chat": chat.id, onclick: () => choose(chat.id) }, parted(chat.title)[0]);
    tabs.replaceChildren(...shown.map(tab));
  }
  for (const button of tabs.children) {
    button.setAttribute("aria-current", String(button.dataset.chat === chosen));
    if (button.dataset.chat === chosen) button.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  marks(state);
}

export function marks(state) {
  for (const button of tabs.children) mark(button, state.unread.get(button.dataset.chat), words.unread);
  for (const radio of document.getElementsByName("look")) {
    const elsewhere = [...state.unread].filter(([id]) => id.startsWith(`${radio.value}/`));
    const count = radio.checked ? 0 : elsewhere.reduce((sum, [, each]) => sum + each, 0);
    mark(radio.parentElement, count, words.unread);
  }
}

function mark(place, count, says) {
  place.querySelector(".unread")?.remove();
  if (!count) return;
  place.append(
    make("b", { class: "unread" }, make("span", { "aria-hidden": "true" }, String(count)), make("span", { class: "hidden" }, says(count))),
  );
}
