"""Backups of SMS, MMS and calls: nearly XML, overlapping, of unknown size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item, Kind, Precision
from importers.smsbackup import tags
from importers.smsbackup.backup import number
from tests.importing import Run, check_golden, run

PHONE = Path(__file__).resolve().parents[1] / "fixtures" / "smsbackup" / "phone"
SMS = next(PHONE.glob("sms-*.xml"))


def said(found: Run, text: str) -> Item:
    return next(item for item in found.items if text in item.text)


def test_the_invented_backup_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(PHONE, PHONE.with_name("phone.golden.jsonl"), regenerate=regenerate)


def test_halves_of_an_emoji_become_one_and_what_is_no_character_goes() -> None:
    found = run(PHONE)
    assert said(found, "Salut").text == "Salut 😀 & à demain <3\nbises"
    assert said(found, "D'accord").text == "D'accord !"
    assert said(found, "rendez-vous").text == "Votre rendez-vous\nest confirmé"


def test_a_received_message_is_from_and_a_sent_one_is_to() -> None:
    found = run(PHONE)
    received, sent = said(found, "Salut"), said(found, "D'accord")
    assert [
        (role.role, role.name, role.handle.value) for item in (received, sent) for role in item.parties if role.handle
    ] == [
        ("from", "Yann", "+33600000003"),
        ("to", "Yann", "+33600000003"),
    ]
    assert received.when is not None
    assert (received.when.us, received.when.precision) == (1741340000123000, Precision.MILLISECOND)


def test_messages_that_are_alike_are_two_and_a_sender_may_be_a_word() -> None:
    twins = [item for item in run(PHONE).items if "rendez-vous" in item.text]
    assert len({item.key for item in twins}) == 2
    assert {item.title for item in twins} == {"Mairie"}


def test_a_picture_message_has_its_words_its_picture_and_who_wrote_to_whom() -> None:
    found = run(PHONE)
    mms = said(found, "Le port")
    assert mms.key == ("mms", "MID-ABC")
    assert [(role.role, role.name) for role in mms.parties] == [("from", "+33600000003"), ("to", "+33600000004")]
    assert [file.name for file in mms.files] == ["photo.jpg"]
    assert found.files["photo.jpg"].startswith(b"\xff\xd8\xff\xe0invented")


def test_calls_have_their_length_and_a_hidden_number_is_nobody() -> None:
    calls = [item for item in run(PHONE).items if item.kind is Kind.CALL]
    assert [(call.title, len(call.parties)) for call in calls] == [("Yann", 1), ("0600000004", 1), ("", 0)]
    assert [call.end - call.when.us if call.end and call.when else 0 for call in calls] == [61_000_000, 0, 0]


def test_a_damaged_record_is_said_and_the_next_one_is_read() -> None:
    found = run(PHONE)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("sms-broken", "record 6"),
        ("sms-no-time", "record 7"),
    ]
    assert said(found, "Brouillon").when is None


def test_a_renamed_backup_and_a_cut_one_have_the_same_keys(tmp_path: Path) -> None:
    data = SMS.read_bytes()
    first = [item.key for item in run(PHONE).items if item.kind is Kind.MESSAGE]
    (tmp_path / "messages.xml").write_bytes(data)
    assert [item.key for item in run(tmp_path).items] == first
    (tmp_path / "messages.xml").write_bytes(data[: data.index(b"Brouillon")])
    cut = run(tmp_path)
    assert [item.key for item in cut.items] == first[:-1]
    assert [notice.reason for _, notice in cut.notices] == ["sms-broken", "sms-broken", "sms-cut-off"]


@pytest.mark.parametrize("size", [1, 7, 64, 4096])
def test_records_are_the_same_however_the_bytes_arrive(size: int) -> None:
    data = SMS.read_bytes()
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    assert list(tags.records(pieces)) == list(tags.records([data]))
    assert len(list(tags.records(pieces))) == 7


def test_a_record_that_is_too_large_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tags, "LARGEST", 600)
    data = SMS.read_bytes()
    found = list(tags.records(data[at : at + 50] for at in range(0, len(data), 50)))
    assert [one.lost for one in found].count("sms-too-large") == 1
    assert len(found) == 7


def test_numbers_are_compared_without_their_dress() -> None:
    assert number("00 33 6 00-00-00.03") == number("+33600000003") == "+33600000003"
    assert number("Mairie 75") == "Mairie 75"


def test_every_attribute_of_the_backup_is_in_a_record() -> None:
    shown = {str(value) for line in run(PHONE).lines() for value in _values(json.loads(line))}
    shown |= {text[:-3] for text in shown if text.isdigit()} | {text.removesuffix("000") for text in shown}
    for path in PHONE.iterdir():
        for found in tags.records([path.read_bytes()]):
            for tag in found.tags:
                values = {value for name, value in tag.fields.items() if name != "data" and value}
                assert values <= shown


def _values(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from _values(entry)
    else:
        yield value
