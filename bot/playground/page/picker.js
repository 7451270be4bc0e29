// What is offered while one types: "/" lists the commands, "@" names the bot where it must be named.

import { make } from "./dom.js";
import { words } from "./words.js";

export class Picker {
  // `pick(value, send)` puts it into the box; a command that is entered is sent at once.
  constructor(id, box, network, group, pick) {
    this.box = box;
    this.pick = pick;
    this.commands = group ? network.group_commands || [] : network.commands;
    this.mention = group && !this.commands.length ? `@${network.bot}` : "";
    this.items = [];
    this.list = make("ul", { class: "suggestions", role: "listbox", id, "aria-label": words.suggested, hidden: true });
  }

  offer(text) {
    this.items = text.startsWith("/") ? this._commands(text) : this._mentions(text);
    this.list.replaceChildren(
      ...this.items.map(([value, label, about, send], place) =>
        make(
          "li",
          {
            role: "option",
            id: `${this.list.id}-${place}`,
            "aria-selected": String(place === 0),
            onclick: () => this.pick(value, send),
          },
          make("b", {}, label),
          about ? make("span", {}, about) : null,
        ),
      ),
    );
    this.list.hidden = !this.items.length;
    this._point(this._marked());
  }

  shut() {
    this.list.hidden = true;
    this._point(null);
  }

  // Whether the key was meant for the list.
  key(event) {
    if (this.list.hidden || event.isComposing) return false;
    if (event.key === "ArrowDown") this._move(1);
    else if (event.key === "ArrowUp") this._move(-1);
    else if (event.key === "Escape") this.shut();
    else if (event.key === "Enter") this._marked().click();
    else if (event.key === "Tab" && !event.shiftKey) this._fill();
    else return false;
    return true;
  }

  // Into the box, so that more can be written behind it.
  _fill() {
    const [value, , , send] = this.items[[...this.list.children].indexOf(this._marked())];
    this.pick(send ? `${value} ` : value, false);
  }

  _commands(text) {
    const begun = text.toLowerCase();
    return this.commands
      .map(({ name, about }) => [`/${name}`, `/${name}`, about, true])
      .filter(([value]) => value.startsWith(begun));
  }

  _mentions(text) {
    const begun = this.mention && text.match(/(^|\s)(@[^@\n]*)$/);
    if (!begun || begun[2].length >= this.mention.length) return [];
    if (!this.mention.toLowerCase().startsWith(begun[2].toLowerCase())) return [];
    const before = text.slice(0, text.length - begun[2].length);
    return [[`${before}${this.mention} `, this.mention, "", false]];
  }

  _marked() {
    return this.list.querySelector("[aria-selected=true]");
  }

  _move(step) {
    const items = [...this.list.children];
    const marked = this._marked();
    const to = items[(items.indexOf(marked) + step + items.length) % items.length];
    marked.setAttribute("aria-selected", "false");
    to.setAttribute("aria-selected", "true");
    to.scrollIntoView({ block: "nearest" });
    this._point(to);
  }

  _point(option) {
    if (option) this.box.setAttribute("aria-activedescendant", option.id);
    else this.box.removeAttribute("aria-activedescendant");
  }
}
