"""Modules beside each other in one table, in UTC whatever the clock shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "netatmo"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "station.csv", FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_sample_of_a_rain_gauge_gives_two_days_at_local_noon() -> None:
    found = run(sample("netatmo/fr-raingauge-transcribed"))
    assert found.series() == {"rain": 2}
    (rain,) = found.samples
    assert (rain.subject, rain.unit) == ("pluviomètre", "mm")
    assert rain.start.tolist()[0] == us(2022, 8, 24, 10)
    assert rain.offset is not None
    assert set(rain.offset.texts()) == {"120"}
    assert [party.details["Long"] for party in found.parties] == ["0.55"]  # type: ignore[index]


def test_a_title_that_comes_again_is_of_the_second_module() -> None:
    warm = {batch.subject: batch for batch in run(FIXTURES / "station.csv").samples if batch.series == "temperature"}
    assert warm.keys() == {"Séjour", "Jardin"}
    assert warm["Jardin"].value is not None
    assert list(warm["Jardin"].value.texts()) == ["8.25", "8.0"]
    assert warm["Jardin"].unit == "degC"


def test_the_hour_that_comes_twice_is_told_apart_by_the_epoch() -> None:
    warm = next(batch for batch in run(FIXTURES / "station.csv").samples if batch.series == "temperature")
    assert warm.offset is not None
    assert (warm.start.tolist()[1] - warm.start.tolist()[0], list(warm.offset.texts())) == (
        3_600_000_000,
        ["120", "60"],
    )


def test_an_empty_cell_is_no_sample_and_an_unknown_column_is_kept() -> None:
    found = run(FIXTURES / "station.csv")
    assert found.series()["co2"] == 1
    assert "3" in found.items[0].details.values()  # type: ignore[union-attr]


def test_a_row_without_an_epoch_is_kept_and_said() -> None:
    found = run(FIXTURES / "station.csv")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-date", "line 7")]
    assert "19.0" in found.items[-1].details.values()  # type: ignore[union-attr]


def test_a_table_that_overlaps_another_one_brings_the_same_samples(tmp_path: Path) -> None:
    lines = (FIXTURES / "station.csv").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "a.dat").write_text("".join([*lines[:4], lines[5]]), "utf-8")
    warm = next(batch for batch in run(tmp_path).samples if batch.series == "temperature")
    assert (warm.exclusive, warm.start.tolist()) == (True, [us(2024, 10, 27, 1)])
