"""An archive of which the service changed something: all is read as before, nothing is lost, the change is told exactly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importers.drift.drift import Missing, New
from tests.drift.archives import changed, told
from tests.drift.learned import FIXTURES

TOKEN = "zq-valeur"

ADDED = [
    ("imdb/ratings.csv", "imdb.ratings", "", "Mood Then"),
    ("spotify/extended", "spotify.extended_history", "[]", "mood_then"),
    ("listenbrainz/1.jsonl", "listenbrainz.listens", "[]/track_metadata", "mood_then"),
    ("chatgpt/archive", "chatgpt.conversations", "[]/mapping/*/message", "mood_then"),
    ("tiktok/older", "tiktok.archive", "/Activity/Search History/*[]", "MoodThen"),
]


def plays(to: Path, times: int) -> tuple[Path, list[dict[str, Any]]]:
    """Where a listening history of many rows is to be written, and its rows."""
    (source,) = (FIXTURES / "spotify" / "extended").rglob("*.json")
    rows = json.loads(source.read_text(encoding="utf-8"))
    return to / source.name, [dict(rows[n % len(rows)]) for n in range(times)]


@pytest.mark.parametrize(("name", "reader", "place", "field"), ADDED)
def test_a_field_that_was_added_is_kept_and_told(
    name: str, reader: str, place: str, field: str, tmp_path: Path
) -> None:
    def add(path: str, value: dict[str, Any], _: object) -> dict[str, Any]:
        return value | {field: TOKEN} if path == place and value else value

    before = told(changed(name, tmp_path / "a", lambda _path, value, _place: value))
    assert before.drifts == ()
    after = told(changed(name, tmp_path / "b", add))
    assert [(item.kind, item.when, item.title) for item in after.items] == [
        (item.kind, item.when, item.title) for item in before.items
    ]
    assert after.others == before.others
    assert TOKEN in after.details
    (drift,) = after.drifts
    assert (drift.reader, drift.missing) == (reader, ())
    assert [(new.place, new.name, new.type) for new in drift.new] == [(place, field, "text")]


def test_a_column_that_was_renamed_is_missing_and_new(tmp_path: Path) -> None:
    def rename(_path: str, value: dict[str, Any], _: object) -> dict[str, Any]:
        return {"Sorts of It" if key == "Genres" else key: one for key, one in value.items()}

    before = told(changed("imdb/ratings.csv", tmp_path / "a", lambda _path, value, _place: value))
    after = told(changed("imdb/ratings.csv", tmp_path / "b", rename))
    assert len(after.items) == len(before.items)
    assert "Sorts of It" in after.details
    (drift,) = after.drifts
    assert (drift.new, drift.missing) == ((New("", "Sorts of It", "text", 1),), (Missing("", "Genres"),))


def test_a_key_that_was_renamed_or_went_is_told_once_enough_came_without_it(tmp_path: Path) -> None:
    place, rows = plays(tmp_path, 30)
    for row in rows:
        row["device_sort"] = row.pop("platform")
    place.write_text(json.dumps(rows), encoding="utf-8")
    found = told(place)
    assert "device_sort" in found.details
    (drift,) = found.drifts
    assert (drift.new, drift.missing) == ((New("[]", "device_sort", "text", 10),), (Missing("[]", "platform"),))
    place.write_text(json.dumps([{**row, "platform": "x"} for row in rows[:1]] + rows[1:]), encoding="utf-8")
    (drift,) = told(place).drifts
    assert drift.missing == ()
    for row in rows:
        del row["device_sort"]
    place.write_text(json.dumps(rows), encoding="utf-8")
    (drift,) = told(place).drifts
    assert (drift.new, drift.missing) == ((), (Missing("[]", "platform"),))
    place.write_text(json.dumps(rows[:2]), encoding="utf-8")
    assert told(place).drifts == ()


def test_columns_in_another_order_and_spelling_are_no_change(tmp_path: Path) -> None:
    def turned(_path: str, value: dict[str, Any], _: object) -> dict[str, Any]:
        return {f" {key.upper()} ": one for key, one in reversed(value.items())}

    assert told(changed("imdb/ratings.csv", tmp_path, turned)).drifts == ()


def test_an_attribute_that_was_added_to_an_element_is_told(tmp_path: Path) -> None:
    source = next((FIXTURES / "smsbackup").rglob("*.xml"))
    text = source.read_text(encoding="utf-8")
    for tag in ("<sms ", "<call "):
        text = text.replace(tag, f'{tag}mood_then="{TOKEN}" ')
    (tmp_path / source.name).write_text(text, encoding="utf-8")
    found = told(tmp_path / source.name)
    assert TOKEN in found.details
    assert {(one.place, one.name) for drift in found.drifts for one in drift.new} <= {
        ("<sms>", "mood_then"),
        ("<call>", "mood_then"),
    }
    assert found.drifts


def test_what_stands_late_in_a_large_file_is_heard(tmp_path: Path) -> None:
    place, rows = plays(tmp_path, 6_000)
    for row in rows[-200:]:
        row["mood_then"] = TOKEN
    place.write_text(json.dumps(rows), encoding="utf-8")
    assert place.stat().st_size > 3 << 20
    (drift,) = told(place).drifts
    assert [(new.place, new.name) for new in drift.new] == [("[]", "mood_then")]
