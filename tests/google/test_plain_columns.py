"""Many entries at once give what they give one by one: activities and positions, plain ones and odd ones."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from importers.formats import json_blocks
from importers.formats.json_blocks import Block
from importers.google import my_activity, positions, wording
from importers.google.activity import Activity
from importers.google.identity import Identities, Repeats
from importers.google.plain_activities import plain_entries
from importers.google.positions import Fix
from importers.records import Item, Items, Notice, Record, Samples, singly
from tests.importing import run

WORDS = st.sampled_from(
    [
        *(
            "Vous avez recherché gâteau",
            "Vous avez regardé  deux espaces",
            "A consulté\u00a0: une page",
            "e\u0301te\u0301",
        ),
        *("Watched a film", "Brot angesehen", "", " devant", "derrière ", "deux\nlignes", "Ⅳ ﬁn", "x" * 1200),
    ]
)
URLS = st.sampled_from(
    ["https://www.google.com/url?q=https://a.example/b%20c&usg=x", "https://www.youtube.com/watch?v=1", "", "autre"]
)
TIMES = st.sampled_from(["2022-03-08T07:23:43.479Z", "2022-03-08T07:23:43Z", "2021-12-31T23:59:59Z"])
LISTS = {
    "products": st.sampled_from([["YouTube"], ["Recherche", "Maps"], []]),
    "details": st.sampled_from([[{"name": "De Google Ads"}], [{"name": "autre chose"}]]),
    "subtitles": st.sampled_from([[{"name": "Chaîne", "url": "https://www.youtube.com/channel/UC1"}], [{"name": "x"}]]),
    "locationInfos": st.sampled_from([[{"url": "https://maps.example/@/maps?center=48.5,2.25&zoom=12"}], [{}]]),
}
PLAIN = st.fixed_dictionaries(
    {"header": st.sampled_from(["YouTube", "Recherche"]), "title": WORDS, "time": TIMES},
    optional={"titleUrl": URLS, "description": WORDS, **LISTS},
)
ODD = st.sampled_from(
    [
        *({"title": "sans heure"}, {"title": "décalée", "time": "2022-03-08T07:23:43+01:00"}),
        *({"title": 'avec "guillemets"', "time": "2022-03-08T07:23:43Z"}, {"time": "hier", "title": "x"}),
        *({"title": "x", "time": "2022-03-08T07:23:43Z", "inconnu": [1]}, {"snippet": {"title": "ancien"}}),
    ]
)
PLACE = st.integers(-1_800_000_000, 4_294_967_296)
FIXES = st.fixed_dictionaries(
    {"timestamp": TIMES},
    optional={
        "latitudeE7": PLACE,
        "longitudeE7": PLACE,
        "accuracy": st.integers(0, 3000),
        "velocity": st.integers(0, 40),
        "source": st.sampled_from(["WIFI", "GPS"]),
        "activity": st.sampled_from([[], [{"activity": [{"type": "STILL", "confidence": 3}]}]]),
    },
)
ODD_FIXES = st.sampled_from(
    [
        *({"timestamp": "demain", "latitudeE7": 1}, {"timestampMs": "1646724223479", "latitudeE7": 1}),
        *({"timestamp": "2022-03-08T07:23:43Z", "inconnu": 3}, {"timestamp": "2022-03-08T07:23:43Z", "source": 'a":b'}),
    ]
)


def blocks(key: str, entries: list[dict[str, Any]], kind: type) -> list[Block]:
    text = json.dumps({key: entries} if key else entries, ensure_ascii=False, indent=2)
    return [event for event in json_blocks.read(io.BytesIO(text.encode()), {key: kind}) if isinstance(event, Block)]


def one_by_one(block: Block) -> Iterator[Record]:
    return my_activity._singly(block, Identities())


def shown(records: Iterator[Record]) -> list[Any]:
    found = []
    for record in records:
        if isinstance(record, Item):
            details = json.loads(record.details) if isinstance(record.details, bytes) and record.details else {}
            found.append((record.kind, record.key, record.when, record.title, record.text, record.lat, record.lon))
            found.append((record.parties, details))
        elif isinstance(record, Notice):
            found.append((record.reason, record.position))
    return found


@given(st.lists(PLAIN, min_size=1, max_size=12))
def test_plain_activities_are_read_together_and_say_the_same(entries: list[dict[str, Any]]) -> None:
    (block,) = blocks("", entries, Activity)
    (again,) = blocks("", entries, Activity)
    found = plain_entries(block, Identities())
    assert isinstance(found, Items)
    assert shown(singly([found])) == shown(one_by_one(again))


@given(st.lists(st.one_of(PLAIN, ODD), min_size=1, max_size=8))
def test_activities_with_odd_ones_among_them_say_the_same(entries: list[dict[str, Any]]) -> None:
    found = [record for block in blocks("", entries, Activity) for record in my_activity._block(block, Identities())]
    expected = [record for block in blocks("", entries, Activity) for record in one_by_one(block)]
    assert shown(singly(found)) == shown(iter(expected))


def test_a_field_that_stands_twice_is_told_as_before() -> None:
    text = b'[{"title": "un", "title": "deux", "time": "2022-03-08T07:23:43Z"}]'
    (block,) = [event for event in json_blocks.read(io.BytesIO(text), {"": Activity}) if isinstance(event, Block)]
    told = list(my_activity._block(block, Identities()))
    assert any(isinstance(record, Notice) and record.reason == "json-doubled-key" for record in told)


@given(st.lists(st.one_of(FIXES, FIXES, ODD_FIXES), min_size=1, max_size=12))
def test_fixes_say_the_same_together_and_by_all_their_fields(fixes: list[dict[str, Any]]) -> None:
    (block,) = blocks("locations", fixes, Fix)
    plain = positions._plain(block)
    slow = [record for record in positions._slowly(block) if isinstance(record, Samples)]
    if any("timestampMs" in fix or "inconnu" in fix or fix["timestamp"] == "demain" for fix in fixes):
        assert plain is None
    if plain is not None:
        (expected,) = slow
        assert np.array_equal(plain.start, expected.start)
        assert columns(plain) == columns(expected)


def columns(samples: Samples) -> dict[str, list[str | None]]:
    return {name: list(column.texts()) for name, column in samples.columns.items()}


@given(st.lists(WORDS, max_size=6))
def test_sentences_are_squeezed_and_folded_together_as_alone(texts: list[str]) -> None:
    sentences = wording.squeezed_all(texts)
    assert sentences == [wording.squeezed(text) for text in texts]
    kinds = [wording.kind_of_folded(text, "", "") for text in wording.folded_all(sentences)]
    assert kinds == [wording.kind_of(sentence, "", "") for sentence in sentences]


@given(st.lists(st.lists(st.integers(0, 9), max_size=6), max_size=6))
def test_repeats_are_numbered_together_as_alone(groups: list[list[int]]) -> None:
    together, alone = Repeats(), Repeats()
    assert [together.numbers(keys) for keys in groups] == [[alone.number(key) for key in keys] for keys in groups]


def test_a_field_that_comes_late_and_goes_is_in_the_samples_of_its_block(tmp_path: Path) -> None:
    """The first block teaches which fields there are; what comes later is not lost, whatever its type."""
    fixes: list[dict[str, Any]] = [{"timestamp": "2022-03-08T07:23:43Z", "latitudeE7": n} for n in range(150_000)]
    fixes[90_000] |= {"velocity": 7}
    fixes[120_000] |= {"placeId": ["no text"], "inconnu": 1}
    (tmp_path / "Records.json").write_text(json.dumps({"locations": fixes}), encoding="utf-8")
    found = run(tmp_path)
    speeds = [text for one in found.samples if "velocity" in one.columns for text in columns(one)["velocity"]]
    assert sum(len(one.start) for one in found.samples) + len(found.items) == 150_000
    assert [text for text in speeds if text is not None] == ["7"]
    assert [json.loads(item.details) for item in found.items if isinstance(item.details, bytes)] == [fixes[120_000]]
    assert {notice.position for _, notice in found.notices} == {"record 120001"}
