"""``sangkien demo`` at a terminal, as a process of its own."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.architecture.house import ROOT

pty = pytest.importorskip("pty")

PATIENCE = 60.0
"""Seconds until a process is ready that shares the machine with other tests."""

SECRET = "7000000001:a-real-token"
CONFIG = f"""
[telegram]
token = "{SECRET}"
[database]
url = "postgresql://nobody@127.0.0.1:1/real"
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_opens_a_page_and_ends_at_ctrl_c_touching_nothing_real(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(CONFIG + "what = is this")
    real = dict.fromkeys(("SANGKIEN_TELEGRAM_TOKEN", "SANGKIEN_ZALO_TOKEN"), SECRET)
    master, terminal = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--no-open",
        cwd=tmp_path,
        env=os.environ | real | {"PYTHONPATH": str(ROOT)},
        stdin=terminal,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
        assert "chỉ máy này vào được" in line
        url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        async with aiohttp.ClientSession() as session, session.get(url) as page:
            assert page.status == 200
            assert page.content_type == "text/html"
        process.send_signal(signal.SIGINT)
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        os.close(master)
        os.close(terminal)
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert (process.returncode, err.decode()) == (0, "")
    assert out.decode().strip() == "Đã dừng bản chạy thử."
    assert names(tmp_path) == ["config.toml"]
