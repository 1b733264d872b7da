"""The export of a Slack workspace: days of channels, markup, identifiers that stay texts."""

from __future__ import annotations

import shutil
from pathlib import Path

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run

EXPORT = Path(__file__).resolve().parents[1] / "fixtures" / "slack" / "export"


def said(found: Run, text: str) -> Item:
    return next(item for item in found.items if text in item.text)


def test_the_invented_export_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(EXPORT, EXPORT.with_name("export.golden.jsonl"), regenerate=regenerate)


def test_every_member_has_an_outcome() -> None:
    assert run(EXPORT).outcomes == {"read": 5, "kept": 1}


def test_markup_becomes_words_and_is_kept() -> None:
    item = said(run(EXPORT), "Bonjour")
    assert item.text == "Bonjour @Omar B & tous, voir le site (https://example.org) dans #général @here"
    assert "<@U02>" in item.details["text"]  # type: ignore[index]


def test_a_stamp_is_an_identifier_in_its_channel_and_a_time_in_utc() -> None:
    found = run(EXPORT)
    first, other = said(found, "Bonjour"), said(found, "À toi")
    assert (first.key, other.key) == (("message", "C01", "1741340000.000216"), ("message", "D01", "1741340000.000216"))
    assert first.when is not None
    assert (first.when.us, first.when.precision) == (1741340000000216, Precision.MICROSECOND)


def test_a_bot_has_its_name_and_somebody_who_joins_is_no_message() -> None:
    found = run(EXPORT)
    assert said(found, "Répétition").parties[0].name == "Agenda"
    assert said(found, "joined").kind is Kind.OTHER


def test_a_message_without_a_stamp_is_kept_and_said() -> None:
    found = run(EXPORT)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("slack-no-time", "record 4")]
    assert said(found, "Sans heure").when is None


def test_an_export_in_a_folder_of_an_enterprise_has_the_same_keys(tmp_path: Path) -> None:
    shutil.copytree(EXPORT, tmp_path / "teams" / "chorale")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(EXPORT).items}


def test_a_cut_day_gives_what_is_before_the_cut(tmp_path: Path) -> None:
    shutil.copytree(EXPORT, tmp_path / "x")
    path = tmp_path / "x" / "général" / "2025-03-07.json"
    path.write_bytes(path.read_bytes()[:-60])
    found = run(tmp_path)
    assert said(found, "Répétition")
    assert any(notice.reason.startswith("json-") for _, notice in found.notices)
