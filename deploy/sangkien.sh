#!/bin/sh
# Chạy lệnh sangkien bằng đúng người dùng và đúng cấu hình của bot. Chép vào /usr/local/sbin/sangkien
# (quyền 755), gọi bằng root: sangkien check, sangkien grant officer --unit LDLD, ...
# Tệp đưa cho lệnh phải ghi đường dẫn đầy đủ và người dùng sangkien phải đọc được.
cd /etc/sangkien || exit 1
exec runuser -u sangkien -- /opt/sangkien/venv/bin/sangkien "$@"
