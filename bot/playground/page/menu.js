// A small menu at a button; closes on choice, Escape, or a click elsewhere.

import { make } from "./dom.js";

const AWAY = 8; // pixels that it keeps from the edge of the window

let close = () => {};

// `items` are [label, act, disabled]; the menu stands above everything that scrolls or cuts off.
export function menu(button, items) {
  const again = button.getAttribute("aria-expanded") === "true";
  close();
  if (again) return;
  const list = make("div", { class: "menu", role: "menu", popover: "manual" });
  const away = (event) => {
    if (!list.contains(event.target) && !button.contains(event.target)) close();
  };
  const along = () => put(list, button.getBoundingClientRect());
  close = () => {
    close = () => {};
    list.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", away, true);
    document.removeEventListener("scroll", along, true);
  };
  for (const [label, act, disabled] of items) {
    const entry = () => {
      close();
      button.focus();
      act();
    };
    list.append(make("button", { type: "button", role: "menuitem", disabled, onclick: entry }, label));
  }
  list.addEventListener("keydown", (event) => move(event, list, button));
  button.setAttribute("aria-expanded", "true");
  button.after(list);
  list.showPopover();
  along();
  document.addEventListener("pointerdown", away, true);
  document.addEventListener("scroll", along, true);
  list.querySelector(":enabled")?.focus({ preventScroll: true });
}

function put(list, beside) {
  const { offsetWidth: width, offsetHeight: height } = list;
  const below = beside.bottom + height + AWAY < window.innerHeight;
  const left = Math.min(beside.left, window.innerWidth - width - AWAY);
  list.style.left = `${Math.max(AWAY, left)}px`;
  list.style.top = `${Math.max(AWAY, below ? beside.bottom + 2 : beside.top - height - 2)}px`;
}

function move(event, list, button) {
  const entries = [...list.querySelectorAll(":enabled")];
  const place = entries.indexOf(document.activeElement);
  const steps = { ArrowDown: place + 1, ArrowUp: place - 1 + entries.length, Home: 0, End: entries.length - 1 };
  if (event.key === "Escape") {
    event.stopPropagation();
    close();
    button.focus();
  } else if (event.key === "Tab") close();
  else if (event.key in steps) {
    event.preventDefault();
    entries[steps[event.key] % entries.length].focus();
  }
}
