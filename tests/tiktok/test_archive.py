"""An archive of TikTok: sections that were renamed, fields that lost their capitals, lists that are null."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "tiktok"
NEW, OLD, TEXTS = FIXTURES / "archive", FIXTURES / "older", FIXTURES / "texts"


def counts(found: Run) -> dict[str, int]:
    return dict(Counter(str(key[0]) for key in {item.key for item in found.items}))


@pytest.mark.parametrize("name", ["archive", "older", "texts"])
def test_the_invented_archives_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


def test_the_real_archive_gives_every_record_of_every_list() -> None:
    found = run(sample("tiktok/hestia-2022/tiktok.zip"))
    assert counts(found) == {
        "watch": 5549,
        "like": 589,
        "search": 389,
        "login": 2289,
        "follower": 30,
        "following": 200,
        "comment": 389,
        "message": 589 + 189,
        "share": 1,
        "block": 16,
        "device": 1,
        "setting settingsmap": 1,
    }
    assert [party.name for party in found.parties] == ["john.lennon"]
    assert not found.notices


def test_the_first_film_of_the_real_archive_was_watched_in_utc() -> None:
    found = run(sample("tiktok/hestia-2022/tiktok.zip"))
    first = next(item for item in found.items if item.key[0] == "watch")
    assert first.when is not None
    assert datetime.fromtimestamp(first.when.us / 1e6, UTC).isoformat() == "2010-03-08T10:58:25+00:00"
    assert first.title.endswith("/1355823122890123363/")


def test_old_new_and_text_archives_tell_the_same_facts_once() -> None:
    old, new, texts = ({item.key for item in run(path).items} for path in (OLD, NEW, TEXTS))
    assert {key[0] for key in old & new} == {"watch", "search", "like", "comment", "message", "post", "follower"}
    assert texts < old


def test_a_date_that_is_none_is_said_and_the_film_is_kept() -> None:
    found = run(OLD)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("social-no-time", "record 3")]
    assert counts(found)["watch"] == 3


def test_a_renamed_file_is_recognised_by_its_keys(tmp_path: Path) -> None:
    for folder, name in ((OLD, "user_data.json"), (NEW, "user_data_tiktok.json")):
        shutil.copy(folder / name, tmp_path / "data.txt")
        assert {item.key for item in run(tmp_path).items} == {item.key for item in run(folder).items}


def test_a_cut_archive_gives_what_came_before_the_cut(tmp_path: Path) -> None:
    data = (OLD / "user_data.json").read_bytes()
    (tmp_path / "user_data.json").write_bytes(data[: data.index(b'"Comment"') + 40])
    found = run(tmp_path)
    assert counts(found)["watch"] == 3
    assert "json-cut-off" in {notice.reason for _, notice in found.notices}


def test_nothing_of_the_originals_is_dropped() -> None:
    for folder in (OLD, NEW):
        (path,) = folder.iterdir()
        found = "\n".join(run(folder).lines())
        for text in _texts(json.loads(path.read_text(encoding="utf-8"))):
            stamp = text[:2] == "20" and text[4:5] == "-"
            assert stamp or json.dumps(text, ensure_ascii=False)[1:-1] in found, text


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
