"""What was listened to: one play is one fact, whichever of the two histories tells it."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "spotify"
ACCOUNT, EXTENDED, OLD = FIXTURES / "account", FIXTURES / "extended", FIXTURES / "endsong"


def listens(found: Run) -> list[Item]:
    return [item for item in found.items if item.kind is Kind.LISTEN]


def ended(item: Item) -> datetime:
    assert item.end is not None
    return datetime.fromtimestamp(item.end / 1e6, UTC)


def played(item: Item) -> int:
    assert item.when is not None
    assert item.end is not None
    return (item.end - item.when.us) // 1000


@pytest.mark.parametrize("folder", ["extended", "endsong"])
def test_the_invented_histories_read_as_their_golden_records(folder: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / folder, FIXTURES / f"{folder}.golden.jsonl", regenerate=regenerate)


def test_the_real_year_gives_61_plays_and_their_times_are_ends() -> None:
    found = run(sample("spotify/account-data-2020-fr-excerpt"))
    plays = listens(found)
    assert len({item.key for item in plays}) == 61
    assert (plays[0].title, plays[0].parties[0].name) == ("Humains - Bonus Track", "Damso")
    assert (ended(plays[0]), played(plays[0])) == (datetime(2019, 9, 11, 19, 4, tzinfo=UTC), 140_627)
    assert plays[0].when is not None
    assert plays[0].when.precision is Precision.MINUTE
    assert not found.notices


@pytest.mark.parametrize(("year", "count"), [("2024", 3), ("2025", 2)])
def test_the_extended_histories_keep_every_field(year: str, count: int) -> None:
    folder = sample(f"spotify/extended-{year}-transcribed")
    found = run(folder)
    (file,) = folder.rglob("*.json")
    rows = json.loads(file.read_text(encoding="utf-8"))
    assert len({item.key for item in listens(found)}) == count
    assert [item.details for item in listens(found)] == rows
    assert not found.notices


def test_a_play_of_both_histories_has_one_key() -> None:
    basic, extended = run(ACCOUNT), run(EXTENDED)
    both = {item.key for item in listens(basic)} & {item.key for item in listens(extended)}
    assert sorted(str(key[3]) for key in both) == [
        "Chapitre 1",
        "Fenêtre sur cour",
        "Le compost",
        "Le pont",
        "Le pont",
        "Slow Morning",
    ]
    assert {item.key for item in listens(basic)} == both


def test_plays_of_no_time_that_are_alike_are_two() -> None:
    keys = [item.key for item in listens(run(ACCOUNT)) if item.title == "Le pont"]
    assert len(set(keys)) == 2
    assert set(keys) == {item.key for item in listens(run(EXTENDED)) if item.title == "Le pont"}


def test_episodes_and_books_are_listened_to_as_well() -> None:
    found = {item.title: item for item in listens(run(EXTENDED))}
    assert found["Le compost"].parties[0].name == "La Minute verte"
    assert found["Chapitre 1"].details["audiobook_title"] == "Les Marées"  # type: ignore[index]


def test_offline_plays_without_names_in_one_second_are_two() -> None:
    unnamed = [item for item in listens(run(EXTENDED)) if not item.title]
    assert len({item.key for item in unnamed}) == 2
    assert [item.details["offline_timestamp"] for item in unnamed] == [1709546400086, 1709546400090]  # type: ignore[index]


def test_an_unreadable_play_is_said_with_its_number_and_kept() -> None:
    found = run(EXTENDED)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-record", "record 9")]
    (kept,) = [item for item in found.items if item.kind is Kind.OTHER]
    assert kept.details["ts"] == "2024-03-05T10:00:00Z"  # type: ignore[index]


def test_the_old_history_that_is_cut_gives_what_is_whole() -> None:
    found = run(OLD)
    assert [item.title for item in listens(found)] == ["Marée basse"]
    assert listens(found)[0].details["ip_addr_decrypted"] == "192.0.2.11"  # type: ignore[index]
    first = found.notices[0][1]
    assert (first.reason, first.position) == ("json-cut-off", "record 2")
    assert found.outcomes == {"read": 1}


def test_overlapping_and_renamed_files_give_the_same_keys(tmp_path: Path) -> None:
    (source,) = EXTENDED.rglob("*.json")
    rows: list[Any] = json.loads(source.read_text(encoding="utf-8"))
    path = tmp_path / "0001.dat"
    path.write_text(json.dumps(rows[2:6]), encoding="utf-8")
    shutil.copytree(EXTENDED, tmp_path / "again" / "MyData")
    whole = {item.key for item in run(EXTENDED).items}
    assert {item.key for item in run(tmp_path / "again").items} == whole
    found = run(path)
    assert found.readers == {"0001.dat": "spotify.extended_history"}
    assert {item.key for item in found.items} <= whole
