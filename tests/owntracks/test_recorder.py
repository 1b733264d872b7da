"""OwnTracks' recorder: a message a line, fixes sent twice, regions entered and left."""

from __future__ import annotations

import shutil
from pathlib import Path

from importers.records import Kind
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "owntracks"
RECORDING = FIXTURES / "2024-05.rec"


def column(found: Run, name: str) -> list[str | None]:
    return [value for samples in found.samples for value in samples.columns[name].texts()]


def test_the_invented_recording_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(RECORDING, FIXTURES / "recording.golden.jsonl", regenerate=regenerate)


def test_the_sample_recording_gives_9_fixes_of_8_places_and_4_other_messages() -> None:
    found = run(sample("owntracks/2024-03.rec"))
    assert found.series() == {"position": 9}
    starts = [int(start) for samples in found.samples for start in samples.start]
    assert len(set(zip(starts, column(found, "lat"), column(found, "lon"), strict=True))) == 8
    assert starts[0] == 1_709_283_789_000_000
    assert found.kinds == {"event": 2, "bookmark": 1, "other": 1}
    assert not found.notices


def test_coordinates_are_kept_to_the_letter_and_lists_as_json() -> None:
    found = run(RECORDING)
    assert column(found, "lat") == ["45.1900", "45.1900", "45.2"]
    assert column(found, "inregions") == ['["maison"]', '["maison"]', None]
    assert column(found, "p") == ["99.266", "99.266", None]


def test_a_fix_that_was_sent_again_differs_in_incidental_fields_only() -> None:
    (samples,) = run(RECORDING).samples
    differing = {name for name, values in samples.columns.items() if len(set(list(values.texts())[:2])) > 1}
    assert differing == {"created_at", "received"}
    assert differing <= samples.incidental


def test_old_files_have_spaces_where_others_have_tabs() -> None:
    assert column(run(RECORDING), "mark") == ["*", "*", "*"]


def test_regions_are_events_and_places_bookmarks() -> None:
    kinds = {item.title: item.kind for item in run(RECORDING).items}
    assert kinds == {
        "leave maison": Kind.EVENT,
        "Travail": Kind.BOOKMARK,
        "lwt": Kind.OTHER,
        "location": Kind.OTHER,
    }


def test_a_broken_line_is_said_and_a_fix_beyond_the_earth_is_kept_as_an_item() -> None:
    found = run(RECORDING)
    assert [(n.reason, n.position) for _, n in found.notices] == [("json-broken", "line 7")]
    assert next(item for item in found.items if item.title == "location").details["lat"] == 95.0  # type: ignore[index]


def test_a_renamed_recording_is_recognised(tmp_path: Path) -> None:
    shutil.copy(RECORDING, tmp_path / "0001.txt")
    found = run(tmp_path)
    assert found.readers == {"0001.txt": "owntracks.recorder"}
    assert found.series() == {"position": 3}
