"""A nested document as leaves: the same whether it is decoded whole or descended into, and as far as it goes."""

from __future__ import annotations

import io
import json

import pytest

from importers.formats import json_leaves
from importers.formats.json_leaves import Leaf, leaves
from importers.records import Notice

DOCUMENT = {
    "Activity": {
        "Likes": {"List": [{"Date": "2024-01-01", "Id": 12345678901234567890}, {"Date": "2024-01-02", "Id": 2}]},
        "Nothing": {"List": None},
        "Status": {},
    },
    "Settings": {"Map": {"Language": "fr", "Push": {"Likes": "on"}}},
    "Talk": {'With a "friend":': [{"From": "a", "Text": "x } , { y"}]},
}


def read(data: bytes, *through: str) -> list[Leaf | Notice]:
    return list(leaves(io.BytesIO(data), through))


def test_lists_give_their_elements_and_plain_objects_stay_whole() -> None:
    assert read(json.dumps(DOCUMENT).encode()) == [
        Leaf(("Activity", "Likes", "List"), 1, {"Date": "2024-01-01", "Id": 12345678901234567890}),
        Leaf(("Activity", "Likes", "List"), 2, {"Date": "2024-01-02", "Id": 2}),
        Leaf(("Settings", "Map"), 0, {"Language": "fr", "Push": {"Likes": "on"}}),
        Leaf(("Talk", 'With a "friend":'), 1, {"From": "a", "Text": "x } , { y"}),
    ]


@pytest.mark.parametrize("whole", [64, 90, 128, 256])
def test_a_document_that_does_not_fit_the_window_gives_the_same_leaves(
    monkeypatch: pytest.MonkeyPatch, whole: int
) -> None:
    data = json.dumps(DOCUMENT, indent=1).encode()
    expected = read(data)
    monkeypatch.setattr(json_leaves, "WHOLE", whole)
    assert read(data) == expected


def test_wrappers_are_passed_through_and_what_stands_beside_a_list_comes_first() -> None:
    data = json.dumps([{"talk": {"id": "1-2", "messages": [{"a": 1}, {"a": 2}]}}, {"talk": {"id": "3"}}]).encode()
    assert read(data, "talk") == [
        Leaf(("talk",), 0, {"id": "1-2"}),
        Leaf(("talk", "messages"), 1, {"a": 1}),
        Leaf(("talk", "messages"), 2, {"a": 2}),
        Leaf(("talk",), 0, {"id": "3"}),
    ]


def test_a_cut_document_gives_everything_before_the_cut_and_says_so() -> None:
    data = json.dumps(DOCUMENT).encode()
    for cut in range(5, len(data) - 1, 7):
        found = read(data[:cut])
        assert isinstance(found[-1], Notice), cut
        assert found[-1].reason == "json-cut-off"
    assert len([one for one in read(data[: data.index(b"Settings")]) if isinstance(one, Leaf)]) == 2


def test_a_broken_element_costs_itself_only_and_has_its_number() -> None:
    data = b'{"L": [{"a": 1}, {"a": 2, "b": ]}, {"a": 3}, {"a": oops}, {"a": 5}]}'
    found = read(data)
    assert [one.value["a"] for one in found if isinstance(one, Leaf)] == [1, 3, 5]
    assert [one.position for one in found if isinstance(one, Notice)] == ["record 2", "record 4"]


def test_half_an_emoji_is_mended_and_said() -> None:
    found = read(b'[{"a": "x\\ud83d"}, {"a": "y"}]')
    assert [one.value["a"] for one in found if isinstance(one, Leaf)] == ["x\ufffd", "y"]
    assert [one.reason for one in found if isinstance(one, Notice)] == ["json-bad-text"]


def test_a_key_that_stands_twice_is_said() -> None:
    found = read(b'[{"a": 1, "a": 2}, {"a": 3}, {"a": "\\u0022"}]')
    assert [one.value["a"] for one in found if isinstance(one, Leaf)] == [2, 3, '"']
    assert [one.reason for one in found if isinstance(one, Notice)] == ["json-doubled-key"]
