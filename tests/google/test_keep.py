"""Keep: notes, lists, their pictures and sounds."""

from __future__ import annotations

import shutil
from pathlib import Path

from importers.records import Handle, Item, Moment, Precision, Role
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run, sample

NOTES = FIXTURES / "keep" / "Takeout" / "Keep"


def titled(found: Run, title: str) -> Item:
    (item,) = (item for item in found.items if item.title == title)
    return item


def test_a_list_is_its_lines_and_says_who_shares_it() -> None:
    item = titled(run(NOTES), "Courses")
    assert item.text == "[x] Pommes\n[ ] Farine & sel"
    assert item.when == Moment(1_690_514_467_150_123, None, Precision.MICROSECOND)
    assert item.key == ("keep-note", 1_690_864_183_842_000, "Courses")
    mine, other = Handle("email", "moi@example.org"), Handle("email", "voisine@example.org")
    assert item.parties == (Role("owner", "", mine), Role("with", "", other))


def test_a_sound_is_found_though_its_ending_is_another_and_comes_once() -> None:
    found = run(NOTES)
    assert [file.name for file in titled(found, "").files] == ["memo.amr"]
    assert found.kinds == {"note": 2}


def test_a_note_without_the_time_it_was_made_stands_at_its_last_change() -> None:
    assert titled(run(NOTES), "").when == Moment(1_590_864_183_842_000, None, Precision.MILLISECOND)


def test_the_page_of_a_note_is_passed_over_when_the_notes_are_there(tmp_path: Path) -> None:
    folder = tmp_path / "Takeout" / "Keep"
    shutil.copytree(NOTES, folder)
    (folder / "Courses.html").write_text("<!DOCTYPE html><html><body>Pommes</body></html>")
    found = run(tmp_path)
    assert {path: ended.why for path, ended in found.ended.items() if ended.why} == {
        "Takeout/Keep/Courses.html": "google-keep-page"
    }


def test_a_note_that_is_cut_off_gives_its_sound_fields_and_says_so(tmp_path: Path) -> None:
    data = (NOTES / "Courses.json").read_bytes()
    (tmp_path / "x.json").write_bytes(data[: data.index(b'"labels"') + 12])
    found = run(tmp_path)
    assert titled(found, "Courses").text == "[x] Pommes\n[ ] Farine & sel"
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}


def test_real_notes_of_2023() -> None:
    found = run(sample("google/keep"))
    assert (found.kinds, found.outcomes, found.notices) == ({"note": 9}, {"read": 9}, [])
    checklist = titled(found, "Checklist note")
    assert checklist.when == Moment(1_690_372_692_755_000, None, Precision.MILLISECOND)
    assert checklist.text.splitlines()[0] == "[ ] First item"
    assert titled(found, "").text == "This note has a drawing but no title"
