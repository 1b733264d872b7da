"""Files that records name are found by the end of their path, joined once, and kept by themselves otherwise."""

from __future__ import annotations

from pathlib import Path

from importers.archive.view import View, open_archive
from importers.neighbour_files import NeighbourFiles, loose
from importers.records import Kind
from tests.importing import parts_of


def archive(folder: Path, *paths: str) -> View:
    for path in paths:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path, encoding="utf-8")
    return open_archive(parts_of(folder))


def found(files: NeighbourFiles, folder: str, address: str) -> str:
    return "".join(piece.decode() for file in files.at(folder, address) for piece in file.pieces())


def test_of_two_files_of_one_name_the_one_whose_path_ends_most_alike_is_meant(tmp_path: Path) -> None:
    files = NeighbourFiles(archive(tmp_path, "w/a/photos/1.jpg", "w/b/photos/1.jpg"), "x")
    assert found(files, "", "b/photos/1.jpg") == "w/b/photos/1.jpg"
    assert found(files, "w/a", "photos/1.jpg") == "w/a/photos/1.jpg"


def test_an_address_that_leads_nowhere_is_counted_and_never_leaves_the_archive(tmp_path: Path) -> None:
    files = NeighbourFiles(archive(tmp_path, "a/1.jpg"), "x")
    assert found(files, "", "../../etc/passwd") == ""
    assert found(files, "", "elsewhere/1.jpg") == ""
    assert files.missing == 2


def test_a_file_without_an_ending_in_its_address_is_found_by_its_stem_and_not_by_its_description(
    tmp_path: Path,
) -> None:
    files = NeighbourFiles(archive(tmp_path, "media/0-abc.json", "media/0-abc.1"), "x")
    (file,) = files.stem("0-ABC", "port.jpg")
    assert (file.name, file.media_type, b"".join(file.pieces())) == ("port.jpg", "image/jpeg", b"media/0-abc.1")


def test_what_a_record_carries_is_no_item_of_its_own(tmp_path: Path) -> None:
    view = archive(tmp_path, "photos/1.jpg", "photos/2.jpg")
    NeighbourFiles(view, "x").at("", "photos/1.jpg")
    left = [item for member in view.members for item in loose(member, "x")]
    assert [(item.title, item.kind) for item in left] == [("2.jpg", Kind.PHOTO)]
