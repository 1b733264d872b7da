"""The view: progress, memory of what was made, finding, plain files and folders."""

from __future__ import annotations

import importlib
import io
import sys
from pathlib import Path

import pytest

from importers.archive import budget, unpack
from importers.archive.errors import ArchiveError
from importers.archive.parts import FilePart
from importers.archive.view import View, open_archive
from importers.reading import read
from importers.recognition import Rulebook
from tests.archive.building import STORED, Entry, files, paths, tarred, tgz, view, whole, zipped
from tests.importing import parts_of

BIG = [Entry(b"%d.bin" % n, data, STORED) for n, (_, data) in enumerate(files(6, 200_000))]
SHAPES = {
    "a.zip": zipped(*BIG),
    "b.zip": zipped(*(Entry(e.name, e.data) for e in BIG), Entry(b"link", b"x", mode=0o120777)),
    "a.tar": tarred(*files(6, 200_000)),
    "a.tgz": tgz(*files(6, 200_000)),
    "nested.zip": zipped(Entry(b"in.zip", zipped(*BIG)), Entry(b"in.tgz", tgz(*files(3, 90_000))), *BIG[:2]),
    "plain.bin": bytes(300_000),
}


@pytest.mark.parametrize("name", SHAPES)
def test_progress_grows_inside_a_member_never_shrinks_and_ends_at_the_size(name: str) -> None:
    archive = view(SHAPES[name], name)
    seen = [archive.bytes_done]
    for member in archive.members:
        for _ in range(2):
            with member.open() as stream:
                while stream.read(10_000):
                    seen.append(archive.bytes_done)
    assert seen == sorted(seen)
    assert len(set(seen)) > len(archive.members) + 1
    assert seen[-1] == archive.bytes_total == len(SHAPES[name])


def test_looking_at_members_is_no_progress_and_members_that_are_left_out_count_at_their_turn() -> None:
    archive = view(SHAPES["a.zip"])
    before = archive.bytes_done
    run = read(archive, Rulebook(()), frozenset({1, 2}))
    next(run)
    assert archive.bytes_done == before
    for _ in run:
        pass
    assert archive.bytes_done == archive.bytes_total


def test_a_folder_s_files_are_members_and_count_when_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_bytes(b"22")
    (tmp_path / "one.txt").write_bytes(b"1")
    archive = open_archive(parts_of(tmp_path))
    assert whole(archive) == {"b/two.txt": b"22", "one.txt": b"1"}
    assert archive.bytes_done == archive.bytes_total == 3


def test_an_empty_file_is_a_member() -> None:
    assert whole(view(b"", "empty.csv")) == {"empty.csv": b""}


def test_one_file_read_by_two_readers_at_once_gives_each_all_of_it() -> None:
    data = bytes(range(256)) * 900
    member = view(data, "plain.bin").members[0]
    first, second = member.open(), member.open()
    got = [bytearray(), bytearray()]
    for _ in range(25):
        got[0] += first.read(10_000)
        got[1] += second.read(10_000)
    assert got == [data, data]


def test_a_name_is_found_whatever_its_case_and_folder() -> None:
    archive = view(zipped(Entry("Données/Activité de visionnage.CSV".encode(), b"x"), Entry(b"other", b"y")))
    assert [member.path for member in archive.find("**/activité de visionnage.csv")] == [
        "Données/Activité de visionnage.CSV"
    ]
    assert archive.find("nothing") == ()


def test_what_importers_share_is_made_once() -> None:
    archive = view(zipped(Entry(b"a", b"x")))
    made: list[int] = []
    for _ in range(3):
        archive.memo("table", lambda: made.append(1))
    assert made == [1]


def test_a_file_that_cannot_be_read_is_an_archive_error() -> None:
    class Torn(io.BytesIO):
        """A disk that fails behind the first half."""

        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 100_000:
                raise OSError("I/O error")
            return super().read(60_000)

    stream = Torn(bytes(300_000))
    archive = open_archive([FilePart("plain.bin", stream, 300_000)])
    with pytest.raises(ArchiveError, match="member-damaged"):
        archive.members[0].read(300_000)


def test_everything_is_read_without_the_fast_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "isal", None)
    try:
        importlib.reload(unpack)
        assert unpack._fast.__name__ == "zlib"
        archive: View = view(zipped(Entry(b"a", b"text" * 900)))
        assert whole(archive) == {"a": b"text" * 900}
        assert paths(archive) == ["a"]
    finally:
        monkeypatch.undo()
        importlib.reload(unpack)


def test_long_work_gives_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "BEAT", 100_000)
    beats: list[int] = []
    data = SHAPES["a.tgz"]
    archive = open_archive([FilePart("a.tgz", io.BytesIO(data), len(data))], lambda: beats.append(1))
    assert len(beats) >= 8
    before = len(beats)
    for _ in read(archive, Rulebook(())):
        pass
    assert len(beats) > before
