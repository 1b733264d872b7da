"""Tracks as text in one field, JSON that is none, times that say nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "huawei"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "HUAWEI_HEALTH_20240601", FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_sample_gives_a_run_and_its_one_position() -> None:
    found = run(sample("huawei-health/constructed"))
    assert found.kinds == {"workout": 1}
    assert found.series() == {"position": 1}
    (item,) = found.items
    assert item.when is not None
    assert (item.title, item.when.offset, item.end) == ("running", 60, 1_700_001_800_000_000)


def test_json_with_numbers_as_keys_is_mended() -> None:
    item = run(FIXTURES / "HUAWEI_HEALTH_20240601").items[0]
    assert item.details["partTimeMap"] == {"1.0": 320.0, "2.0": 641.5}  # type: ignore[index]


def test_lines_with_an_epoch_are_samples_and_every_other_line_stays() -> None:
    found = run(FIXTURES / "HUAWEI_HEALTH_20240601")
    assert found.series() == {"position": 1, "heart-rate": 1}
    assert {batch.start.tolist()[0] for batch in found.samples} == {us(2024, 5, 1, 10), us(2024, 5, 1, 10, 0, 5)}
    left = found.items[0].details["attribute"]  # type: ignore[index]
    assert "tp=s-r;k=1714557605000;v=160;" in left
    assert "lat=145.9" in left
    assert 'SIMPLIFY@is{"avgHeartRate":130}' in left


def test_a_relative_time_is_not_guessed() -> None:
    item = run(FIXTURES / "HUAWEI_HEALTH_20240601").items[1]
    assert "t=12.0;" in item.details["attribute"]  # type: ignore[index]
    assert item.title == ""


def test_a_workout_without_a_time_is_kept_and_said() -> None:
    found = run(FIXTURES / "HUAWEI_HEALTH_20240601")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-date", "record 3")]
    assert len(found.items) == 3


def test_a_renamed_file_gives_the_same_records(tmp_path: Path) -> None:
    (path,) = (FIXTURES / "HUAWEI_HEALTH_20240601").rglob("*.json")
    (tmp_path / "0001.dat").write_bytes(path.read_bytes())
    assert run(tmp_path).lines()[:3] == run(FIXTURES / "HUAWEI_HEALTH_20240601").lines()[:3]
