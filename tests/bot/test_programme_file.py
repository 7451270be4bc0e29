"""A programme file is taken whole or not at all, and twice is once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.content import load_content
from bot.packaged import operator_texts
from bot.programme_file import read_programme
from bot.programme_import import Imported, import_programme
from bot.programme_rows import Plan
from bot.toml_file import read_toml
from domain.campaign import Campaign
from domain.errors import FaultyContent
from domain.initiative import Initiative, Status
from domain.programme import QuotaKind
from storage import entering
from storage.engine import Database
from tests.architecture.house import ROOT

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WORDS = operator_texts()
FORMS = load_content().forms
PROGRAMME = """[programme]
key = "thu"
name = "Thử"
prefix = "LS"
opens = 2026-01-08
closes = 2026-12-31
applied_from = 2025-09-01
applied_to = 2026-12-31
"""
UNITS = """[[unit]]
code = "TINH"
name = "LĐLĐ tỉnh"
kind = "LĐLĐ tỉnh"

[[unit]]
code = "CTN27"
name = "CĐCS Cấp thoát nước"
kind = "CĐCS"
parent = "tinh"
form = "ky_thuat"
presets = { doi_tuong = "cnld" }
"""
QUOTA = """[[quota]]
unit = "ctn27"
kind = "assigned"
target = 12
"""


def plan(text: str) -> Plan:
    return read_programme(read_toml("ct.toml", text.encode()), FORMS, WORDS)


def places(text: str) -> list[str]:
    with pytest.raises(FaultyContent) as caught:
        plan(text)
    return [": ".join(fault.split(": ")[:2]) for fault in caught.value.faults]


def take_in(database: Database, text: str) -> Imported:
    wanted = plan(text)
    with database.session() as session:
        session.begin()
        try:
            done = import_programme(session.store, wanted, WORDS, NOW)
        except FaultyContent:
            session.rollback()
            raise
        session.commit()
        return done


def test_takes_in_its_own_example_and_changes_nothing_the_second_time(sqlite: Database) -> None:
    example = (ROOT / "docs" / "chuong-trinh.example.toml").read_text("utf-8")
    first = take_in(sqlite, example)
    assert (first.units_added, first.quotas) == (2, 2)
    assert not take_in(sqlite, example).changed


def test_keeps_units_below_their_parents_whatever_the_order(sqlite: Database) -> None:
    backwards = "[[unit]]".join(["", *reversed(UNITS.split("[[unit]]")[1:])])
    take_in(sqlite, PROGRAMME + backwards + "\n" + QUOTA)
    with sqlite.reader() as session:
        session.begin()
        unit = session.store.units.by_code("CTN27")
        programme = session.store.programmes.by_key("thu")
        assert unit is not None
        assert programme is not None
        assert len(session.store.units.path(unit.id)) == 2
        assert unit.presets == {"doi_tuong": "cnld"}
        target = session.store.quotas.target(
            programme.id, unit.id, QuotaKind.ASSIGNED, None, date(2026, 2, 1)
        )
        assert target == 12


def test_changes_what_changed_and_adds_a_quota_only_then(sqlite: Database) -> None:
    take_in(sqlite, PROGRAMME + UNITS + QUOTA)
    renamed = UNITS.replace("Cấp thoát nước", "Cấp thoát nước Lạng Sơn")
    done = take_in(sqlite, PROGRAMME + renamed + QUOTA.replace("12", "15"))
    assert (done.units_added, done.units_changed, done.quotas) == (0, 1, 1)
    assert not take_in(sqlite, PROGRAMME + renamed + QUOTA.replace("12", "15")).changed


def test_leaves_what_it_does_not_say_as_it_is(sqlite: Database) -> None:
    take_in(sqlite, PROGRAMME + UNITS)
    silent = UNITS.replace('form = "ky_thuat"\n', "").replace(
        'presets = { doi_tuong = "cnld" }', ""
    )
    assert not take_in(sqlite, PROGRAMME + silent).changed


def test_sets_no_new_target_for_a_unit_that_is_no_more(sqlite: Database) -> None:
    take_in(sqlite, PROGRAMME + UNITS + QUOTA)
    with sqlite.session() as session:
        session.begin()
        unit = session.store.units.by_code("CTN27")
        assert unit is not None
        session.store.tree.close(unit.id, date(2026, 11, 1), today=NOW.date())
        session.commit()
    assert not take_in(sqlite, PROGRAMME + UNITS + QUOTA).changed
    with pytest.raises(FaultyContent):
        take_in(sqlite, PROGRAMME + UNITS + QUOTA.replace("12", "15"))


def test_keeps_nothing_of_a_file_that_does_not_fit(sqlite: Database) -> None:
    take_in(sqlite, PROGRAMME + UNITS)
    other = PROGRAMME.replace('"thu"', '"khac"') + UNITS.replace('"TINH"', '"KHAC"', 1)
    with pytest.raises(FaultyContent) as caught:
        take_in(sqlite, other.replace('"tinh"', '"KHAC"') + QUOTA.replace("ctn27", "NONE"))
    lines = [fault.partition(": ")[0] for fault in caught.value.faults]
    assert (lines[0], lines[-1]) == ("ct.toml:9", "ct.toml:22")
    with sqlite.reader() as session:
        session.begin()
        assert session.store.programmes.by_key("khac") is None


def test_finds_every_fault_at_once() -> None:
    text = """[programme]
