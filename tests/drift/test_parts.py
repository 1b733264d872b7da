"""Bytes that pass are heard in part, and names are taken from parts that begin and end anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.contract import Importer
from importers.drift import shapes
from importers.drift.ear import FIRST, HEAD, WINDOW, Ear
from importers.drift.known import known
from importers.drift.notes import Drifts

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=20,
)


def heard(data: bytes, block: int) -> Ear:
    ear = Ear()
    ear.begin()
    for at in range(0, len(data), block):
        ear.take(memoryview(data)[at : at + block])
    return ear


@pytest.mark.parametrize("block", [1000, 1 << 16, 1 << 20, 5_000_000])
@pytest.mark.parametrize("length", [0, 10, HEAD, HEAD + 1, FIRST + 5, 5 * FIRST + 123])
def test_beginning_windows_and_end_are_what_passed(length: int, block: int) -> None:
    data = bytes(range(251)) * (length // 251 + 1)
    data = data[:length]
    ear = heard(data, block)
    assert ear.head == data[:HEAD]
    assert ear.whole == (length <= HEAD)
    if length > HEAD:
        places = [FIRST << power for power in range(8) if FIRST << power < length]
        assert ear.windows == (*(data[at : at + WINDOW] for at in places), data[-WINDOW:])
    else:
        assert ear.windows == ()


def test_a_member_that_is_opened_again_is_heard_once() -> None:
    data = b"abc" * 200_000
    ear = heard(data[:10], 10)
    for _ in range(2):
        ear.begin()
        ear.take(memoryview(data)[:400_000])
        ear.take(memoryview(data)[400_000:])
    assert (ear.head, ear.windows) == (data[:HEAD], (data[-WINDOW:],))


def paths(value: Any, path: str = "") -> Iterator[str]:
    yield path
    if isinstance(value, dict):
        for name, one in value.items():
            yield from paths(one, f"{path}/{name}")
    elif isinstance(value, list):
        for one in value:
            yield from paths(one, f"{path}[]")


@given(JSON.filter(lambda value: isinstance(value, dict | list)), st.data())
def test_of_json_that_is_cut_anywhere_only_what_is_there_is_taken(value: Any, data: st.DataObject) -> None:
    text = json.dumps(value, ensure_ascii=data.draw(st.booleans())).encode()
    cut = data.draw(st.integers(0, len(text)))
    for found in shapes.json_value(text[:cut]):
        assert set(paths(found)) <= set(paths(value))
    (whole,) = shapes.json_value(text)
    assert whole == value


def test_objects_from_the_middle_of_a_file_are_found() -> None:
    text = json.dumps([{"a": n, "b": {"c": "}, {"}} for n in range(50)]).encode()
    found = list(shapes.json_elements(text[40:-30]))
    assert len(found) > 40
    assert all(one.keys() == {"a", "b"} for one in found)


def test_lines_that_are_cut_and_a_script_that_sets_a_name() -> None:
    lines = b'cut"}\n{"a": 1}\n{"b": 2}\n{"c'
    assert list(shapes.json_lines(lines, first=False)) == [{"a": 1}, {"b": 2}]
    assert list(shapes.json_value(b'window.YTD.x = [ {"a": 1} ]')) == [[{"a": 1}]]
    assert shapes.shape(b"window.YTD.x = [ 1 ]") == "json"


def test_tags_of_comments_and_of_quoted_text_are_none() -> None:
    text = b"secret <b> ]]><a x='1' y=\"2\"/><!-- <c> --><![CDATA[ <d> ]]><n:e z='<'/><f></f><![CDATA[ <g>"
    assert list(shapes.tags(text)) == [("a", ["x", "y"]), ("f", [])]


@pytest.mark.parametrize(
    "bad", [b"[" * 300_000, b'{"a":' * 100_000, b'{"a": ' + b"9" * 50_000 + b"}", b'"' * 200_000, b"{", b""]
)
def test_hostile_parts_give_little_and_raise_nothing(bad: bytes) -> None:
    for _ in shapes.json_value(bad[:HEAD]):
        pass
    assert list(shapes.json_elements(bad[:WINDOW])) == []
    assert list(shapes.tags(bad[:WINDOW])) == []


FRAGMENTS = st.sampled_from(
    [
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b":",
        b",",
        b"\n",
        b";",
        b"<",
        b">",
        b"</",
        b"<a b='",
        b"=",
        b" ",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'"ts"',
        b'"platform":1',
        b"Title",
        b"Date",
        b"window.x = ",
        b"\\",
        b"\x00",
        b"1e999",
        b"\xe9",
        b"<!--",
        b"]]>",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(FRAGMENTS | st.binary(max_size=6), max_size=60).map(b"".join))
def test_whatever_passes_nothing_is_raised(data: bytes) -> None:
    for name in ("spotify.extended_history", "imdb.ratings", "sms-backup.messages", "tiktok.archive"):
        importer = Importer(name, "x", "x", (), lambda _: iter(()))
        drifts = Drifts(known())
        ear = drifts.ear(importer)
        assert ear is not None
        ear.begin()
        ear.take(memoryview(data))
        ear.take(memoryview(data * 5000)[: 1 << 19])
        drifts.heard(importer, ear)
        assert all(drift.reader == name for drift in drifts.found())
