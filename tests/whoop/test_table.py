"""The four tables: each row's own offset, an open cycle, newest first."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "whoop"
FOLDER = FIXTURES / "my_whoop_data"
REAL = "whoop/2024-excerpt"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_export_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FOLDER, FIXTURES / "export.golden.jsonl", regenerate=regenerate)


def test_the_real_export_gives_six_rows_of_each_table() -> None:
    found = run(sample(REAL))
    assert found.outcomes == {"read": 4}
    assert found.kinds == {"measurement": 6, "sleep": 6, "workout": 6, "note": 6}
    assert not found.notices


def test_each_row_is_placed_by_its_own_offset() -> None:
    runs = [item for item in run(sample(REAL)).items if item.kind is Kind.WORKOUT]
    assert [(item.when.us, item.when.offset) for item in runs[:2] if item.when] == [
        (us(2024, 6, 24, 12, 8, 18), -240),
        (us(2024, 6, 10, 12, 10, 30), 60),
    ]
    assert runs[0].end == us(2024, 6, 24, 12, 29, 36)


def test_an_open_cycle_has_no_end_and_is_another_fact_once_it_is_closed(tmp_path: Path) -> None:
    (open_, closed) = [item for item in run(FOLDER).items if item.key[0] == "cycle"]
    assert open_.end is None
    assert closed.end == us(2024, 3, 2, 21, 40)
    text = (FOLDER / "physiological_cycles.csv").read_text("utf-8")
    (tmp_path / "later.csv").write_text(text.replace("22:40:00,,", "22:40:00,2024-03-03 22:00:00,"), "utf-8")
    keys = {item.key for item in run(tmp_path).items}
    assert closed.key in keys
    assert open_.key not in keys


def test_a_question_keeps_its_space_in_the_details_and_not_in_its_identity() -> None:
    (note,) = [item for item in run(FOLDER).items if item.kind is Kind.NOTE]
    assert isinstance(note.details, dict)
    assert (note.key[1], note.title, note.text) == ("Du café ?", "Du café ?", "deux tasses")
    assert note.details["Question text"] == "Du café ? "


def test_a_row_without_an_offset_is_kept_without_a_time_and_said() -> None:
    found = run(FOLDER)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-date", "line 3")]
    assert next(item for item in found.items if item.title == "Walking").when is None


def test_renamed_tables_give_the_same_keys(tmp_path: Path) -> None:
    for number, path in enumerate(sorted(FOLDER.iterdir())):
        shutil.copy(path, tmp_path / f"{number}.dat")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(FOLDER).items}
