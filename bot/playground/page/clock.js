// The clock, which goes on by itself, and the buttons that move it.

import { post } from "./api.js";
import { make, moment } from "./dom.js";
import { words } from "./words.js";

const SECOND = 1000;

export function clock(state, acts) {
  const now = document.getElementById("now");
  let told = performance.now();
  const buttons = Object.entries(words.moves).map(([to, label]) =>
    make("button", { type: "button", "data-to": to, onclick: () => move(to) }, label),
  );

  function show() {
    const passed = state.moving ? 0 : performance.now() - told;
    const shown = moment(state.now, passed);
    if (now.textContent !== shown) now.textContent = shown;
    document.body.classList.toggle("moving", state.moving);
    for (const button of buttons) button.disabled = state.moving;
  }

  async function move(to) {
    try {
      await post("clock", { to });
    } catch (fault) {
      acts.failed(fault);
    }
  }

  state.on((kind) => {
    if (kind !== "clock") return;
    told = performance.now();
    show();
  });
  document.getElementById("moves").replaceChildren(...buttons);
  setInterval(show, SECOND);
  show();
}
