// What the page says, in one place.

export const ROLES = {
  officer: "Cán bộ phụ trách",
  chair: "Chủ tịch CĐCS",
  member: "Đoàn viên",
};

export const words = {
  lost: "Mất kết nối với bản chạy thử. Đang nối lại… Nếu đã tắt thì chạy lại: make demo",
  write: "Nhắn tin",
  writeAs: (name) => `Nhắn tin cho bot, là ${name}`,
  writeIn: (title) => `Nhắn vào nhóm ${title}`,
  send: "Gửi",
  suggested: "Gợi ý",
  attach: "Đính kèm",
  photo: "Gửi ảnh",
  file: "Gửi tệp",
  sticker: "Gửi nhãn dán",
  voice: "Gửi tin thoại",
  speaker: "Ai nhắn",
  blocked: "Người này đã chặn bot.",
  more: "Việc khác",
  menu: {
    block: "Chặn bot",
    unblock: "Bỏ chặn bot",
    open: "Mở đường dẫn…",
    leave: "Rời nhóm",
    join: "Vào lại nhóm",
    upgrade: "Nâng thành siêu nhóm",
  },
  openWhich: "Dán đường dẫn mời vào đây",
  go: "Mở",
  openAs: "Ai mở đường dẫn này?",
  hints: {
    officer: ["Cán bộ xem tiến độ toàn tỉnh. Nhắn thử:", "tiến độ"],
    chair: ["Chủ tịch lấy lời mời và mã QR gửi đoàn viên. Nhắn thử:", "moi"],
    member: ["Đoàn viên mở đường dẫn mời của chủ tịch, hoặc nhắn mã đơn vị:", "ctn27"],
    group: (network) =>
      network.group_commands.length
        ? ["Xem tiến độ của đơn vị ngay trong nhóm:", "/progress"]
        : ["Trong nhóm, nhắc tên bot rồi hỏi:", `@${network.bot} /progress`],
  },
  older: "Xem tin cũ hơn",
  edited: "đã sửa",
  removed: "Tin đã xóa",
  yours: "Sửa tin này",
  answer: "Trả lời tin này",
  inside: "Xem bên trong",
  answering: (text) => `Trả lời: ${text}`,
  editing: "Sửa tin đã gửi",
  cancel: "Thôi",
  close: "Đóng",
  unread: (n) => `${n} tin chưa đọc`,
  stickerShown: "Nhãn dán",
  voiceShown: "Tin thoại",
  picture: "Ảnh",
  scan: "Quét mã QR này",
  moves: { hour: "+1 giờ", day: "+1 ngày", monday: "Thứ hai 8:30", deadline: "Hạn chót" },
  tools: {
    tour: "Hướng dẫn",
    switches: "Sự cố mạng",
    outbox: "Hộp gửi",
    golden: "Chép hội thoại",
    theme: "Sáng / tối",
  },
  switchesOf: (network) => `Sự cố mạng ${network === "zalo" ? "Zalo" : "Telegram"}`,
  switches: {
    slow: "Mạng chậm",
    flood: "Bị giới hạn (429)",
    down: "Mạng hỏng",
  },
  failed: "Không làm được. Thử lại.",
};
