"""What the commands that bring archives in say about files that cannot be taken."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.cli.selfdata import Selfdata

HISTORY = 'Title,Date\n"Un film","31/12/2024"\n"Un autre","30/12/2024"\n'


@pytest.fixture
def selfdata(tmp_path: Path) -> Selfdata:
    return Selfdata(tmp_path / "home").make()


@pytest.mark.skipif(sys.platform == "win32", reason="links and named pipes as POSIX has them")
def test_a_link_or_a_pipe_is_refused_with_a_sentence_and_the_others_come_in(selfdata: Selfdata, tmp_path: Path) -> None:
    history = tmp_path / "NetflixViewingHistory.csv"
    history.write_text(HISTORY, encoding="utf-8")
    link, pipe = tmp_path / "link.csv", tmp_path / "pipe.csv"
    link.symlink_to(history)
    os.mkfifo(pipe)
    for path in (link, pipe):
        assert selfdata("recognise", path).code == 2
    answer = selfdata("import", link, pipe, history, "--yes", "--json")
    assert answer.code == 0
    assert [account["new"] for account in answer.json()] == [2]
    assert [line.split(" : ")[0] for line in answer.err.splitlines()] == ["link.csv", "pipe.csv"]


def test_a_file_that_is_named_twice_is_one_archive(selfdata: Selfdata, tmp_path: Path) -> None:
    history = tmp_path / "NetflixViewingHistory.csv"
    history.write_text(HISTORY, encoding="utf-8")
    (account,) = selfdata("import", history, history, "--yes", "--json").json()
    assert (account["new"], account["known"], account["members"]["read"]) == (2, 0, 1)


def test_a_plan_says_how_many_facts_there_are_and_whether_that_is_a_guess(selfdata: Selfdata, tmp_path: Path) -> None:
    short, long = tmp_path / "a" / "NetflixViewingHistory.csv", tmp_path / "b" / "NetflixViewingHistory.csv"
    rows = "".join(f'"Un film {at}","{1 + at % 28:02}/01/{1000 + at // 28}"\n' for at in range(20_000))
    for path, text in ((short, HISTORY), (long, "Title,Date\n" + rows)):
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    (exact,), (guess,) = (selfdata("recognise", path, "--json").json() for path in (short, long))
    (read,) = exact["expected"]
    assert (read["reader"], read["exact"], read["kinds"], read["total"]) == (
        "netflix.viewing_history",
        True,
        {"watch": 2},
        2,
    )
    assert exact["uncounted"] == 0
    (read,) = guess["expected"]
    assert read["exact"] is False
    assert 10_000 < read["kinds"]["watch"] < 40_000
    assert read["total"] % 1_000 == 0
    lines = selfdata("recognise", short, long).out
    assert "netflix.viewing_history  2 " in lines
    assert f"environ {read['total'] // 1000} 000" in lines or f"about {read['total']:,}" in lines


def test_an_import_that_asks_shows_how_many_facts_there_are_before_anything_is_written(
    selfdata: Selfdata, tmp_path: Path
) -> None:
    history = tmp_path / "NetflixViewingHistory.csv"
    history.write_text(HISTORY, encoding="utf-8")
    answer = selfdata("import", history)  # nobody is at the keyboard to agree
    assert "netflix.viewing_history  2 " in answer.err
    assert selfdata("imports", "--json").json() == []
