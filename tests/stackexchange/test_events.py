"""Events of Stack Exchange: names with backslashes in the zip, a byte order mark before the JSON."""

from __future__ import annotations

import zipfile
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "stackexchange"
ARCHIVE = FIXTURES / "archive"


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_a_backslash_in_the_name_of_a_member_is_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as made:
        data = (ARCHIVE / "analytics" / "vote.submit.json").read_bytes()
        made.writestr("analytics/qa\\vote.submit.json", data)
    found = run(path)
    assert {item.key for item in found.items} == {item.key for item in run(ARCHIVE).items}
    assert {item.details["event"] for item in found.items} == {"vote.submit"}  # type: ignore[index]


def test_two_votes_at_one_moment_are_two_reactions() -> None:
    items = run(ARCHIVE).items
    assert len({item.key for item in items}) == 2
    assert {item.kind for item in items} == {Kind.REACTION}
