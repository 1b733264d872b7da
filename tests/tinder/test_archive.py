"""An archive of Tinder: counters by day, own messages only, numbers of matches that change."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "tinder"
ARCHIVE = FIXTURES / "archive"


def totals(found: Run) -> dict[str, int]:
    return {one.series: sum(int(text or 0) for text in one.value.texts()) for one in found.samples if one.value}


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_the_real_archive_gives_its_counters_and_messages() -> None:
    found = run(sample("tinder/hestia-2021"))
    assert set(found.series().values()) == {74}
    counted = totals(found)
    assert [counted[f"tinder-{name}"] for name in ("likes", "passes", "matches", "app-opens")] == [426, 899, 210, 410]
    assert len({item.key for item in found.items if item.key[0] == "message"}) == 600
    assert len(found.parties) == 1
    assert not found.notices


def test_months_are_read_short_and_in_full_and_escapes_are_undone() -> None:
    messages = [item for item in run(ARCHIVE).items if item.key[0] == "message"]
    assert messages[0].text == "C'est un toit ?"
    stamps = [datetime.fromtimestamp(item.when.us / 1e6, UTC).isoformat() for item in messages if item.when]
    assert stamps == ["2021-07-02T20:31:15+00:00", "2021-11-30T08:00:00+00:00"]


def test_a_day_is_counted_once_and_a_counter_of_zero_is_kept() -> None:
    (opened,) = [one for one in run(ARCHIVE).samples if one.series == "tinder-app-opens"]
    assert opened.value is not None
    assert list(opened.value.texts()) == ["3", "0"]
    assert opened.exclusive


def test_other_numbers_of_matches_give_the_same_messages(tmp_path: Path) -> None:
    text = (ARCHIVE / "data.json").read_text(encoding="utf-8").replace("Match 2", "Match 7")
    (tmp_path / "data.json").write_text(text, encoding="utf-8")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(ARCHIVE).items}


def test_a_renamed_file_is_recognised(tmp_path: Path) -> None:
    shutil.copy(ARCHIVE / "data.json", tmp_path / "export (1).json")
    assert run(tmp_path).lines() == [line.replace("data.json", "export (1).json") for line in run(ARCHIVE).lines()]


def test_a_date_that_is_none_is_said() -> None:
    assert [(notice.reason, notice.position) for _, notice in run(ARCHIVE).notices] == [("social-no-time", "record 2")]


def test_a_cut_archive_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    data = (ARCHIVE / "data.json").read_bytes()
    (tmp_path / "data.json").write_bytes(data[: data.index(b'"Photos"')])
    found = run(tmp_path)
    assert totals(found)["tinder-likes"] == 6
    assert [notice.reason for _, notice in found.notices][-1] == "json-cut-off"


def test_nothing_of_the_original_is_dropped() -> None:
    found = "\n".join(run(ARCHIVE).lines())
    for text in _texts(json.loads((ARCHIVE / "data.json").read_text(encoding="utf-8"))):
        assert (
            text.endswith("GMT")
            or "&" in text
            or json.dumps(text, ensure_ascii=False)[1:-1] in found
            or text[:7] == "2021-08"
        )


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
