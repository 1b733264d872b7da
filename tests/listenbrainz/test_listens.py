"""ListenBrainz: a play a line; broken lines cost themselves only."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "listenbrainz"
MONTH = FIXTURES / "1.jsonl"


def test_the_invented_month_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(MONTH, FIXTURES / "month.golden.jsonl", regenerate=regenerate)


def test_a_play_lasts_as_long_as_its_track() -> None:
    first, second = run(MONTH).items[:2]
    assert first.when is not None
    assert (first.when.us, first.end) == (1_714_554_189_000_000, 1_714_554_411_000_000)
    assert second.end is None


def test_a_play_without_a_time_is_kept_and_a_broken_line_said() -> None:
    found = run(MONTH)
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 3"), ("json-broken", "line 4")]
    assert [item.title for item in found.items] == ["Huit", "Neuf", "Sans heure"]


def test_a_renamed_month_is_recognised(tmp_path: Path) -> None:
    shutil.copy(MONTH, tmp_path / "0001")
    assert run(tmp_path).readers == {"0001": "listenbrainz.listens"}
