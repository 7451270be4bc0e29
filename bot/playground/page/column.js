// One chat: its head, its messages, and where one writes.

import { get } from "./api.js";
import { Composer } from "./composer.js";
import { initial, make, parted } from "./dom.js";
import { icon } from "./icons.js";
import { menu } from "./menu.js";
import { bubble, fill } from "./message.js";
import { ROLES, words } from "./words.js";

const NEAR = 80; // pixels from the end that still count as being there
const BLOCK = 50; // messages that are drawn, or left out of sight, together

// Whether a name says the role already.
const alike = (role, name) => role.split(" ")[0] === name.split(" ")[0];

export class Column {
  // `acts`: do(chat, who, verb, more) tells whether it could be done, inside(message),
  // opener(people, url, first), ask(title, label, act), failed(fault).
  constructor(chat, state, acts) {
    this.chat = chat;
    this.state = state;
    this.acts = acts;
    this.group = chat.kind === "group";
    this.items = new Map();
    this.follows = true;
    this.list = make("div", { class: "messages" });
    this.log = make("div", { class: "log", role: "log", tabindex: "0", "aria-label": chat.title, onscroll: () => this._scrolled() }, this.list);
    this.head = this._head();
    this.composer = new Composer(chat, state.network(), this.group ? this._people() : null, {
      say: (text, who, extra) => acts.do(chat, who, "say", { text, ...extra }),
      photo: (file, who, text) => this._send("photo", file, who, text),
      file: (file, who, text) => this._send("file", file, who, text),
      sticker: (who) => acts.do(chat, who, "sticker"),
      voice: (who) => acts.do(chat, who, "voice"),
    });
    this.element = make(
      "section",
      { class: `column ${chat.kind}`, id: `c-${chat.id.replace("/", "-")}`, "aria-label": chat.title },
      this.head,
      this.log,
      this.composer.element,
    );
    this._older();
    this.list.append(...this._blocks(chat.messages));
    this._hint();
    this.changed();
    // Pictures come late and rows above may grow: whoever reads the end goes on reading it.
    const sized = new ResizeObserver(() => this.follows && this._toEnd());
    for (const each of [this.list, this.log]) sized.observe(each);
  }

  // Call once the column is in the page.
  shown() {
    this._toEnd();
    if (this._visible()) this.state.seen(this.chat);
  }

  // Somebody came back to the window.
  looked() {
    this._scrolled();
  }

  add(message) {
    this.hint?.remove();
    this.follows ||= message.from.who === this._mine();
    const last = this.list.lastElementChild;
    if (last?.matches(".block") && last.children.length < BLOCK) last.append(this._item(message));
    else this.list.append(...this._blocks([message]));
    if (this.follows) this._toEnd();
    if (!this.follows || !this._visible()) this.state.missed(this.chat);
  }

  update(message) {
    const item = this.items.get(message.id);
    if (item) fill(item, this._quoted(message), this._mine(), this._acts());
  }

  changed() {
    const { chat } = this;
    const fresh = this._head();
    this.head.replaceWith(fresh);
    this.head = fresh;
    this.composer.lock(chat.blocked ? words.blocked : "");
    if (this.group) this.composer.speakers(this._people());
  }

  _mine() {
    return this.group ? this.composer.who() : this.chat.who;
  }

  _people() {
    return (this.chat.members || [])
      .filter((who) => !(this.chat.left || []).includes(who))
      .map((who) => this.state.person(who))
      .filter(Boolean);
  }

  _item(message) {
    const item = bubble(this._quoted(message), this._mine(), this._acts());
    this.items.set(message.id, item);
    return item;
  }

  _blocks(messages) {
    const blocks = [];
    for (let first = 0; first < messages.length; first += BLOCK) {
      const some = messages.slice(first, first + BLOCK);
      blocks.push(make("ol", { class: "block" }, ...some.map((message) => this._item(message))));
    }
    return blocks;
  }

  _quoted(message) {
    const answered = message.reply_to && this.chat.index.get(message.reply_to);
    return answered ? { ...message, quoted: answered.text.split("\n")[0].slice(0, 80) } : message;
  }

  _acts() {
    const { chat, acts, group } = this;
    return {
      press: (message, place) => acts.do(chat, this._mine(), "press", { message: message.id, place }),
      open: (url) => this._open(url),
      inside: (message) => acts.inside(message),
      scan: this.state.network().can.buttons ? (message) => this._scan(message) : null,
      answer: (message) =>
        this.composer.with({ verb: "say", reply_to: message.id }, words.answering(message.text.split("\n")[0].slice(0, 40))),
      edit: this.state.network().can.edits && !group
        ? (message) => this.composer.with({ verb: "edit", message: message.id }, words.editing, message.text)
        : null,
    };
  }

