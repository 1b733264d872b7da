"""No value tells itself: neither texts, nor names that are data, wherever they stand in an archive."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importers.archive.errors import ArchiveError
from importers.drift.known import Place
from importers.drift.names import CROWD, Style, may_be_told
from tests.drift.archives import changed, texts, told
from tests.drift.learned import FIXTURES, archives
from vault_app.intake.drifts import description

MARK = "zqx"
"""Stands in everything that is planted, and nowhere else."""

ARCHIVES = [
    "chatgpt/archive",
    "tiktok/older",
    "spotify/account",
    "instagram/rarer",
    "facebook/rarer",
    "discord/package",
    "imdb/ratings.csv",
]

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8).map(lambda word: MARK + word)
VALUES = st.one_of(
    WORDS.map(lambda word: f"{word}@exemple.org"),
    WORDS.map(lambda word: f"https://exemple.org/{word}"),
    st.tuples(WORDS, st.integers(10_000, 10**9)).map(lambda pair: f"{pair[0]}{pair[1]}"),
    st.tuples(WORDS, WORDS).map(lambda pair: f"{pair[0].title()}, {pair[1]}!"),
    st.tuples(WORDS, st.dates()).map(lambda pair: f"{pair[1]} {pair[0]}"),
    st.tuples(st.uuids(), WORDS).map(lambda pair: f"{pair[0]}{pair[1]}"),
    WORDS.map(lambda word: f"12 rue {word}"),
    WORDS.map(lambda word: f"{word} (\U0001f600) \n {word}"),
    WORDS.map(lambda word: f"<b>{word}</b>"),
)
"""What stands where a name should stand, and looks like what it is."""


class Planter:
    """Plants into every object: see ``plant``."""

    def __init__(self, words: list[str], values: list[str]) -> None:
        self._words, self._values = words, values

    def plant(self, path: str, value: dict[str, Any], place: Place | None) -> dict[str, Any]:
        """A text into each text; for names that are data other ones; beside known names values in a name's place, a
        crowd of words, and an unknown box whose inside is full of them."""
        texts = {
            name: f"{one} {self._words[0]} {self._values[0]}" if isinstance(one, str) and not dated(one) else one
            for name, one in value.items()
        }
        if place is None:
            return texts
        if place.free:
            return {
                f"{word}{n}": one for n, (word, one) in enumerate(zip(self._words * 99, texts.values(), strict=False))
            }
        if path == "":
            return texts | dict.fromkeys(self._values[:1], 1)
        crowd = {f"{self._words[1]}{'abcdefghij'[n % 10]}{'klmnopqrst'[n // 10]}": 1 for n in range(CROWD + 1)}
        return texts | dict.fromkeys(self._values, 1) | crowd | {"box": dict.fromkeys(self._words, "x")}


def dated(text: str) -> bool:
    """Texts that must stay for a reader to know its file: times and links."""
    return text[:4].isdigit() or text.startswith(("http", "spotify:"))


@pytest.mark.parametrize("name", ARCHIVES)
@given(
    words=st.lists(WORDS, min_size=5, max_size=5, unique=True),
    values=st.lists(VALUES, min_size=5, max_size=5, unique=True),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
def test_what_is_planted_in_an_archive_is_nowhere_in_what_is_told(
    name: str, words: list[str], values: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    to = tmp_path_factory.mktemp(words[0])
    found = told(changed(name, to, Planter(words, values).plant))
    assert MARK in found.details
    said = description(found.drifts, "1", "2026-11") + "\n".join(texts(found.drifts))
    assert found.drifts, "the changes are noticed"
    assert MARK not in said.lower()


def test_what_is_planted_in_every_invented_archive_is_nowhere_in_what_is_told(tmp_path: Path) -> None:
    planter = Planter([f"{MARK}{word}" for word in ("anne", "bob", "chloe", "dani", "eve")], [f"{MARK}@exemple.org"])
    noticed = 0
    for number, path in enumerate(archives()):
        try:
            found = told(changed(str(path.relative_to(FIXTURES)), tmp_path / str(number), planter.plant))
        except ArchiveError:
            continue  # refused as a whole: nothing is told of it
        noticed += len(found.drifts)
        assert MARK not in description(found.drifts, "1", "2026-11") + "\n".join(texts(found.drifts)), path
    assert noticed > 100


@given(st.lists(WORDS, min_size=CROWD + 1, max_size=60, unique=True))
@settings(max_examples=20, deadline=None)
def test_a_map_from_people_to_things_is_counted_and_its_people_are_not_named(
    tmp_path_factory: pytest.TempPathFactory, people: list[str]
) -> None:
    (source,) = (FIXTURES / "spotify" / "extended").rglob("*.json")
    rows = json.loads(source.read_text(encoding="utf-8"))
    place = tmp_path_factory.mktemp("map") / source.name
    place.write_text(json.dumps([row | dict.fromkeys(people, 1) for row in rows]), encoding="utf-8")
    (drift,) = told(place).drifts
    assert [(new.place, new.name, new.count) for new in drift.new] == [("[]", "", 10)]


def test_a_name_that_stands_once_among_many_is_not_told(tmp_path: Path) -> None:
    (source,) = (FIXTURES / "spotify" / "extended").rglob("*.json")
    rows = [dict(row) for row in json.loads(source.read_text(encoding="utf-8")) * 10]
    rows[7]["zoe"] = 1
    (tmp_path / source.name).write_text(json.dumps(rows), encoding="utf-8")
    (drift,) = told(tmp_path / source.name).drifts
    assert [(new.name, new.count) for new in drift.new] == [("", 1)]


def test_a_table_without_its_header_tells_no_cell(tmp_path: Path) -> None:
    text = (FIXTURES / "imdb" / "ratings.csv").read_text(encoding="utf-8").split("\n", 1)[1]
    (tmp_path / "ratings.csv").write_text(text, encoding="utf-8")
    assert told(tmp_path / "ratings.csv").drifts == ()


@given(VALUES)
def test_a_value_in_the_place_of_a_name_may_not_be_told(value: str) -> None:
    assert not may_be_told(value) or not Style(["a_name", "other"]).like(value)


@pytest.mark.parametrize("name", ["Zoé Martin", "ZoeMartin", "zoé", "zoe.martin", "zoe-martin", "zoe4", "Zoe"])
def test_a_name_that_is_written_otherwise_than_the_known_ones_is_not_told(name: str) -> None:
    assert not Style(["sender_name", "timestamp_ms"]).like(name)


def test_what_stands_in_attributes_comments_and_quoted_text_of_xml_is_not_told(tmp_path: Path) -> None:
    source = next((FIXTURES / "smsbackup").rglob("*.xml"))
    text = source.read_text(encoding="utf-8")
    hidden = f'<!-- <{MARK}a {MARK}="1"/> --><![CDATA[ <{MARK}b {MARK}c="1"/> ]]>'
    text = re.sub(r'body="[^"]*"', f'body="{MARK} &lt;{MARK}d&gt; {MARK}e=\'x\'" mood_then="{MARK}"', text)
    text = re.sub(r"(<sms [^>]*/>)", rf"\1{hidden}", text)
    (tmp_path / source.name).write_text(text, encoding="utf-8")
    found = told(tmp_path / source.name)
    assert MARK in found.details
    said = description(found.drifts, "1", "2026-11")
    assert "mood_then" in said
    assert MARK not in said
