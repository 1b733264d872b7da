"""The table of a glucose sensor: units of the titles, French titles below a line about the file, notes."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Kind, Samples
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "libreview"
TABLE = FIXTURES / "francais.csv"
REAL = "libreview/en-mmol-2019"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def series(found: Run, name: str) -> Samples:
    return next(batch for batch in found.samples if batch.series == name)


def test_the_invented_table_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(TABLE, FIXTURES / "francais.golden.jsonl", regenerate=regenerate)


def test_the_real_table_gives_six_readings_in_mmol_day_first_in_french_time() -> None:
    found = run(sample(REAL))
    assert found.series() == {"glucose": 6}
    glucose = series(found, "glucose")
    assert glucose.unit == "mmol/L"
    assert glucose.value is not None
    assert list(glucose.value.texts()) == ["6.3", "6.4", "6.5", "6.7", "6.9", "7.1"]
    assert glucose.start.tolist()[0] == us(2019, 12, 5, 15, 25)
    assert [notice.reason for _, notice in found.notices] == ["libreview-local-time", "libreview-day-first"]


def test_french_titles_below_a_line_about_the_file_are_found() -> None:
    found = run(TABLE)
    assert found.series() == {"glucose": 2, "glucose-scan": 1}
    glucose = series(found, "glucose")
    assert glucose.unit == "mg/dL"
    assert glucose.value is not None
    assert list(glucose.value.texts()) == ["102", "104.5"]
    assert glucose.start.tolist()[0] == us(2024, 3, 13, 7, 5)


def test_notes_and_empty_rows_are_kept() -> None:
    items = run(TABLE).items
    assert items[0].details == {
        "about": ["Données du glucose", "Généré le", "13-03-2024 10:23 UTC", "Généré par", "Léa Morin"]
    }
    assert [(item.kind, item.text) for item in items[1:3]] == [(Kind.NOTE, "petit déjeuner"), (Kind.MEASUREMENT, "")]


def test_a_reading_without_a_time_is_kept_and_said() -> None:
    found = run(TABLE)
    assert ("table-date", "line 8") in {(notice.reason, notice.position) for _, notice in found.notices}
    undated = found.items[-1]
    assert undated.when is None
    assert isinstance(undated.details, dict)
    assert "99" in undated.details.values()


@pytest.mark.parametrize(
    ("written", "first"),
    [
        (("05-25-2019 04:25 PM", "05-26-2019 04:40 PM"), (2019, 5, 25, 14, 25)),
        (("25-05-2019 16:25", "26-05-2019 16:40"), (2019, 5, 25, 14, 25)),
        (("05/25/2019 16:25", "05/26/2019 16:40"), (2019, 5, 25, 14, 25)),
    ],
)
def test_the_whole_column_tells_whether_the_day_stands_first(
    tmp_path: Path, written: tuple[str, str], first: tuple[int, ...]
) -> None:
    rows = "".join(f"Reader,SN,{stamp},0,5.{number}\n" for number, stamp in enumerate(written, 1))
    title = "Device,Serial Number,Device Timestamp,Record Type,Historic Glucose mmol/L\n"
    (tmp_path / "a.csv").write_text(title + rows, "utf-8")
    assert series(run(tmp_path), "glucose").start.tolist()[0] == us(*first)


def test_another_order_of_columns_gives_the_same_readings(tmp_path: Path) -> None:
    title = "Device,Device Timestamp,Record Type,Historic Glucose mmol/L,Serial Number\n"
    (tmp_path / "a.csv").write_text(title + "Reader,25-05-2019 16:25,0,5.1,SN\n", "utf-8")
    glucose = series(run(tmp_path), "glucose")
    assert (glucose.subject, len(glucose.start)) == ("SN", 1)


def test_a_renamed_table_gives_the_same_items(tmp_path: Path) -> None:
    shutil.copy(TABLE, tmp_path / "0001.dat")
    assert run(tmp_path).items == run(TABLE).items
