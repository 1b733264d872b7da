"""TCX: activities outdoors and indoors."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.records import Item, Kind, Notice, Samples
from importers.tcx.activities import read_tcx
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "tcx"
RUN = FIXTURES / "run.tcx"


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(RUN, FIXTURES / "run.golden.jsonl", regenerate=regenerate)


def test_white_space_before_the_declaration_and_another_name_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "x.dat").write_bytes(RUN.read_bytes())
    assert run(tmp_path).readers == {"x.dat": "tcx.activities"}


def test_an_activity_lasts_to_the_end_of_its_last_lap_and_a_course_is_a_bookmark() -> None:
    ride, course = run(RUN).items[:2]
    assert (ride.kind, ride.title, ride.text) == (Kind.WORKOUT, "Biking", "Vent de face")
    assert ride.when is not None
    assert ride.end is not None
    assert ride.end - ride.when.us == 70_500_000
    assert (course.kind, course.when, course.lat) == (Kind.BOOKMARK, None, 47.5)


def test_points_outdoors_are_positions_and_those_indoors_are_what_they_measured() -> None:
    found = run(RUN)
    assert found.series() == {"position": 1, "heart-rate": 1, "workout-point": 1}
    columns = found.samples[0].columns
    row = {name: next(columns[name].texts()) for name in ("ele", "hr", "cad", "speed", "power", "distance")}
    assert row == {"ele": "101.5", "hr": "118", "cad": "80", "speed": "5.25", "power": "150", "distance": "5.0"}


def test_a_point_without_a_time_is_told_and_kept() -> None:
    found = run(RUN)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("tcx-point-without-time", "point 4")]
    assert found.items[0].details["points"] == [{"n": "4", "Time": "jamais", "cad": "82"}]  # type: ignore[index]


def test_every_text_of_the_file_is_kept() -> None:
    kept = "\n".join(run(RUN).lines())
    for text in ("300.0", "AvgSpeed", "Compteur", "UnitId", "Outil inventé", "Boucle", "AverageHeartRateBpm", "2.75"):
        assert text in kept


@pytest.mark.parametrize(
    ("path", "series"),
    [
        ("tcx/running.tcx", {"position": 1}),
        ("standards/tcx/running.tcx", {"position": 1}),
        ("tcx/no_gps.tcx", {"heart-rate": 2}),
    ],
)
def test_the_samples_give_their_points(path: str, series: dict[str, int]) -> None:
    found = run(sample(path))
    assert (found.kinds, found.series(), found.notices) == ({"workout": 1}, series, [])
    assert found.items[0].title == "Running"


def test_a_file_that_is_cut_off_gives_the_points_before_it() -> None:
    data = RUN.read_bytes()
    records = list(read_tcx([data[: data.index(b"08:00:03Z")]]))
    assert [record.kind for record in records if isinstance(record, Item)] == [Kind.WORKOUT]
    assert sum(len(record.start) for record in records if isinstance(record, Samples)) == 2
    assert {record.reason for record in records if isinstance(record, Notice)} == {"xml-broken"}
