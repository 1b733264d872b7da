"""Airbnb's JSON: lists in an envelope in an array, identifiers larger than a float, notes of the system without words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "airbnb"
ARCHIVE = FIXTURES / "archive"
JSON = ARCHIVE / "donnees" / "json"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def leaves(value: Any) -> Iterator[str]:
    """Every text and number of a JSON value."""
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    else:
        yield repr(value)


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_files_of_2024_give_every_element_of_their_lists() -> None:
    found = run(sample("airbnb/fixture-2024"))
    assert found.kinds == {"stay": 2, "message": 3, "review": 1, "search": 3, "bookmark": 3, "other": 6}
    assert len(of(found, "reservation")) == 3
    assert found.outcomes == {"read": 5}
    assert not found.notices


@pytest.mark.parametrize("real", [True, False])
def test_no_value_is_lost(real: bool) -> None:  # noqa: FBT001 - two archives, one test
    folder = sample("airbnb/fixture-2024") if real else ARCHIVE
    kept = {leaf for item in run(folder).items for leaf in leaves(dict(item.details))}
    for path in folder.rglob("*.json"):
        assert set(leaves(json.loads(path.read_text(encoding="utf-8")))) <= kept


def test_a_stay_lasts_from_its_first_day_for_its_nights() -> None:
    stay = of(run(ARCHIVE), "reservation")[0]
    assert stay.when is not None
    assert (stay.when.us, stay.when.precision, stay.end) == (us(2024, 5, 10), Precision.DAY, us(2024, 5, 12))


def test_a_cancelled_reservation_is_no_stay() -> None:
    assert [item.kind for item in of(run(ARCHIVE), "reservation")] == [Kind.STAY, Kind.OTHER, Kind.STAY]


def test_identifiers_that_no_float_holds_stay_whole() -> None:
    (review,) = of(run(ARCHIVE), "review")
    assert review.key == ("review", "901977635384836331")
    assert review.details["review"]["entityId"] == 907739697744802257  # type: ignore[index]


def test_words_are_found_in_each_kind_of_content_and_notes_without_words_are_no_messages() -> None:
    found = of(run(ARCHIVE), "message")
    assert [(item.kind, item.text) for item in found] == [
        (Kind.MESSAGE, "La clé est-elle chez la voisine ?"),
        (Kind.MESSAGE, "Oui, au premier étage."),
        (Kind.OTHER, ""),
        (Kind.MESSAGE, "À bientôt 👋"),
    ]


def test_a_reservation_without_a_date_is_kept_and_said_with_its_number() -> None:
    found = run(ARCHIVE)
    assert [(n.reason, n.position, n.what) for _, n in found.notices] == [("table-date", "record 3", "startDate")]
    assert of(found, "reservation")[2].when is None


@pytest.mark.parametrize("name", ["reservations", "messages", "reviews", "search_history", "wishlists"])
def test_a_renamed_file_is_recognised_and_has_the_same_keys(tmp_path: Path, name: str) -> None:
    shutil.copy(JSON / f"{name}.json", tmp_path / "0001")
    found = run(tmp_path)
    assert found.readers["0001"].startswith("airbnb.")
    assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}


def test_a_cut_file_gives_the_elements_before_the_cut_and_says_so(tmp_path: Path) -> None:
    data = (JSON / "reservations.json").read_bytes()
    (tmp_path / "reservations.json").write_bytes(data[: data.index(b"HMTEST0003")])
    found = run(tmp_path)
    assert [item.title for item in of(found, "reservation")] == ["HMTEST0001", "HMTEST0002"]
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}


def test_a_thread_that_is_cut_off_gives_its_messages_before_the_cut(tmp_path: Path) -> None:
    data = (JSON / "messages.json").read_bytes()
    (tmp_path / "messages.json").write_bytes(data[: data.index(b"BulletinContent")])
    found = run(tmp_path)
    assert [item.key for item in found.items] == [("message", "1"), ("message", "2")]
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}
