"""Archives of several files."""

from __future__ import annotations

import io
from itertools import permutations

import pytest

from importers.archive.parts import FilePart
from importers.archive.sets import missing
from importers.archive.view import View, open_archive
from tests.archive.building import Entry, paths, zipped

PARTS = {
    "takeout-20240105T101112Z-001.zip": zipped(Entry(b"a.txt", b"1"), Entry(b"index.html", b"first page")),
    "takeout-20240105T101112Z-002.zip": zipped(Entry(b"b.txt", b"2"), Entry(b"index.html", b"second page")),
    "takeout-20240105T101112Z-010.zip": zipped(Entry(b"c.txt", b"3"), Entry(b"a.txt", b"1")),
}


def together(names: list[str]) -> View:
    return open_archive([FilePart(name, io.BytesIO(PARTS[name]), len(PARTS[name])) for name in names])


def test_parts_in_any_order_give_the_same_members_in_the_same_order() -> None:
    listings = {tuple(paths(together(list(order)))) for order in permutations(PARTS)}
    assert listings == {("a.txt", "index.html", "b.txt", "index.html", "c.txt")}


def test_one_path_with_different_bytes_in_two_parts_is_two_members() -> None:
    found = together(list(PARTS)).find("index.html")
    assert [member.read(99) for member in found] == [b"first page", b"second page"]


def test_the_numbering_shows_which_parts_are_missing() -> None:
    told = [notice for _, notice in together(list(PARTS)).notices]
    assert {notice.reason for notice in told} == {"part-missing"}
    assert [notice.what for notice in told][:2] == [f"takeout-20240105T101112Z-00{n}.zip" for n in (3, 4)]
    assert len(told) == 7


@pytest.mark.parametrize(
    ("files", "absent"),
    [
        (
            ["takeout-20240105T101112Z-1-001.zip", "takeout-20240105T101112Z-1-003.zip"],
            ["takeout-20240105T101112Z-1-002.zip"],
        ),
        (["takeout-20240105T101112Z-002 (1).tgz"], ["takeout-20240105T101112Z-001.tgz"]),
        (["Photos Part 2 of 3.zip", "Photos Part 3 of 3.zip"], ["Photos Part 1 of 3.zip"]),
        (["camille_part_1.zip", "camille_part_3.zip"], ["camille_part_2.zip"]),
        (["photos-2023-12-100.zip"], []),
        (["takeout-20240105T101112Z-001.zip", "takeout-20240105T101112Z-001 (1).zip"], []),
        (["facebook-camille-05-01-2024.zip"], []),
        (["my_data.zip", "watch.csv", ""], []),
    ],
)
def test_names_of_many_services_are_understood(files: list[str], absent: list[str]) -> None:
    assert missing(files) == absent
