"""Apple's privacy page: tables of the account, purchases, music, notes. Invented files in the documented shapes."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "apple"
PRIVACY = FIXTURES / "privacy"
MEDIA = PRIVACY / "Apple Media Services information"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(PRIVACY, FIXTURES / "privacy.golden.jsonl", regenerate=regenerate)


def test_a_title_above_the_header_and_a_header_that_comes_again_are_no_sign_ins() -> None:
    found = run(PRIVACY)
    assert [item.title for item in of(found, "sign-in")] == ["iCloud", "iTunes", "iTunes"]
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "line 6")]


def test_a_play_counts_when_it_ended_after_some_time_and_begins_before_its_end() -> None:
    plays = of(run(PRIVACY), "play")
    assert sum(item.kind is Kind.LISTEN for item in plays) == 3
    paused = next(item for item in plays if item.key[3] == 60000)
    assert paused.when is not None
    assert paused.end is not None
    assert (paused.end - paused.when.us, paused.when.offset) == (60_000_000, 120)


def test_the_artist_of_a_newer_table_is_looked_up_in_the_table_of_days() -> None:
    (newer,) = (item for item in of(run(PRIVACY), "play") if item.title == "Nouvelle Chanson")
    assert [role.name for role in newer.parties] == ["Les Nouveaux"]


def test_an_accented_name_that_was_read_wrongly_is_mended_and_kept() -> None:
    (device,) = of(run(PRIVACY), "device")
    assert device.title == "iPhone de Jérôme"
    assert device.details["Device Name"] == "iPhone de JÃ©rÃ´me"  # type: ignore[index]


def test_what_costs_nothing_is_no_purchase_and_amounts_have_a_point() -> None:
    assert [(item.amount, item.kind) for item in of(run(PRIVACY), "store")] == [
        ("2.99", Kind.PURCHASE),
        ("", Kind.OTHER),
    ]


def test_a_note_has_its_dates_and_attachments_and_one_without_a_text_is_kept() -> None:
    notes = of(run(PRIVACY), "note")
    assert [(note.title, len(note.files)) for note in notes] == [("Courses", 1), ("Perdue", 0)]
    assert "✓\tLait" in notes[0].text


def test_a_zip_within_a_zip_under_another_name_gives_the_same_records(tmp_path: Path) -> None:
    tracks = tmp_path / "tracks.zip"
    with zipfile.ZipFile(tracks, "w") as packed:
        packed.write(MEDIA / "Apple Music Library Tracks.json", "Apple Music Library Tracks.json")
    outer = tmp_path / "services multimédias.zip"
    with zipfile.ZipFile(outer, "w") as packed:
        for file in MEDIA.glob("*.csv"):
            packed.write(file, f"Apple_Media_Services/{file.name}")
        packed.write(MEDIA / "TV App Favorites and Activity.json", "Apple_Media_Services/TV.json")
        packed.write(tracks, "Apple_Media_Services/Apple Music Library Tracks.json.zip")
    assert {item.key for item in run(outer).items} == {item.key for item in run(MEDIA).items}


def test_a_table_that_is_cut_off_is_said_and_read_as_far_as_it_goes(tmp_path: Path) -> None:
    shutil.copytree(MEDIA, tmp_path / "a")
    path = tmp_path / "a" / "Store Transaction History.csv"
    path.write_bytes(path.read_bytes()[:-60])
    found = run(tmp_path)
    assert "table-cut" in {notice.reason for _, notice in found.notices}
    assert len(of(found, "store")) == 2


def test_no_cell_of_the_originals_is_dropped() -> None:
    said = "\n".join(run(PRIVACY).lines())
    for file in PRIVACY.rglob("*.csv"):
        for line in file.read_text(encoding="utf-8").splitlines():
            for cell in line.replace('"', "").split(","):
                assert json.dumps(cell, ensure_ascii=False)[1:-1] in said
