"""Three styles of time in one archive, and counters that are snapshots."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "duolingo"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "duolingo", FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_sample_gives_courses_weeks_purchases_and_a_profile() -> None:
    found = run(sample("duolingo/2025-transcribed"))
    assert found.outcomes == {"read": 6}
    assert found.kinds == {"measurement": 4, "purchase": 2, "other": 1}
    assert found.series() == {"learning-points": 2}
    assert [(party.name, [handle.value for handle in party.handles]) for party in found.parties] == [
        ("Prénom Nom", ["exemple", "exemple@example.org"])
    ]
    assert not found.notices


def test_three_styles_of_time_are_all_utc() -> None:
    found = run(FIXTURES / "duolingo")
    (points,) = found.samples
    assert points.start.tolist() == [us(2024, 4, 29, 8)]
    times = {item.key[0]: item.when.us for item in found.items if item.when is not None}
    assert times["friends"] == us(2024, 5, 1, 10, 40)
    assert times["course"] == us(2024, 5, 1, 18)


def test_a_course_that_was_only_opened_has_no_time_and_no_notice() -> None:
    found = run(FIXTURES / "duolingo")
    opened = next(item for item in found.items if item.title == "es ← fr")
    assert opened.when is None
    assert [(notice.what, notice.position) for _, notice in found.notices] == [("timestamp", "line 3")]


def test_a_later_archive_is_another_snapshot_and_the_same_one_adds_nothing(tmp_path: Path) -> None:
    table = (FIXTURES / "duolingo" / "languages.csv").read_text("utf-8")
    (tmp_path / "later.csv").write_text(table.replace("1200", "1500"), "utf-8")
    before = {item.key for item in run(FIXTURES / "duolingo").items if item.key[0] == "course"}
    after = {item.key for item in run(tmp_path).items}
    assert len(before & after) == 1
    assert len(before | after) == 3


def test_gems_are_no_money() -> None:
    (bought,) = [item for item in run(FIXTURES / "duolingo").items if item.kind is Kind.PURCHASE]
    assert (bought.amount, bought.currency) == ("", "")


def test_secrets_are_kept_whole_and_read_by_nobody() -> None:
    assert run(FIXTURES / "duolingo").ended["auth_data.csv"].outcome == "kept"


def test_a_profile_that_names_one_field_very_often_takes_time_in_proportion(tmp_path: Path) -> None:
    for name in ("languages.csv", "profile.csv"):
        (tmp_path / name).write_bytes((FIXTURES / "duolingo" / name).read_bytes())
    with (tmp_path / "profile.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"bio,mot {number}\n" for number in range(40_000))
    began = time.process_time()
    (person,) = run(tmp_path).parties
    assert time.process_time() - began < 10, "the square of their number would take minutes"
    assert isinstance(person.details, dict)
    assert (person.details["bio"], person.details["bio (40000)"]) == ("mot 0", "mot 39999")
