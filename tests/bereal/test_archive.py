"""An archive of BeReal: pictures found by their name, posts and memories of one moment."""

from __future__ import annotations

from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "bereal"
ARCHIVE = FIXTURES / "archive"


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_a_post_has_both_pictures_though_the_folder_has_another_name() -> None:
    post = next(item for item in run(ARCHIVE).items if item.key[0] == "post")
    assert [file.name for file in post.files] == ["p1.webp", "s1.webp"]
    assert (post.lat, post.lon, post.text) == (45.75, 4.85, "sur le toit")


def test_a_memory_of_the_same_moment_is_no_second_photo_but_says_what_it_adds() -> None:
    memory = next(item for item in run(ARCHIVE).items if item.key[0] == "memory")
    assert (memory.kind, memory.files, memory.details["isLate"]) == (Kind.OTHER, (), True)  # type: ignore[index]


def test_memories_alone_carry_their_pictures(tmp_path: Path) -> None:
    (tmp_path / "Photos" / "post").mkdir(parents=True)
    (tmp_path / "Photos" / "post" / "p1.webp").write_bytes(b"RIFF")
    (tmp_path / "memories.json").write_bytes((ARCHIVE / "memories.json").read_bytes())
    (memory,) = run(tmp_path).items
    assert (memory.kind, [file.name for file in memory.files]) == (Kind.PHOTO, ["p1.webp"])


def test_a_picture_that_no_post_names_stands_alone_and_a_bad_date_is_said() -> None:
    found = run(ARCHIVE)
    assert [item.title for item in found.items if item.key[0] == "document"] == ["seul.webp"]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("social-no-time", "record 2")]
    assert "unknown" not in found.outcomes
