"""Skype's archive: markup within JSON, calls, shared files, edited and deleted messages."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run

ARCHIVE = Path(__file__).resolve().parents[1] / "fixtures" / "skype" / "archive"


def said(found: Run, text: str) -> Item:
    return next(item for item in found.items if item.text == text)


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, ARCHIVE.with_name("archive.golden.jsonl"), regenerate=regenerate)


def test_markup_becomes_words_and_is_kept() -> None:
    item = said(run(ARCHIVE), "On chante ?Oui & demain :) ici")
    assert "<legacyquote>" in item.details["content"]  # type: ignore[index]
    assert [(role.role, role.name) for role in item.parties] == [("from", "live:lise"), ("to", "Omar B")]


def test_a_call_lasts_as_long_as_the_longest_part() -> None:
    (call,) = [item for item in run(ARCHIVE).items if item.kind is Kind.CALL]
    assert call.when is not None
    assert (call.text, call.end) == ("ended", call.when.us + 61_000_000)


def test_a_shared_file_comes_with_its_message_under_its_own_name() -> None:
    found = run(ARCHIVE)
    assert [file.name for file in said(found, "port.jpg").files] == ["port.jpg"]
    assert found.files["port.jpg"].startswith(b"\xff\xd8\xff\xe0invented")


def test_an_edited_message_with_the_same_identifier_is_another_fact() -> None:
    keys = [item.key for item in run(ARCHIVE).items if item.key[:3] == ("message", "8:live:omar", "1741340100000")]
    assert len(set(keys)) == 2


def test_what_skype_notes_has_its_time_from_its_identifier() -> None:
    (noted,) = [item for item in run(ARCHIVE).items if item.kind is Kind.OTHER]
    assert noted.when is not None
    assert noted.when.us == 1741350000000000
    assert noted.details["originalarrivaltime"] == "jamais"  # type: ignore[index]


def test_a_tar_under_another_name_has_the_same_keys(tmp_path: Path) -> None:
    path = tmp_path / "8_live_lise_export.tar"
    with tarfile.open(path, "w") as tar:
        tar.add(ARCHIVE / "messages.json", "messages.json")
        tar.add(ARCHIVE / "media", "media")
    assert {item.key for item in run(path).items} == {
        item.key for item in run(ARCHIVE).items if item.kind is not Kind.DOCUMENT or "weu" in item.title
    }


def test_every_text_of_the_archive_is_in_a_record() -> None:
    lines = "\n".join(run(ARCHIVE).lines())
    for value in _texts(json.loads((ARCHIVE / "messages.json").read_text(encoding="utf-8"))["conversations"]):
        assert value.endswith("Z") or json.dumps(value, ensure_ascii=False)[1:-1] in lines


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for entry in value.values() for text in _texts(entry)]
    if isinstance(value, list):
        return [text for entry in value for text in _texts(entry)]
    return [value] if isinstance(value, str) else []


def test_a_cut_archive_gives_what_is_before_the_cut(tmp_path: Path) -> None:
    data = (ARCHIVE / "messages.json").read_bytes()
    (tmp_path / "messages.json").write_bytes(data[: data.index(b"1741340050000")])
    found = run(tmp_path)
    assert len([item for item in found.items if item.key[0] == "message"]) == 4
    assert any(notice.reason.startswith("json-") for _, notice in found.notices)
