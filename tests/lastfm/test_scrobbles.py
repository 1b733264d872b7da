"""Last.fm's plays as a tool saves them: the play that is on has no time."""

from __future__ import annotations

from pathlib import Path

from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "lastfm"
PLAYS = FIXTURES / "lastfm-lou.json"


def test_the_invented_plays_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(PLAYS, FIXTURES / "plays.golden.jsonl", regenerate=regenerate)


def test_a_play_that_is_on_has_no_time_and_a_wrong_time_is_said() -> None:
    found = run(PLAYS)
    assert [item.when.us if item.when else None for item in found.items] == [None, 1_714_554_189_000_000, None]
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-date", "record 3")]


def test_cut_plays_give_what_is_whole_and_say_so(tmp_path: Path) -> None:
    data = PLAYS.read_bytes()
    (tmp_path / "lastfm.json").write_bytes(data[: data.index(b"jamais")])
    found = run(tmp_path)
    assert [item.title for item in found.items] == ["En cours", "Huit"]
    assert {notice.reason for _, notice in found.notices} == {"json-cut-off"}
