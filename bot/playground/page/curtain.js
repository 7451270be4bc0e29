// Behind the curtain: one turn from the update to what the network said, the outbox, the ledger.

import { make, moment } from "./dom.js";

const STATES = {
  due: "chờ gửi",
  sending: "đang gửi",
  sent: "đã gửi",
  unsure: "chưa rõ tới chưa",
  failed: "không gửi được",
  dropped: "thôi gửi",
};
const LANES = { reply: "trả lời", push: "tự nhắn" };
const RESEND = { again: "hỏng thì gửi lại", never: "không gửi lần hai" };

const section = (title, ...body) => make("section", { class: "part" }, make("h3", {}, title), ...body);
const folded = (title, ...body) => make("details", {}, make("summary", {}, title), ...body);
const code = (value) => make("pre", { tabindex: "0" }, value);
const json = (value) => JSON.stringify(value, null, 2);

function pretty(raw) {
  try {
    return json(JSON.parse(raw));
  } catch {
    return raw;
  }
}

// Rows of a name and what it is; those that are empty are left out.
function facts(rows) {
  const told = rows.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return make("dl", { class: "facts" }, ...told.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function table(heads, rows) {
  return make(
    "div",
    { class: "scrolled", tabindex: "0" },
    make(
      "table",
      {},
      make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, String(cell ?? "")))))),
    ),
  );
}

function parcel(each) {
  const badge = make("b", { class: `badge ${each.state}` }, STATES[each.state] || each.state);
  return make(
    "article",
    { class: "parcel" },
    make("header", {}, make("span", {}, each.to), badge),
    make("p", {}, each.text || (each.document ? "(ảnh hoặc tệp)" : "(viết lúc gửi)")),
    each.buttons.length ? make("p", { class: "labels" }, ...each.buttons.map((label) => make("span", {}, label))) : null,
    folded(
      "Chi tiết",
      facts([
        ["Khóa", each.key],
        ["Kèm theo", each.document],
        ["Hàng", LANES[each.lane] || each.lane],
        ["Nếu mạng hỏng", RESEND[each.resend] || each.resend],
        ["Không gửi trước", moment(each.not_before)],
        ["Số lần thử", String(each.attempts)],
        ["Lỗi", each.fault],
        ["Tin trên mạng", each.message],
      ]),
    ),
  );
}

// What a draft is at, besides its answers.
const STANDING = { place: "câu đang hỏi", skipped: "bỏ qua", unread: "chưa hiểu", saved: "để sau", editing: "đang sửa", whole: "cả mẫu", initiative: "của sáng kiến", parked: "cất riêng" };

// What changed in a draft, one line a field; answers each by itself.
function changes(before, after) {
  const was = flat(before);
  const is = flat(after);
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const rows = names.map((name) => [name, was[name] ?? "", is[name] ?? ""]).filter(([, old, now]) => old !== now);
  const whole = before || after ? folded("Cả bản nháp", code(`${json(before)}\n→\n${json(after)}`)) : null;
  if (!whole) return [make("p", {}, "Không có bản nháp.")];
  return [rows.length ? table(["Mục", "Trước", "Sau"], rows) : make("p", {}, "Không đổi."), whole];
}

function flat(draft) {
  const standing = Object.entries(STANDING).map(([key, name]) => [name, draft?.[key]]);
  const said = [...standing, ...Object.entries(draft?.answers || {})].filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}

const notices = (lines) =>
  table(
    ["Đến hạn", "Loại", "Ai", "Trạng thái", "Lý do"],
    lines.map((each) => [moment(each.due), each.kind_said, each.who, each.state_said, each.reason_said]),
  );

const WHY = {
  unheard: "Bot không nghe thấy tin này. Trong nhóm, bot chỉ nghe tin nhắc tên nó, lệnh của nó, và tin trả lời nó.",
  unasked: "Không ai hỏi: bot tự nhắn tin này.",
  broken: (fault) => `Lượt này hỏng (${fault}); mọi thứ của nó đã trả lại như cũ, và bot xin lỗi.`,
};

function begun(turn) {
  if (turn.fault) return make("p", { class: "why" }, WHY.broken(turn.fault));
  if (turn.update === null) return make("p", { class: "why" }, turn.parcels.length ? WHY.unasked : WHY.unheard);
  return null;
}

function parts(turn) {
  const took = turn.took_ms;
  const ms = (value) => (value ? `${value} ms` : "");
  const heard = turn.update !== null;
  return [
    begun(turn),
    heard
      ? section(
          "Lượt",
          facts([
            ["Hàm trả lời", make("code", {}, turn.handler)],
            ["Khóa", make("code", {}, turn.key)],
            ["Xử lý, kể cả lúc soi", ms(took.turn)],
            ["Từ lúc gửi tới lúc thấy trả lời", ms(took.typed_to_bubble)],
          ]),
        )
      : null,
    turn.notices.length ? section("Vì việc gì", notices(turn.notices)) : null,
    turn.parcels.length ? section("Bot gửi đi", ...turn.parcels.map(parcel)) : heard ? section("Bot gửi đi", make("p", {}, "Không nói gì.")) : null,
    heard ? section("Bản nháp", ...changes(turn.draft_before, turn.draft_after)) : null,
    heard ? folded("Bot hiểu là", code(json(turn.said))) : null,
    heard ? folded("Tin của mạng", code(pretty(turn.update))) : null,
  ].filter(Boolean);
}

export function inside(turn) {
  const earlier = turn.earlier.map((each, place) => folded(`Trước khi tin này đổi, lượt ${turn.earlier.length - place}`, ...parts(each)));
  return [...parts(turn), ...earlier];
}

export function outbox(waiting, ledger) {
  return [
    section("Đang chờ gửi", ...(waiting.length ? waiting.map(parcel) : [make("p", {}, "Không có tin nào chờ.")])),
    section("Nhật ký nhắc việc", ledger.length ? notices(ledger) : make("p", {}, "Chưa nhắc việc gì. Anh/chị tua đồng hồ thử.")),
  ];
}
