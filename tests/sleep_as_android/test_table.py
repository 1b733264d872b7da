"""Nights with titles of their own: movements at their minutes, also past midnight and over a clock that is set back."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "sleep-as-android"
TABLE = FIXTURES / "sleep-export.csv"
REAL = "sleep-as-android/2020-excerpt"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_table_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(TABLE, FIXTURES / "sleep-export.golden.jsonl", regenerate=regenerate)


def test_the_real_table_gives_three_nights_with_all_their_events() -> None:
    found = run(sample(REAL))
    assert found.kinds == {"sleep": 3}
    assert found.series() == {"sleep-movement": 314}
    night = found.items[0]
    assert night.key == ("night", "1588483359588")
    assert night.when is not None
    assert (night.when.us, night.when.offset) == (1_588_483_359_588_000, 60)
    assert night.end == us(2020, 5, 3, 13, 53)
    assert isinstance(night.details, dict)
    assert night.details["Event"][0] == "LIGHT_START-1588483359588"
    assert not found.notices


def test_movements_past_midnight_belong_to_the_next_day() -> None:
    movements = next(batch for batch in run(TABLE).samples if batch.series == "sleep-movement")
    assert movements.start.tolist()[-2:] == [us(2024, 3, 1, 22, 40), us(2024, 3, 1, 23, 10)]


def test_an_hour_that_comes_twice_is_counted_twice() -> None:
    movements = next(batch for batch in run(TABLE).samples if batch.series == "sleep-movement")
    assert movements.start.tolist()[:5] == [
        us(2024, 10, 26, 23, 57),
        us(2024, 10, 27, 0, 27),
        us(2024, 10, 27, 0, 57),
        us(2024, 10, 27, 1, 2),
        us(2024, 10, 27, 2, 2),
    ]


def test_a_third_line_is_the_noise_of_the_same_night() -> None:
    noise = next(batch for batch in run(TABLE).samples if batch.series == "sleep-noise")
    assert noise.value is not None
    assert list(noise.value.texts()) == ["0.02", "0.03"]


def test_a_renamed_table_gives_the_same_nights(tmp_path: Path) -> None:
    shutil.copy(TABLE, tmp_path / "0001.dat")
    assert run(tmp_path).items == run(TABLE).items


def test_a_cut_table_gives_its_whole_nights_and_says_so(tmp_path: Path) -> None:
    data = TABLE.read_bytes()
    (tmp_path / "sleep-export.csv").write_bytes(data[: data.index(b"AWAKE_END")])
    found = run(tmp_path)
    assert found.kinds == {"sleep": 2}
    assert "table-cut" in {notice.reason for _, notice in found.notices}


def test_an_end_that_is_no_time_is_said_and_the_night_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(TABLE.read_bytes().replace(b"02. 03. 2024 6:00", b"02. ##. 2024 6:00"))
    found = run(tmp_path)
    assert [(notice.reason, notice.position, notice.what) for _, notice in found.notices] == [
        ("table-date", "line 4", "To")
    ]
    assert [item.end is None for item in found.items] == [False, True]
