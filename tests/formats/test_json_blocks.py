"""Reading JSON block by block gives what json.loads gives, and goes on where json.loads gives up."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.formats import json_blocks
from importers.formats.json_blocks import Block, Broken, Event, Value

FIELDS = dict[str, msgspec.Raw]


class Place(msgspec.Struct, gc=False):
    """A typed element."""

    lat: int
    name: str = ""


def events(data: bytes, kind: Any = Any, *, block: int = 1 << 20, key: str = "") -> list[Event]:
    return list(json_blocks.read(io.BytesIO(data), {key: kind}, block=block))


def elements(found: list[Event], key: str = "") -> list[Any]:
    return [element for event in found if isinstance(event, Block) and event.key == key for element in event.elements]


def broken(found: list[Event]) -> list[tuple[int, str]]:
    return [(event.index, event.reason) for event in found if isinstance(event, Broken)]


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    ['},{"', '"', "\\", '\\"', "[", "]}", "},\n  {", "é\u202f😀", '{"a":1},{"a":2}']
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
records = st.dictionaries(st.sampled_from(["a", "b", "time", '},{"a"']), values, max_size=4)
layouts = st.sampled_from([
    {"separators": (",", ":")},
    {},
    {"indent": 2},
    {"indent": 1, "ensure_ascii": False},
    {"separators": (" ,\r\n ", " : "), "ensure_ascii": False},
])  # fmt: skip


@given(st.lists(records | values, max_size=30), layouts, st.integers(1, 600), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_array_in_any_layout_and_any_block_size_is_what_json_loads_says(array, layout, block, mark) -> None:
    data = json.dumps(array, **layout).encode()
    found = events((b"\xef\xbb\xbf" if mark else b"") + data, block=block)
    assert elements(found) == json.loads(data)
    assert broken(found) == []


@given(
    st.dictionaries(
        st.sampled_from(["locations", "a", "b", "c é"]), st.lists(records, max_size=12) | values, max_size=4
    ),
    layouts,
    st.integers(1, 600),
)
@settings(max_examples=120, deadline=None)
def test_every_array_and_every_other_value_of_a_root_object_comes_in_order(root, layout, block) -> None:
    data = json.dumps(root, **layout).encode()
    found = list(json_blocks.read(io.BytesIO(data), dict.fromkeys(root, Any), block=block))
    arrays = {key: elements(found, key) for key, value in root.items() if isinstance(value, list) and value}
    assert arrays == {key: value for key, value in root.items() if isinstance(value, list) and value}
    assert {event.key: json.loads(event.text) for event in found if isinstance(event, Value)} == {
        key: value for key, value in root.items() if not isinstance(value, list)
    }
    assert broken(found) == []


@given(st.lists(records, min_size=1, max_size=20), layouts, st.integers(1, 600))
@settings(max_examples=80, deadline=None)
def test_the_text_of_the_blocks_is_the_text_of_their_elements_and_they_are_numbered(array, layout, block) -> None:
    found = events(json.dumps(array, **layout).encode(), FIELDS, block=block)
    numbers: list[int] = []
    for event in found:
        assert isinstance(event, Block)
        assert json.loads(event.text) == array[event.first : event.first + len(event.elements)]
        assert event.whole
        numbers += range(event.first, event.first + len(event.elements))
    assert numbers == list(range(len(array)))


@given(st.binary(max_size=300) | st.text(alphabet='[]{}",:\\ \n01eaN', max_size=80).map(str.encode), st.integers(1, 50))
@settings(max_examples=250, deadline=None)
def test_no_bytes_at_all_make_it_raise_or_hang(data, block) -> None:
    for start in (b"", b"[", b'{"a":['):
        found = events(start + data, FIELDS, block=block)
        assert all(isinstance(event, Block | Value | Broken) for event in found)


@given(st.lists(st.integers(0, 9), min_size=4, max_size=40), st.integers(0, 39), st.integers(30, 300), st.data())
@settings(max_examples=120, deadline=None)
def test_one_broken_element_costs_that_element_alone(array, at, block, data) -> None:
    at %= len(array)
    plain = [json.dumps({"header": "x", "nested": [{"n": number}]}) for number in array]
    bad = data.draw(
        st.sampled_from(
            [
                '{"header": NaN}',
                '{"header": 01}',
                '{"header" "x"}',
                '{"header": "x" "y"}',
                '{"header": tru}',
                '{"header": "\n"}',
                "{'header': 1}",
            ]
        )
    )
    lines = [*plain[:at], bad, *plain[at:]]
    found = events(("[" + ",\n".join(lines) + "]").encode(), FIELDS, block=block)
    assert [msgspec.json.decode(msgspec.json.encode(fields)) for fields in elements(found)] == [
        json.loads(text) for text in plain
    ]
    assert broken(found) == [(at, "json-broken")]


def test_an_element_with_a_missing_bracket_or_quote_is_left_at_the_next_one() -> None:
    good = ['{"header": "x", "n": %d}' % number for number in range(20)]  # noqa: UP031
    for bad in ('{"header": "x', '{"header": ["x"}', '{"header": {"x": 1}', '{"header": x"}'):
        data = ("[" + ",\n".join([*good[:10], bad, *good[10:]]) + "]").encode()
        for block in (60, 200, 1 << 20):
            found = events(data, FIELDS, block=block)
            assert len(elements(found)) >= 19, (bad, block)
            assert broken(found)[0][1] in {"json-broken", "json-cut-off"}


def test_an_element_of_another_shape_is_handed_over_with_its_text() -> None:
    data = b'[{"lat": 1}, {"lat": "one", "x": 2}, {"lat": 3, "name": "c"}]'
    found = events(data, Place, block=10)
    assert elements(found) == [Place(1), Place(3, "c")]
    [odd] = [event for event in found if isinstance(event, Broken)]
    assert (odd.index, odd.reason, odd.text) == (1, "json-unexpected", b'{"lat": "one", "x": 2}')
    assert odd.position == "record 2"


def test_a_block_says_when_its_type_leaves_fields_out_and_its_text_still_has_them() -> None:
    data = b'[{"lat": 1, "extra": {"deep": [1.50]}}, {"lat": 2}]'
    [block] = events(data, Place, block=10_000)
    assert isinstance(block, Block)
    assert not block.whole
    [first, _] = msgspec.json.decode(block.text, type=list[FIELDS])
    assert bytes(first["extra"]) == b'{"deep": [1.50]}'


@pytest.mark.parametrize("block", [8, 1 << 20])
def test_a_key_that_stands_twice_is_said_and_the_last_one_counts(block) -> None:
    found = events(b'[{"lat": 1}, {"lat": 1, "lat": 2}]', FIELDS, block=block)
    assert broken(found) == [(1, "json-doubled-key")]
    assert [int(bytes(fields["lat"])) for fields in elements(found)] == [1, 2]


@pytest.mark.parametrize("block", [8, 1 << 20])
def test_an_array_that_stands_twice_is_read_twice(block) -> None:
    found = events(b'{"a": [1], "a": [2]}', int, key="a", block=block)
    assert elements(found, "a") == [1, 2]


@pytest.mark.parametrize("block", [8, 1 << 20])
def test_bytes_that_are_not_utf8_are_replaced_and_said(block) -> None:
    found = events(b'[{"name": "ok"}, {"name": "caf\xe9"}, {"name": "ok"}]', dict[str, str], block=block)
    assert elements(found) == [{"name": "ok"}, {"name": "caf\ufffd"}, {"name": "ok"}]
    assert broken(found) == [(1, "json-bad-text")]


@pytest.mark.parametrize("block", [16, 1 << 20])
def test_a_file_that_stops_in_the_middle_gives_what_came_before(block) -> None:
    data = json.dumps([{"lat": number} for number in range(50)], indent=1).encode()
    found = events(data[:-20], Place, block=block)
    assert elements(found) == [Place(number) for number in range(49)]
    assert "json-cut-off" in [reason for _, reason in broken(found)]


def test_a_stream_that_fails_gives_what_came_before_and_then_the_error() -> None:
    class Damaged(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            piece = super().read(min(size or 0, 64))
            if not piece:
                raise OSError("damaged")
            return piece

    seen: list[Any] = []

    def read_all() -> None:
        for event in json_blocks.read(Damaged(json.dumps([{"lat": 1}] * 40).encode()), {"": Place}, block=64):
            seen.extend(event.elements if isinstance(event, Block) else [])

    with pytest.raises(OSError, match="damaged"):
        read_all()
    assert seen == [Place(1)] * 40


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"[" * 1_000_000, "json-cut-off"),
        (b"[" * 100_000 + b"]" * 100_000, "json-too-deep"),
        (b'[{"a":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001 + b"]", "json-too-deep"),
        (b'[{"lat": ' + b"9" * 20_000_000 + b"}]", "json-too-large"),
        (b'[{"lat": ' + b"9" * 5_000_000 + b"}]", "json-unexpected"),
        (b'[{"lat": NaN}]', "json-broken"),
        (b'[{"lat": -Infinity}]', "json-broken"),
        (b'[{"name": "\\udc80", "lat": 1}]', "json-bad-text"),
        (b'[{"lat": 1}] trailing', "json-more-after-end"),
        (b"just words", "json-other"),
        (b'"a string"', "json-other"),
        (b"\x00\x01\x02", "json-other"),
        (b'{"a" 1}', "json-broken"),
        (b'{"a": 1', "json-cut-off"),
        (b'{"a', "json-broken"),
        (b'[{"lat": 1', "json-cut-off"),
        (b'["' + b"a" * 17_000_000 + b'"]', "json-too-large"),
        (b'["' + b"\\u0041" * 1_000_000, "json-cut-off"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_documents_get_a_clean_notice_quickly(data, reason) -> None:
    began = time.process_time()
    assert reason in [found for _, found in broken(events(data, Place, block=json_blocks.BLOCK))]
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cut \\ud83d", "cut \ufffd"),
        ("\\ude00 cut", "\ufffd cut"),
        ("\\ud83d\\ud83d\\ude00\\ude00", "\ufffd\U0001f600\ufffd"),
        ("\\uD83D\\uDE00", "\U0001f600"),
        ("no escape: \\\\ud83d", "no escape: \\ud83d"),
    ],
)
@pytest.mark.parametrize("block", [64, json_blocks.BLOCK])
def test_half_an_emoji_costs_itself_alone(written: str, meant: str, block: int) -> None:
    """Services cut titles after so many UTF-16 units."""
    data = '{"value": {"n": "' + written + '"}, "list": [{"n": 1}, {"n": "' + written + '"}, {"n": 2}]}'
    found = events(data.encode(), dict[str, Any], block=block, key="list")
    assert [fields["n"] for fields in elements(found, "list")] == [1, meant, 2]
    (value,) = (event for event in found if isinstance(event, Value))
    assert msgspec.json.decode(value.text) == {"n": meant}
    told = [event.reason for event in found if isinstance(event, Broken)]
    assert told == (["json-bad-text"] * 2 if "\ufffd" in meant else [])


def test_many_unfinished_strings_do_not_cost_the_square_of_their_number() -> None:
    data = b"[" + b'{"a": "unfinished},' * 20_000 + b"]"
    began = time.process_time()
    events(data, FIELDS)
    assert time.process_time() - began < 5


def test_many_unclosed_brackets_do_not_cost_the_square_of_their_number() -> None:
    data = b"[" + b'{"a": 1},' * 10 + b'{"a": [1},' * 20_000 + b'{"a": 1}]'
    began = time.process_time()
    assert len(elements(events(data, FIELDS))) >= 10
    assert time.process_time() - began < 5


@pytest.mark.parametrize("unit", [b'{"a": 1},' * 40 + b'{"a": [{"a": 1},', b"{}," * 9 + b"{[,"])
def test_sound_elements_among_broken_ones_do_not_make_them_dear(unit: bytes) -> None:
    data = b"[" + unit * (200_000 // len(unit)) + b"]"
    began = time.process_time()
    assert len(broken(events(data, FIELDS, block=json_blocks.BLOCK))) > 500
    assert time.process_time() - began < 8


@pytest.mark.parametrize("blank", [b"\x0b", b"\x0c", b"\xa0", b"\0", b"\x1c"])
@pytest.mark.parametrize("block", [64, 1 << 20])
def test_white_space_that_json_does_not_have_is_a_broken_element_and_ends(blank: bytes, block: int) -> None:
    """A vertical tab before the last bracket once made reading go round in circles for ever: found by fuzzing."""
    found = events(b'[{"a": 1}, 2, ' + blank + b"]", block=block)
    assert elements(found)[:2] == [{"a": 1}, 2]
    assert broken(found)
    assert broken(events(b'{"rows": [1, ' + blank + b'], "more": 2}', block=block))


def test_empty_files_and_empty_lists_are_normal() -> None:
    assert events(b"") == events(b" \n") == events(b"[]") == events(b"\xef\xbb\xbf[ ]") == []
    assert events(b'{"locations": []}', key="locations") == []


def test_memory_does_not_grow_with_the_file() -> None:
    class Endless(io.RawIOBase):
        def __init__(self, records: int) -> None:
            self._pieces = iter([b"[", *[b'{"lat": 12345, "name": "somewhere"},\n' * 1000] * records, b'{"lat": 1}]'])
            self._rest = b""

        def read(self, size: int = -1) -> bytes:
            while len(self._rest) < size:
                piece = next(self._pieces, b"")
                if not piece:
                    break
                self._rest += piece
            piece, self._rest = self._rest[:size], self._rest[size:]
            return piece

    def peak(thousands: int) -> int:
        tracemalloc.start()
        count = 0
        for event in json_blocks.read(Endless(thousands), {"": FIELDS}, block=1 << 18):
            count += len(event.elements) if isinstance(event, Block) else 0
        assert count == thousands * 1000 + 1
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    assert peak(200) < peak(40) * 1.3
