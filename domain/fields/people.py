"""Co-authors (đồng tác giả) and everybody's share, which must make 100 %."""

import re
from typing import Any

from domain.errors import Rejected
from domain.fields.base import Choice, Facts, Spec, Words
from domain.texts import Texts
from domain.vietnamese import fold, looks_like_name, same, title_case_name, yes_no

SHARE = re.compile(r"(?:(?<!\d)(\d{1,3})\s*%|(?:[-–—,|\t]\s*|^[^-–—,|\t]*\s)(\d{1,3}))\s*$")
"""With a %; without one only after a dash or a bare name: "tổ 3" is a unit."""
LINES = re.compile(r"[\n;]+|(?<=%)\s*,\s*")
"""Another person begins on a new line, or after a share and a comma."""
ALONE = re.compile(r"\W*(?:\w+ ){0,3}(?:mot|1) minh(?: \w+){0,2}\W*")
SPLIT = re.compile(r"\s+[-–—]\s+|\s*[,|\t]\s*")
ALL = 100
PEOPLE_MOST = 20
"""More authors than that are a list for a workbook, not for chat."""


class People:
    """``{"author": 60, "others": [{"name": …, "unit": …, "share": 40}]}``, shares in per cent."""

    joins = True

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def read(self, said: Words, facts: Facts) -> dict[str, Any]:
        """One person a line: "Họ tên – đơn vị – %"; "không" means the author alone."""
        text = said.text.strip()
        if yes_no(text) is False or ALONE.fullmatch(fold(text)):
            return {"author": ALL, "others": []}
        lines = [line for line in LINES.split(text) if line.strip()]
        if not lines or len(lines) > PEOPLE_MOST:
            raise Rejected("people", most=PEOPLE_MOST)
        rows = [_row(line) for line in lines]
        own = next((row for row in rows if facts.name and same(row["name"], facts.name)), None)
        others = [row for row in rows if row is not own]
        if len({row["name"] for row in others}) < len(others):
            raise Rejected("people_twice")
        if all(row["share"] is None for row in rows):
            raise _propose_equal(others, facts)
        if any(row["share"] is None for row in others):
            raise Rejected("people_share_missing")
        told = sum(row["share"] for row in others)
        author = own["share"] if own and own["share"] is not None else ALL - told
        if author < 0 or author + told != ALL:
            raise Rejected("people_sum", sum=told + max(author, 0))
        return {"author": author, "others": others}

    def show(self, value: Any, texts: Texts) -> str:
        """Names and shares; alone when there is nobody else."""
        if not value["others"]:
            return texts("value.alone")
        others = ", ".join(f"{row['name']} {row['share']}%" for row in value["others"])
        return texts("value.people", author=value["author"], others=others)

    def choices(self, facts: Facts) -> tuple[Choice, ...]:
        """None."""
        return ()


def _row(line: str) -> dict[str, Any]:
    """Name, unit and share of one line; the last two may be missing."""
    said, share = line.strip(), None
    if found := SHARE.search(said):
        share = int(found[1] or found[2])
        line = said[: found.start(found.lastindex or 0)].rstrip(" -–—,(")
    parts = [part.strip() for part in SPLIT.split(line.strip(" -–—.")) if part.strip()]
    name = re.sub(r"^\d+[.)]\s*", "", parts[0]) if parts else ""
    if not looks_like_name(name) or (share is not None and not 0 < share <= ALL):
        raise Rejected("people_line", line=said[:40])
    unit = ", ".join(parts[1:])
    return {"name": title_case_name(name), "unit": unit, "share": share}


def _propose_equal(others: list[dict[str, Any]], facts: Facts) -> Rejected:
    """Equal shares, the author taking what does not divide, to be confirmed."""
    each = ALL // (len(others) + 1)
    lines = [
        " – ".join(part for part in (row["name"], row["unit"], f"{each}%") if part)
        for row in others
    ]
    label = " – ".join(f"{share}%" for share in (ALL - each * len(others), *[each] * len(others)))
    return Rejected("people_equal", options=((label, "\n".join(lines)),), keeps=True, each=each)