key = "thu"
prefix = "ls"
opens = 2026-01-08
closes = "mai"
applied_from = 2025-09-01
applied_to = 2026-12-31
review_steps = 3

[[unit]]
code = "Tỉnh"
name = 5
kind = "x"
mau = "y"

[[quota]]
unit = "TINH"
kind = "giao"
target = -1

[khac]
"""
    assert places(text) == [
        "ct.toml:1: [programme] name",
        "ct.toml:3: [programme] prefix",
        "ct.toml:5: [programme] closes",
        "ct.toml:8: [programme] review_steps",
        "ct.toml:11: [unit 1] code",
        "ct.toml:12: [unit 1] name",
        "ct.toml:14: [unit 1] mau",
        "ct.toml:18: [quota 1] kind",
        "ct.toml:19: [quota 1] target",
        "ct.toml:21: khac",
    ]


PHASES = """[[phase]]
name = "1"
starts = 2026-01-08
ends = 2026-06-30
[[phase]]
name = "2"
starts = 2026-06-30
ends = 2026-12-31
"""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (PROGRAMME.replace("2026-12-31", "2025-01-01", 1), "ct.toml:6: [programme] closes"),
        (PROGRAMME + PHASES, "ct.toml:15: [phase 2] starts"),
        (PROGRAMME + UNITS + UNITS, "ct.toml:22: [unit 3] code"),
        (PROGRAMME + UNITS.replace('"tinh"', '""'), "ct.toml:18: [unit 2] parent"),
        (PROGRAMME + UNITS.replace("ky_thuat", "ky"), "ct.toml:19: [unit 2] form"),
        (PROGRAMME + UNITS.replace("doi_tuong", "tuoi"), "ct.toml:20: [unit 2 presets] tuoi"),
        (PROGRAMME + UNITS.replace("cnld", "ai"), "ct.toml:20: [unit 2 presets] doi_tuong"),
        (PROGRAMME + UNITS + QUOTA + 'phase = "9"', "ct.toml:25: [quota 1] phase"),
        (PROGRAMME + UNITS + QUOTA + QUOTA, "ct.toml:26: [quota 2] unit"),
        (PROGRAMME + UNITS + QUOTA + "from = 2019-01-01", "ct.toml:25: [quota 1] from"),
        (PROGRAMME + UNITS.replace('"tinh"', '"ctn27"'), "ct.toml:18: [unit 2] parent"),
    ],
)
def test_names_the_line_of_what_does_not_fit_together(text: str, place: str) -> None:
    assert place in places(text)


CAMPAIGN = """[[campaign]]
name = "Tháng Công nhân"
starts = 2026-05-01
ends = 2026-05-31
"""


def test_keeps_peak_campaigns_and_moves_one_when_its_days_change(sqlite: Database) -> None:
    whole = PROGRAMME + 'counts = "submitted"\nagainst = "registered"\n' + CAMPAIGN + UNITS
    assert take_in(sqlite, whole).campaigns == 1
    assert not take_in(sqlite, whole).changed
    assert take_in(sqlite, whole.replace("05-31", "06-10")).campaigns == 1
    with sqlite.session() as session:
        session.begin()
        programme = session.store.programmes.by_key("thu")
        assert programme is not None
        assert (programme.counts, programme.against) == ("submitted", "registered")
        (campaign,) = session.store.campaigns.of_programme(programme.id)
        assert session.store.campaigns.running(date(2026, 6, 10)) == [campaign]
        assert session.store.campaigns.running(date(2026, 6, 11)) == []


def test_leaves_a_campaign_of_the_same_name_elsewhere_as_it_is(sqlite: Database) -> None:
    take_in(sqlite, PROGRAMME + UNITS)
    theirs = Campaign(0, 1, 2, "Tháng Công nhân", date(2026, 5, 10), date(2026, 5, 10))
    with sqlite.session() as session:
        session.begin()
        session.store.campaigns.add(theirs, 1, NOW)
        session.commit()
        take_in(sqlite, PROGRAMME + CAMPAIGN + UNITS)
        session.begin()
        units = {each.unit for each in session.store.campaigns.of_programme(1)}
        assert units == {1, 2} and session.store.campaigns.get(1) == replace(theirs, id=1)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (CAMPAIGN.replace("2026-05-31", "2026-04-01"), "ct.toml:12: [campaign 1] ends"),
        (CAMPAIGN.replace("2026-05-31", "2027-05-31"), "ct.toml:9: [campaign 1]"),
        (CAMPAIGN + CAMPAIGN, "ct.toml:14: [campaign 2] name"),
        (CAMPAIGN + 'unit = "KHONG"\n', ""),
    ],
)
def test_names_what_is_wrong_with_a_campaign(wrong: str, place: str, sqlite: Database) -> None:
    text = PROGRAMME + wrong + UNITS
    if place:
        assert place in places(text)
        return
    with pytest.raises(FaultyContent) as caught:
        take_in(sqlite, text)
    assert "[campaign 1] unit" in caught.value.faults[0]


def test_keeps_the_rules_that_it_does_not_name(sqlite: Database) -> None:
    take_in(sqlite, PROGRAMME + 'counts = "submitted"\nreview_steps = 2\n' + UNITS)
    assert not take_in(sqlite, PROGRAMME + UNITS).changed
    assert take_in(sqlite, PROGRAMME + 'counts = "valid"\n' + UNITS).programme_changed
    with sqlite.session() as session:
        session.begin()
        programme = session.store.programmes.by_key("thu")
        assert programme is not None
        assert (programme.counts, programme.review_steps) == ("valid", 2)
        assert programme.needs_recognition
        session.rollback()


def test_counts_anew_when_it_changes_what_is_valid(sqlite: Database) -> None:
    take_in(sqlite, PROGRAMME + UNITS)
    with sqlite.session() as session:
        session.begin()
        store = session.store
        programme, unit = store.programmes.by_key("thu"), store.units.by_code("CTN27")
        assert programme is not None
        assert unit is not None
        person = store.people.add("Nguyễn Văn A", unit.id, None, None, NOW)
        entry = Initiative(
            id=0, code="", programme=programme.id, phase=None, unit=unit.id, author=person.id,
            enterer=person.id, form="khac", form_version=1, title="Thử", answers={}, benefit=None,
            recognised=False, status=Status.VALID, submitted_at=NOW,
        )  # fmt: skip
        _, counts = entering.enter(store, entry, programme, NOW.date(), NOW)
        entering.add_counts(store, counts)
        session.commit()
    take_in(sqlite, PROGRAMME + "needs_recognition = false\n" + UNITS)
    with sqlite.session() as session:
        session.begin()
        assert session.store.tallies.of(programme.id, unit.id).valid == 1
        assert session.store.tallies.drift(programme.id, False) == 0
        session.rollback()
