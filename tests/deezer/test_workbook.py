"""Deezer's workbook: all cells are text, sheets come and go, plays that are alike are several plays."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from python_calamine import CalamineWorkbook

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "deezer"
BOOK = FIXTURES / "deezer-data_4200042.xlsx"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def test_the_invented_workbook_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(BOOK, FIXTURES / "workbook.golden.jsonl", regenerate=regenerate)


def test_the_real_workbook_of_2025_gives_every_row_of_its_twelve_sheets() -> None:
    found = run(sample("deezer/deezer-data_1000001.xlsx"))
    assert found.kinds == {"listen": 35, "bookmark": 25, "ad": 5, "subscription": 1, "setting": 1, "other": 1}
    assert len(of(found, "favourite")) == 20
    assert len(found.parties) == 1
    assert not found.notices


def test_a_play_of_the_real_workbook_lasts_its_listening_time_and_minus_one_means_unknown() -> None:
    plays = of(run(sample("deezer/deezer-data_1000001.xlsx")), "listen")
    assert plays[0].when is not None
    assert (plays[0].when.us, plays[0].end) == (us(2012, 5, 24, 17, 30, 56), None)
    assert plays[0].details["Listening Time"] == "-1"  # type: ignore[index]
    assert plays[1].end == us(2025, 9, 13, 9, 57, 22) + 222_000_000


def test_a_title_that_is_a_number_stays_text_and_several_artists_are_one_name() -> None:
    play = of(run(BOOK), "listen")[0]
    assert (play.title, play.parties[0].name) == ("8", "Les Invisibles, Un Autre")


def test_plays_that_are_alike_are_several() -> None:
    plays = of(run(BOOK), "listen")
    assert len({play.key for play in plays}) == 4


def test_no_cell_of_the_real_workbook_is_lost() -> None:
    path = sample("deezer/deezer-data_1000001.xlsx")
    found = run(path)
    held = {str(value) for one in (*found.items, *found.parties) for value in dict(one.details).values()}
    held |= {item.title for item in found.items}
    book = CalamineWorkbook.from_path(str(path))
    cells = {
        str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()[1:] for cell in row
    }
    lost = {cell for cell in cells - held if cell not in {"", "None", "nan"}}
    times = {item.when.us for item in found.items if item.when}
    assert {us(*map(int, re.findall(r"\d+", stamp))) for stamp in lost} <= times


def test_none_and_nan_are_no_values() -> None:
    (account,) = run(BOOK).parties
    assert not {"Age", "Date of birth"} & set(account.details)  # type: ignore[arg-type]
    assert account.name == "Lou Inventé"


def test_a_sheet_that_nobody_has_described_is_kept_row_by_row() -> None:
    (odd,) = of(run(BOOK), "nouvelleFeuille")
    assert (odd.kind, odd.details) == (Kind.OTHER, {"Chose": "inconnue", "Valeur": "42"})


def test_a_play_without_a_sound_date_is_kept_and_said_with_its_row() -> None:
    found = run(BOOK)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "21_listeningHistory row 5")]
    assert next(item for item in found.items if item.title == "Sans date").when is None


def test_a_renamed_workbook_is_recognised_by_its_sheets_and_has_the_same_keys(tmp_path: Path) -> None:
    shutil.copy(BOOK, tmp_path / "mes données (1).xlsx")
    found = run(tmp_path)
    assert list(found.readers.values()) == ["deezer.workbook"]
    assert {item.key for item in found.items} == {item.key for item in run(BOOK).items}


def test_a_cut_workbook_is_said_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "deezer-data_1.xlsx").write_bytes(BOOK.read_bytes()[:6000])
    found = run(tmp_path)
    assert not found.items
    assert found.outcomes.keys() <= {"unknown", "read"}
