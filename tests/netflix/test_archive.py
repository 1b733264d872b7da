"""The whole account archive: every table has its kind, no row is lost, nothing counts twice."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "netflix"
ARCHIVE = FIXTURES / "archive"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome() -> None:
    found = run(ARCHIVE)
    assert sum(found.outcomes.values()) == sum(1 for file in ARCHIVE.rglob("*") if file.is_file())
    assert found.outcomes == {"read": 19, "skipped": 6}
    assert {ended.why for ended in found.ended.values() if ended.why} == {"netflix-empty"}


def test_the_real_archive_of_2023_gives_every_row_of_every_table() -> None:
    found = run(sample("netflix/full-2023-excerpt"))
    assert found.outcomes == {"read": 18, "skipped": 7}
    assert found.kinds == {
        "watch": 25,
        "other": 29,
        "reaction": 10,
        "message": 12,
        "page-visit": 15,
        "bookmark": 10,
        "setting": 1,
        "search": 15,
        "device": 4,
        "purchase": 2,
        "sign-in": 4,
        "consent": 1,
        "subscription": 1,
    }
    assert len(found.parties) == 2
    assert not found.notices


def test_the_real_archive_of_2025_has_its_columns_in_another_order() -> None:
    found = run(sample("netflix/fixture-2025-en"))
    assert found.outcomes == {"read": 6}
    assert found.kinds == {"bookmark": 2, "search": 2, "message": 3, "reaction": 5, "watch": 2, "other": 1}
    rated = of(found, "rating")[0]
    assert (rated.title, rated.details["Thumbs Value"]) == ("The Great Adventure", "3")  # type: ignore[index]
    assert not found.notices


def test_a_playback_begins_in_utc_and_lasts_as_long_as_it_was_watched() -> None:
    found = run(sample("netflix/full-2023-excerpt"))
    watched = next(item for item in found.items if item.title == "Garota Mimada")
    assert watched.when is not None
    assert watched.when.us == us(2023, 1, 24, 23, 21, 36)
    assert watched.end == us(2023, 1, 25, 0, 11, 30)


def test_an_address_of_a_playback_is_of_the_same_moment_and_no_sign_in() -> None:
    found = run(sample("netflix/full-2023-excerpt"))
    address = of(found, "connection")[1]
    assert address.kind is Kind.OTHER
    assert address.when is not None
    assert address.when.us == us(2023, 1, 24, 23, 21, 36) + 38_000
    assert address.when.precision is Precision.MILLISECOND


def test_trailers_are_no_watch_time() -> None:
    kinds = {item.title: item.kind for item in of(run(ARCHIVE), "viewing-activity")}
    assert kinds["Les Toits (Bande-annonce)"] is Kind.OTHER
    assert kinds["Les Toits: Saison 1: Le départ (Épisode 1)"] is Kind.WATCH


def test_a_title_over_two_lines_is_one_row_and_hours_may_have_one_digit() -> None:
    item = next(item for item in run(ARCHIVE).items if item.title.startswith("Le Phare"))
    assert item.title == "Le Phare,\ndeuxième partie"
    assert item.when is not None
    assert item.end == item.when.us + (2 * 3600 - 1) * 1_000_000


def test_rows_that_are_alike_are_several_facts() -> None:
    twins = [item for item in of(run(ARCHIVE), "viewing-activity") if item.title.startswith("Planète molle")]
    assert len({item.key for item in twins}) == 2


def test_one_monthly_charge_in_four_rows_is_one_purchase() -> None:
    charges = of(run(sample("netflix/full-2023-excerpt")), "charge")
    assert [(charge.amount, charge.currency) for charge in charges] == [("25.9", "BRL")] * 2
    assert [len(charge.details["rows"]) for charge in charges] == [4, 4]  # type: ignore[index]


def test_a_refund_is_negative() -> None:
    assert [charge.amount for charge in of(run(ARCHIVE), "charge")] == ["13.49", "-13.49", "13.49"]


def test_the_main_profile_may_have_no_name_and_a_name_may_end_with_a_space() -> None:
    profiles = [party for party in run(ARCHIVE).parties if party.key[0] == "profile"]
    assert [party.name for party in profiles] == ["", "Enfants"]
    assert profiles[1].details["Profile Name"] == "Enfants "  # type: ignore[index]


def test_a_table_that_nobody_described_is_read_by_its_name() -> None:
    (game,) = of(run(ARCHIVE), "table")
    assert (game.kind, game.title) == (Kind.PLAY, "Le Jardin des tuiles")
    assert game.when is not None
    assert game.when.us == us(2024, 5, 3, 18, 20, 11)


def test_titles_of_columns_in_another_language_are_read_by_the_name_of_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "CONTENT_INTERACTION"
    folder.mkdir(parents=True)
    (folder / "ViewingActivity.csv").write_text(
        "Nom du profil,Heure de début,Durée,Titre\nLéa,2024-05-02 21:00:00,00:45:10,Les Toits\n", encoding="utf-8"
    )
    (item,) = run(tmp_path).items
    assert (item.kind, item.title) == (Kind.WATCH, "Les Toits")


def test_a_row_without_a_sound_date_is_kept_and_said_with_its_line() -> None:
    found = run(ARCHIVE)
    assert [(n.reason, n.position, n.what) for _, n in found.notices] == [
        ("table-date", "line 8", "Start Time"),
        ("table-cut", "line 9", ""),
    ]
    assert next(item for item in found.items if item.title == "Un film sans date").when is None


def test_reading_twice_from_a_renamed_folder_gives_the_same_keys(tmp_path: Path) -> None:
    shutil.copytree(ARCHIVE, tmp_path / "netflix-report" / "123")
    first, second = run(ARCHIVE), run(tmp_path)
    assert {item.key for item in first.items} == {item.key for item in second.items}
    assert {party.key for party in first.parties} == {party.key for party in second.parties}


@pytest.mark.parametrize("table", ["ViewingActivity", "SearchHistory", "Ratings", "MyList"])
def test_a_renamed_table_is_still_recognised(tmp_path: Path, table: str) -> None:
    shutil.copy(ARCHIVE / "CONTENT_INTERACTION" / f"{table}.csv", tmp_path / "0001.dat")
    found = run(tmp_path)
    assert found.readers["0001.dat"].startswith("netflix.")
    assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}
