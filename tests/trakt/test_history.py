"""Trakt's objects: each time of watching has a number of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "trakt"
HISTORY = FIXTURES / "history-1.json"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_history_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(HISTORY, FIXTURES / "history.golden.jsonl", regenerate=regenerate)


def test_an_episode_is_watched_under_the_name_of_its_series() -> None:
    episode = run(HISTORY).items[0]
    assert episode.when is not None
    assert (episode.title, episode.when.us) == ("La Série – Deuxième", us(2024, 3, 1, 20))


def test_ratings_and_sums_of_plays_are_no_watching(tmp_path: Path) -> None:
    movie = {"title": "Le Grand Test", "ids": {"trakt": 60}}
    rated = [{"rated_at": "2024-03-03T10:00:00.000Z", "rating": 8, "type": "movie", "movie": movie}]
    plays = [{"plays": 2, "last_watched_at": "2024-03-02T20:00:00.000Z", "movie": movie}]
    (tmp_path / "a.json").write_text(json.dumps(rated), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(plays), encoding="utf-8")
    assert [item.kind for item in run(tmp_path).items] == [Kind.REACTION, Kind.OTHER]


def test_a_cut_history_gives_what_is_whole_and_says_so(tmp_path: Path) -> None:
    data = HISTORY.read_bytes()
    (tmp_path / "x.json").write_bytes(data[: data.index(b"77003")])
    found = run(tmp_path)
    assert [item.key for item in found.items] == [("history", "77001"), ("history", "77002")]
    assert [notice.reason for _, notice in found.notices][-1] == "json-cut-off"
