// What opens beside the chats: the inside of a turn, the outbox, network trouble, the tour.

import { get, post, text } from "./api.js";
import { make } from "./dom.js";
import { inside, outbox } from "./curtain.js";
import { icon } from "./icons.js";
import { tour } from "./tour.js";
import { words } from "./words.js";

const panel = document.getElementById("panel");

export function panels(state, acts) {
  let back = null;
  let again = null; // opens what is of one look anew, when the other is chosen

  function open(title, ...body) {
    back ||= document.activeElement;
    const close = make("button", { type: "button", class: "icon", "aria-label": words.close, onclick: shut }, icon("close"));
    panel.replaceChildren(make("header", {}, make("h2", { id: "panel-title", tabindex: "-1" }, title), close), ...body);
    panel.setAttribute("aria-labelledby", "panel-title");
    again = null;
    panel.hidden = false;
    document.getElementById("panel-title").focus();
  }

  function shut() {
    panel.hidden = true;
    panel.replaceChildren();
    again = null;
    for (const column of document.querySelectorAll(".column.here")) column.classList.remove("here");
    back?.focus();
    back = null;
  }

  state.on((kind) => kind === "look" && again?.());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });

  async function shown(title, load) {
    try {
      open(title, ...(await load()));
    } catch (fault) {
      acts.failed(fault);
    }
  }

  async function ofLook(show) {
    await show();
    again = () => ofLook(show);
  }

  // Who opens a link: asks when it could be several people.
  function choose(people, url, first) {
    if (people.length === 1) return Promise.resolve(people[0].who);
    return new Promise((chosen) => {
      const ordered = [...people].sort((a, b) => (b.who === first) - (a.who === first));
      const buttons = ordered.map((each) =>
        make("button", {
          type: "button",
          class: "wide",
          onclick: () => {
            shut();
            chosen(each.who);
          },
        }, each.name),
      );
      open(words.openAs, make("p", { class: "address" }, url), ...buttons);
    });
  }

  // One line of text, for `act(text)`.
  function ask(title, label, act) {
    const box = make("input", { type: "text", class: "wide", autocomplete: "off", spellcheck: "false" });
    const submit = (event) => {
      event.preventDefault();
      const text = box.value.trim();
      if (!text) return;
      shut();
      act(text);
    };
    const go = make("button", { type: "submit", class: "wide main" }, words.go);
    open(title, make("form", { onsubmit: submit }, make("label", {}, label, box), go));
    box.focus();
  }

  async function golden() {
    const told = await text(`golden?network=${state.look}`);
    const area = make("textarea", { class: "code", readOnly: true, rows: "24", "aria-label": words.tools.golden }, told);
    const copy = make("button", {
      type: "button",
      class: "wide",
      onclick: async () => {
        area.select();
        await navigator.clipboard.writeText(told).catch(() => document.execCommand("copy"));
        copy.textContent = "Đã chép";
      },
    }, "Chép");
    const fresh = make("button", {
      type: "button",
      class: "wide",
      onclick: async () => {
        try {
          await post("golden/begin", {});
          area.value = await text(`golden?network=${state.look}`);
        } catch (fault) {
          acts.failed(fault);
        }
      },
    }, "Chỉ lấy từ bây giờ");
    return [make("p", {}, "Những gì vừa diễn ra ở đây, viết thành một kịch bản kiểm thử (TOML)."), copy, fresh, area];
  }

  function switches() {
    const now = state.switches[state.look] || {};
    const boxes = Object.entries(words.switches).map(([name, label]) =>
      make(
        "label",
        { class: "switch" },
        make("input", {
          type: "checkbox",
          checked: Boolean(now[name]),
          onchange: async (event) => {
            try {
              await post("switch", { network: state.look, [name]: event.target.checked });
            } catch (fault) {
              acts.failed(fault);
            }
          },
        }),
        ` ${label}`,
      ),
    );
    return [make("p", {}, "Bot phải chịu được, và không mất, không nói hai lần."), ...boxes];
  }

  function theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  }

  document.documentElement.dataset.theme = localStorage.getItem("theme") || "";

  return {
    ask,
    choose,
    turn: (message) => shown(words.inside, async () => inside(await get(`turn/${message.turn}`))),
    tools(place) {
      const items = {
        tour: () => tour(state, acts, open, shut),
        switches: () => ofLook(() => open(words.switchesOf(state.network().name), ...switches())),
        outbox: () => shown(words.tools.outbox, async () => outbox(await get("outbox"), await get("ledger"))),
        golden: () => ofLook(() => shown(words.tools.golden, golden)),
        theme,
      };
      place.replaceChildren(
        ...Object.entries(items).map(([name, act]) =>
          name === "theme"
            ? make("button", { type: "button", class: "icon", "data-tool": name, "aria-label": words.tools.theme, title: words.tools.theme, onclick: act }, icon("theme"))
            : make("button", { type: "button", "data-tool": name, onclick: act }, words.tools[name]),
        ),
      );
    },
  };
}
