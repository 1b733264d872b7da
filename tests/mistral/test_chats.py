"""Le Chat: files without a title and without order."""

from __future__ import annotations

from pathlib import Path

from tests.importing import check_golden, run
from tests.kept_values import lost_values

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "mistral"
ARCHIVE = FIXTURES / "archive"


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_title_is_the_beginning_of_the_first_question_in_time() -> None:
    titles = {item.title for item in run(ARCHIVE).items if item.key[0] == "message"}
    assert titles == {"Quel temps fera-t-il demain sur la côte, du matin "}


def test_a_second_answer_of_the_same_id_is_a_message_of_its_own() -> None:
    answers = [item for item in run(ARCHIVE).items if item.key[:2] == ("message", "l-2")]
    assert [item.text for item in answers] == ["Il pleut demain.", "Il fera beau."]


def test_files_go_with_their_message_or_else_by_themselves() -> None:
    found = run(ARCHIVE)
    assert sorted(file.name for item in found.items for file in item.files) == ["ciel.png", "seul.txt"]
    assert found.outcomes == {"read": 3}


def test_no_value_is_lost() -> None:
    assert not lost_values(run(ARCHIVE), *ARCHIVE.glob("*.json"))
