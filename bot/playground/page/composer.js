// Where a person writes: text, files, and what is picked while typing.

import { make, parted } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { Picker } from "./picker.js";
import { words } from "./words.js";

const TALLEST = 140; // pixels of the box before it scrolls

export class Composer {
  // `acts`: say(text, who, extra), photo(file, who, text) and file(…) tell whether it could be
  // done; sticker(who), voice(who). `speakers` are those of a group.
  constructor(chat, network, speakers, acts) {
    this.chat = chat;
    this.acts = acts;
    this.extra = null;
    const id = `s-${chat.id.replace("/", "-")}`;
    this.box = make("textarea", {
      rows: "1",
      "aria-label": speakers ? words.writeIn(chat.title) : words.writeAs(chat.title),
      "aria-autocomplete": "list",
      "aria-controls": id,
      placeholder: words.write,
      oninput: () => this._typed(),
      onkeydown: (event) => this._key(event),
    });
    this.picker = new Picker(id, this.box, network, Boolean(speakers), (value, send) => {
      this.write(value);
      if (send) this._submit();
    });
    this.note = make("p", { class: "extra", hidden: true });
    this.speaker = speakers ? this._speaker(speakers) : null;
    this.files = { photo: this._input("photo", "image/*"), file: this._input("file", "") };
    const attach = make("button", {
      type: "button",
      class: "icon",
      "aria-label": words.attach,
      title: words.attach,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => menu(attach, this._attachments()),
    }, icon("attach"));
    this.element = make(
      "form",
      { class: "composer", onsubmit: (event) => this._submit(event) },
      this.picker.list,
      this.note,
      this.speaker,
      make(
        "div",
        { class: "line" },
        attach,
        this.files.photo,
        this.files.file,
        this.box,
        make("button", { type: "submit", class: "icon go", "aria-label": words.send, title: words.send }, icon("send")),
      ),
    );
  }

  who() {
    return this.speaker ? this.speaker.querySelector("select").value : this.chat.who;
  }

  // Put a text into the box, to be sent or changed.
  write(text) {
    this.box.value = text;
    this._fit();
    this.picker.shut();
    this.box.focus();
  }

  // Answer or edit a message: `extra` goes along with what is sent next.
  with(extra, note, text = "") {
    this.extra = extra;
    this.note.replaceChildren(note, make("button", { type: "button", onclick: () => this.plain() }, words.cancel));
    this.note.hidden = false;
    if (text) this.write(text);
    this.box.focus();
  }

  plain() {
    this.extra = null;
    this.note.hidden = true;
  }

  lock(why) {
    this.element.classList.toggle("locked", Boolean(why));
    for (const each of this.element.querySelectorAll("textarea, button, input")) each.disabled = Boolean(why);
    if (why) this.note.replaceChildren(why);
    this.note.hidden = !why && !this.extra;
  }

  speakers(people) {
    const fresh = this._speaker(people, this.who());
    this.speaker.replaceWith(fresh);
    this.speaker = fresh;
  }

  _speaker(people, chosen) {
    const select = make(
      "select",
      {},
      ...people.map((each) => make("option", { value: each.who, selected: each.who === chosen }, parted(each.name)[0])),
    );
    return make("label", { class: "speaker" }, words.speaker, select);
  }

  _attachments() {
    const { acts, files } = this;
    return [
      [words.photo, () => files.photo.click()],
      [words.file, () => files.file.click()],
      [words.sticker, () => acts.sticker(this.who())],
      [words.voice, () => acts.voice(this.who())],
    ];
  }

  _input(kind, accept) {
    const input = make("input", {
      type: "file",
      hidden: true,
      accept,
      onchange: () => {
        const [file] = input.files;
        if (file) this._send((text, who) => this.acts[kind](file, who, text));
        input.value = "";
      },
    });
    return input;
  }

  _submit(event) {
    event?.preventDefault();
    const { extra } = this;
    if (this.box.value.trim()) this._send((text, who) => this.acts.say(text, who, extra));
  }

  // What was written comes back when it could not be sent.
  async _send(act) {
    const text = this.box.value;
    this.box.value = "";
    this.plain();
    this._typed();
    if (!(await act(text.trim(), this.who())) && !this.box.value) {
      this.box.value = text;
      this._fit();
    }
  }

  _key(event) {
    if (this.picker.key(event)) event.preventDefault();
    else if (event.key === "Escape" && this.extra) this.plain();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this._submit(event);
  }

  _typed() {
    this._fit();
    this.picker.offer(this.box.value);
  }

  _fit() {
    this.box.style.height = "auto";
    this.box.style.height = `${Math.min(this.box.scrollHeight + 2, TALLEST)}px`;
  }
}
