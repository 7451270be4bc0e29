// The guided tour: one step at a time, done by the page or by hand; it moves on by itself.

import { post } from "./api.js";
import { make } from "./dom.js";

const words = {
  title: "Hướng dẫn",
  of: (at, all) => `Bước ${at} trên ${all}`,
  done: "Xong cả rồi",
  hand: "Tự làm:",
  help: "Làm giúp tôi",
  doing: "Đang làm…",
  back: "Bước trước",
  skip: "Bỏ qua",
  again: "Xem lại từ đầu",
  gone: "Đã đi",
};

const READ = 5000; // milliseconds

// How the tour is drawn where it was opened last, and which chat it brought into sight.
const shown = { draw: null, at: "" };

export function tour(state, acts, open) {
  const place = make("div", { class: "tour" });
  let wanted = true;

  function draw() {
    const told = state.tour[state.look];
    const step = told.steps[told.at];
    point(step);
    place.replaceChildren(...(step ? here(told, step) : ended(told)));
  }

  function here(told, step) {
    const all = told.steps.length;
    return [
      make("p", { class: "count" }, words.of(told.at + 1, all)),
      make("progress", { max: String(all), value: String(told.at), "aria-label": words.gone }),
      make("h3", { class: "step" }, step.title),
      make("p", { class: "say" }, step.text),
      make("p", { class: "hand" }, make("b", {}, words.hand), ` ${step.hand}`),
      told.fault ? make("p", { class: "fault", role: "status" }, told.fault) : null,
      make("button", { type: "button", class: "wide main", "data-do": String(told.at), disabled: told.doing, onclick: () => go(told.at, true) }, told.doing ? words.doing : words.help),
      make(
        "div",
        { class: "around" },
        told.at ? button(words.back, told.doing, () => go(told.at - 1)) : null,
        button(words.skip, told.doing, () => go(told.at + 1)),
      ),
    ].filter(Boolean);
  }

  function ended(told) {
    const all = String(told.steps.length);
    return [
      make("progress", { max: all, value: all, "aria-label": words.gone }),
      make("h3", { class: "step" }, words.done),
      make("p", { class: "say" }, told.end),
      make("div", { class: "around" }, button(words.again, false, () => go(0))),
    ];
  }

  const button = (label, disabled, onclick) => make("button", { type: "button", disabled, onclick }, label);

  // The column that the step is about is marked, and brought into sight: at once when somebody
  // goes there, and a while later when the tour went by itself, so that what came can be read.
  function point(step) {
    for (const column of document.querySelectorAll(".column.here")) column.classList.remove("here");
    clearTimeout(point.later);
    if (!step || !place.isConnected) return;
    const chat = `${state.look}/${step.column}`;
    document.getElementById(`c-${chat.replace("/", "-")}`)?.classList.add("here");
    if (!wanted) point.later = setTimeout(show, READ, chat);
    else show(chat);
    wanted = false;
  }

  function show(chat) {
    if (!place.isConnected || shown.at === chat) return;
    shown.at = chat;
    document.querySelector(`#tabs [data-chat="${chat}"]`)?.click();
    document.getElementById(`c-${chat.replace("/", "-")}`)?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  async function go(step, run = false) {
    wanted = true;
    shown.at = "";
    try {
      // What comes of it is heard, in its order, with everything else.
      await post("tour", { network: state.look, step, do: run });
    } catch (fault) {
      acts.failed(fault);
    }
  }

  if (!shown.draw) state.on((kind) => kind === "tour" || kind === "look" ? shown.draw() : null);
  shown.draw = draw;
  shown.at = "";
  open(words.title, place);
  draw();
}
