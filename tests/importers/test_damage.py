"""Damage planted in real samples: it is told with its position, and costs nothing but the damaged record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing import Run, run, sample

CASES = {
    "a waypoint without an end costs no other waypoint": (
        "standards/gpx/unicode.gpx",
        b"</wpt>",
        b'</wpt><wpt lat="48.1" lon="2.1"><name>Sans fin</wpt>',
    ),
    "a waypoint whose place is no number is told": (
        "standards/gpx/unicode.gpx",
        b"</wpt>",
        b'</wpt><wpt lat="##" lon="##"><name>Nulle part</name></wpt>',
    ),
    "a track point whose time is no time is told": (
        "standards/gpx/gpx_track_single_segment.gpx",
        b"</trkpt>",
        b'</trkpt><trkpt lat="48.1" lon="2.1"><time>####-##-##</time></trkpt>',
    ),
    "a workout whose times are no times is told": (
        "apple/health/apple_health_export/export.xml",
        b"</Workout>",
        b'</Workout><Workout workoutActivityType="HKWorkoutActivityTypeRunning" startDate="####" endDate="####"/>',
    ),
    "a row without any number leaves the other positions positions": (
        "standards/csv/gpslogger.csv",
        b"2024-06-15T10:31:00.000Z",
        b"####-##-##,##.##,##.##,##,#,##,#.#,##,gps,walking,##\n2024-06-15T10:31:00.000Z",
    ),
}


def counted(result: Run) -> int:
    """Items and samples of series that another run can be compared with."""
    return sum(result.kinds.values()) + sum(result.series().values())


@pytest.mark.parametrize("case", CASES)
def test_damage_is_told_with_its_position_and_costs_nothing_else(case: str, tmp_path: Path) -> None:
    check(*CASES[case], tmp_path)


def check(path: str, before: bytes, planted: bytes, tmp_path: Path) -> None:
    """Plant the damage in the sample, and compare with what the sound one gives."""
    original = sample(path)
    data = original.read_bytes()
    assert before in data
    damaged = tmp_path / original.name
    damaged.write_bytes(data.replace(before, planted, 1))
    clean, result = run(original), run(damaged)
    assert any(notice.position for _, notice in result.notices)
    assert counted(result) >= counted(clean)
    assert result.series().keys() >= clean.series().keys()
