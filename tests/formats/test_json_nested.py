"""Long lists deep within a document: walked into without holding them, and read on behind damage."""

from __future__ import annotations

import io
import json

import pytest

from importers.formats.json_nested import EACH, Broken, Closed, Leaf, Opened, decoded, walk

CHATS = frozenset({(), ("chats",), ("chats", EACH), ("chats", EACH, "messages")})
MESSAGES = ("chats", EACH, "messages", EACH)


def read(text: str | bytes) -> list[object]:
    data = text.encode() if isinstance(text, str) else text
    return list(walk(io.BytesIO(data), CHATS))


def messages(text: str | bytes) -> list[object]:
    return [decoded(event.text) for event in read(text) if isinstance(event, Leaf) and event.path == MESSAGES]


def test_containers_open_and_close_and_everything_else_comes_whole() -> None:
    events = read('{"about": {"a": [1]}, "chats": [{"id": 7, "messages": [{"m": 1}, {"m": 2}]}], "n": null}')
    assert [type(event).__name__ for event in events] == [
        *("Leaf", "Opened", "Opened", "Leaf", "Opened", "Leaf", "Leaf", "Closed", "Closed", "Closed", "Leaf"),
    ]
    assert events[0] == Leaf(("about",), 1, b'{"a": [1]}')
    assert events[1] == Opened(("chats",))
    assert events[-2] == Closed(("chats",))


def test_a_container_that_is_null_or_a_number_is_a_value() -> None:
    assert read('{"chats": null}') == [Leaf(("chats",), 1, b"null")]
    assert read("{}") == []
    assert read("") == []


def test_more_than_a_window_holds_is_read_element_by_element() -> None:
    long = [{"m": number, "text": "x" * 900, "in": [{"deep": [number]}]} for number in range(2000)]
    text = json.dumps({"chats": [{"messages": long}, {"messages": long[:3]}]}, indent=1)
    assert messages(text) == [*long, *long[:3]]


def test_a_broken_element_costs_itself() -> None:
    text = '{"chats": [{"messages": [{"m": 1}, {"m": 2}, {"m": 3 @ }, {"m": 4}]}]}'
    assert messages(text) == [{"m": 1}, {"m": 2}, {"m": 4}]
    assert [event for event in read(text) if isinstance(event, Broken)] == [Broken(MESSAGES, "json-broken", "record 3")]


@pytest.mark.parametrize("cut", [30, 45, 60])
def test_a_cut_document_gives_what_is_before_the_cut_and_says_so(cut: int) -> None:
    text = '{"chats": [{"messages": [{"m": 1}, {"m": 2}, {"m": 3}, {"m": 4}]}]}'
    events = read(text[:cut])
    assert messages(text)[: len(messages(text[:cut]))] == messages(text[:cut])
    assert isinstance(events[-1], Broken)


def test_the_escapes_of_telegram_and_half_characters_are_understood() -> None:
    assert decoded(rb'{"text": "a\x1fb\\x41 \ud83d"}') == {"text": "a\x1fb\\x41 ?"}
    with pytest.raises(ValueError, match=r".+"):
        decoded(b'{"text": ')


def test_twenty_thousand_brackets_are_no_trouble() -> None:
    text = '{"chats": ' + "[" * 20_000 + "]" * 20_000 + "}"
    assert isinstance(read(text)[0], Opened)
    with pytest.raises(ValueError, match="deep"):
        decoded(b"[" * 200_000 + b"]" * 200_000)


def test_something_that_is_no_json_is_said() -> None:
    assert read("hello") == [Broken((), "json-other", "byte 0")]
