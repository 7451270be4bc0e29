// What the page knows: the chats and their messages, kept in step with the server.

import { get, listen } from "./api.js";

const LAST = 200;

export class State {
  constructor() {
    this.chats = new Map();
    this.networks = new Map();
    this.cast = [];
    this.switches = {};
    this.now = "";
    this.moving = false;
    this.tour = null;
    this.unread = new Map();
    this.look = localStorage.getItem("look") || "telegram";
    this._open = new Map();
    this._heard = new Set();
  }

  // `heard(kind, data)` is called after each change.
  on(heard) {
    this._heard.add(heard);
  }

  async load() {
    const told = await get(`state?last=${LAST}`);
    this.now = told.now;
    this.moving = told.moving;
    this.switches = told.switches;
    this.tour = told.tour;
    this.cast = told.cast;
    for (const network of told.networks) {
      this.networks.set(network.name, network);
      for (const chat of network.chats) this._keep(chat);
    }
    listen(
      told.number,
      (kind, data) => this._take(kind, data),
      (yes) => this._tell("connected", { yes }),
    );
  }

  shown() {
    return [...this.chats.values()].filter((chat) => chat.network === this.look);
  }

  network() {
    return this.networks.get(this.look);
  }

  person(who) {
    return this.cast.find((each) => each.who === who);
  }

  choose(look) {
    this.look = look;
    localStorage.setItem("look", look);
    this._tell("look", look);
  }

  // Which chat of this look is in front.
  chosen() {
    return this._open.get(this.look) || this.shown()[0].id;
  }

  open(id) {
    this._open.set(this.look, id);
  }

  // Older messages of a chat, put before the others; how many there were.
  async older(chat) {
    const first = chat.messages[0];
    const told = await get(`chat/${chat.id}?before=${first ? first.number : 0}&last=${LAST}`);
    chat.messages.unshift(...told.messages);
    for (const message of told.messages) chat.index.set(message.id, message);
    chat.complete = told.messages.length < LAST;
    return told.messages.length;
  }

  seen(chat) {
    if (this.unread.delete(chat.id)) this._tell("unread", chat);
  }

  missed(chat) {
    this.unread.set(chat.id, (this.unread.get(chat.id) || 0) + 1);
    this._tell("unread", chat);
  }

  _keep(chat) {
    chat.index = new Map(chat.messages.map((message) => [message.id, message]));
    chat.complete = chat.messages.length < LAST;
    this.chats.set(chat.id, chat);
  }

  _take(kind, data) {
    if (kind === "message" || kind === "edited" || kind === "deleted") {
      const chat = this.chats.get(data.chat);
      if (!chat) return;
      const known = chat.index.get(data.id);
      if (known) Object.assign(known, data);
      else {
        chat.messages.push(data);
        chat.index.set(data.id, data);
      }
      this._tell(known ? "edited" : "message", known || data);
      return;
    }
    if (kind === "chat") {
      const known = this.chats.get(data.id);
      if (known) {
        // A chat that changed keeps the messages that are here.
        const { messages, ...rest } = data;
        Object.assign(known, rest);
      } else this._keep({ messages: [], ...data });
    } else if (kind === "clock") {
      this.now = data.now;
      this.moving = Boolean(data.moving);
    } else if (kind === "switches") this.switches = data;
    else if (kind === "tour") this.tour = data;
    this._tell(kind, data);
  }

  _tell(kind, data) {
    for (const heard of this._heard) heard(kind, data);
  }
}