  // A phone held to a picture: what its QR code opens.
  async _scan(message) {
    try {
      await this._open((await get(`qr/${message.id}`)).link);
    } catch (fault) {
      this.acts.failed(fault);
    }
  }

  async _open(url) {
    const home = /^https?:\/\/(t\.me|telegram\.me|zalo\.me|bot\.zaloplatforms\.com)\//i;
    if (!home.test(url)) {
      window.open(url, "_blank", "noreferrer");
      return;
    }
    const who = await this.acts.opener(this.group ? this._people() : this.state.cast, url, this.chat.who);
    if (who) await this.acts.do(this.chat, who, "link", { url });
  }

  _send(verb, file, who, text) {
    const body = new FormData();
    body.append("file", file, file.name);
    if (text) body.append("text", text);
    return this.acts.do(this.chat, who, verb, body);
  }

  _head() {
    const { chat } = this;
    const [name, aside] = parted(chat.title);
    const role = ROLES[this.state.person(chat.who)?.role] || ROLES.member;
    const about = this.group
      ? this._people().map((each) => parted(each.name)[0])
      : [alike(role, name) ? "" : role, aside].filter(Boolean);
    const more = make("button", {
      type: "button",
      class: "dots",
      "aria-label": words.more,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => menu(more, this.group ? this._groupMenu() : this._privateMenu()),
    }, icon("dots"));
    return make(
      "header",
      { title: chat.title },
      make("span", { class: "avatar", "data-who": chat.who || "group", "aria-hidden": "true" }, this.group ? icon("group") : initial(chat.title)),
      make("div", { class: "named" }, make("h2", {}, name), make("p", {}, about.join(this.group ? ", " : " · "))),
      more,
    );
  }

  _privateMenu() {
    const { chat } = this;
    const act = (verb) => () => this.acts.do(chat, chat.who, verb);
    return [
      [words.menu.open, () => this._paste()],
      chat.blocked ? [words.menu.unblock, act("unblock")] : [words.menu.block, act("block")],
    ];
  }

  _groupMenu() {
    const { chat } = this;
    const left = chat.left || [];
    const items = (chat.members || []).map((who) => [
      `${left.includes(who) ? words.menu.join : words.menu.leave}: ${parted(this.state.person(who)?.name || who)[0]}`,
      () => this.acts.do(chat, who, left.includes(who) ? "join" : "leave"),
    ]);
    if (chat.network === "telegram") items.push([words.menu.upgrade, () => this.acts.do(chat, this._mine(), "upgrade")]);
    return items;
  }

  _paste() {
    const { chat, acts } = this;
    acts.ask(words.menu.open, words.openWhich, (url) => acts.do(chat, chat.who, "link", { url }));
  }

  // What one could write first, in a chat where nothing was said.
  _hint() {
    if (this.chat.messages.length) return;
    const role = this.state.person(this.chat.who)?.role;
    const [about, text] = this.group ? words.hints.group(this.state.network()) : words.hints[role];
    this.hint = make(
      "div",
      { class: "hint" },
      make("p", {}, about),
      make("button", { type: "button", onclick: () => this.composer.write(text) }, text),
    );
    this.log.append(this.hint);
  }

  _older() {
    if (this.chat.complete) return;
    const button = make("button", {
      type: "button",
      onclick: async () => {
        button.disabled = true;
        this.follows = false;
        const height = this.log.scrollHeight;
        const top = this.log.scrollTop;
        const count = await this.state.older(this.chat).catch(this.acts.failed);
        button.disabled = false;
        if (this.chat.complete) line.remove();
        if (!count) return;
        line.after(...this._blocks(this.chat.messages.slice(0, count)));
        this.log.scrollTop = top + this.log.scrollHeight - height;
      },
    }, words.older);
    const line = make("div", { class: "older" }, button);
    this.list.append(line);
  }

  _atEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
  }

  _toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  _visible() {
    return document.visibilityState === "visible" && this.element.offsetParent !== null;
  }

  _scrolled() {
    if (!this._visible()) return;
    this.follows = this._atEnd();
    if (this.follows) this.state.seen(this.chat);
  }
}
