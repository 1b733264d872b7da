"""XML in streams: encodings, prefixes, damage, and documents that want to do harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.formats.xml_characters import repaired
from importers.formats.xml_stream import Closed, Damage, Element, ElementParser, Opened, elements

ROOT = frozenset({"root"})


def read(data: bytes, piece: int = 7) -> list[object]:
    return list(elements([data[at : at + piece] for at in range(0, len(data), piece)], ROOT))


def names(data: bytes) -> list[str]:
    return [event.name for event in read(data) if isinstance(event, Element)]


def test_everything_inside_a_container_comes_whole() -> None:
    events = read(b'<root a="1"><p x="2">text<q/>more</p><r/></root>')
    assert isinstance(events[0], Opened)
    assert events[0].attributes == {"a": "1"}
    first, second = events[1:3]
    assert isinstance(first, Element)
    assert (first.name, first.attributes, first.text) == ("p", {"x": "2"}, "textmore")
    assert [child.name for child in first.children] == ["q"]
    assert isinstance(second, Element)
    assert isinstance(events[-1], Closed)


def test_looking_at_the_level_leaves_no_trace_in_the_texts() -> None:
    parser = ElementParser(ROOT)
    levels = []
    events = []
    for piece in (b"<root>", b"<p>a", b"<!-- x ", b"-->b", b"<![CDATA[c", b"d]]>", b"</p>"):
        events += parser.feed(piece)
        levels.append(parser.level())
    assert levels == [1, 2, None, 2, None, 2, 1]
    assert [event.text for event in events if isinstance(event, Element)] == ["abcd"]


def test_prefixes_are_cut_off_declared_or_not() -> None:
    assert names(b"<ns:root><a:b/><c/></ns:root>") == ["b", "c"]


@pytest.mark.parametrize(
    "data",
    [
        "<root><p>é</p></root>".encode(),
        "\ufeff<root><p>é</p></root>".encode(),
        '\ufeff<?xml version="1.0" encoding="UTF-16"?><root><p>é</p></root>'.encode(),
        '<?xml version="1.0" encoding="ISO-8859-1"?><root><p>é</p></root>'.encode("latin-1"),
        '<?xml version="1.0" encoding="windows-1252"?><root><p>é</p></root>'.encode("cp1252"),
        '<?xml version="1.0" encoding="UTF-16"?><root><p>é</p></root>'.encode("utf-16"),
        '  \r\n<?xml version="1.0"?><root><p>é</p></root>'.encode(),
        '<?xml version="1.0" encoding="x-unheard-of"?><root><p>é</p></root>'.encode(),
    ],
)
def test_the_usual_encodings_and_their_wrong_declarations_are_read(data: bytes) -> None:
    (element,) = [event for event in read(data) if isinstance(event, Element)]
    assert element.text == "é"


def test_one_bad_byte_is_replaced_and_told_and_nothing_is_lost() -> None:
    events = read("<root><p>é</p><q>\x0b</q>".encode() + b"<r>caf\xe9</r></root>", 1000)
    texts = {event.name: event.text for event in events if isinstance(event, Element)}
    assert texts == {"p": "é", "q": "\ufffd", "r": "café"}
    assert [event for event in events if isinstance(event, Damage)] == [Damage("xml-characters", 18)]


def test_a_damaged_end_gives_what_was_read_and_where_it_stopped() -> None:
    events = read(b"<root><p>1</p><p>2</p><p>3")
    assert [event.text for event in events if isinstance(event, Element)] == ["1", "2"]
    assert events[-1] == Damage("xml-broken", 26)


def test_invalid_document_types_are_passed_over() -> None:
    doctype = b"<!DOCTYPE root [\n<!ELEMENT p ANY>\n<!ATTLIST p a CDATA #REQUIRED>\n  b CDATA #REQUIRED\n>\n]>"
    assert names(b'<?xml version="1.0"?>' + doctype + b"<!-- x --><root><p/></root>") == ["p"]
    assert names(b'<!DOCTYPE root SYSTEM "http://example.org/x.dtd"><root><p/></root>') == ["p"]


HARMFUL = {
    "billion laughs": b'<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><root>&b;</root>',
    "external entity": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><root>&x;</root>',
    "parameter entity": b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://example.org/p">%p;]><root/>',
    "late declaration": b"<!DOCTYPE r [" + b"<!-- x -->" * 2000 + b'<!ENTITY a "x">]><root>&a;</root>',
}


@pytest.mark.parametrize("name", HARMFUL)
def test_entity_declarations_are_refused(name: str) -> None:
    events = read(HARMFUL[name], 500)
    assert [event.reason for event in events if isinstance(event, Damage)] == ["xml-entity"]
    assert not [event for event in events if isinstance(event, Element)]


def test_an_undeclared_entity_is_a_damage_and_not_a_text() -> None:
    assert read(b"<root><p>&nbsp;</p></root>")[-1] == Damage("xml-broken", 9)


def test_nesting_beyond_the_bound_ends_the_reading() -> None:
    (damage,) = [event for event in read(b"<root>" + b"<a>" * 500, 300) if isinstance(event, Damage)]
    assert damage.reason == "xml-too-deep"


def test_an_element_with_too_many_children_ends_the_reading() -> None:
    (damage,) = [event for event in read(b"<root><p>" + b"<a/>" * 100_001, 1 << 16) if isinstance(event, Damage)]
    assert damage.reason == "xml-too-large"


@pytest.mark.parametrize("start", [b"<root><!-- ", b'<root><p a="', b"<root><p>", b"<!DOCTYPE r [ ", b"<root><?x "])
def test_a_token_without_end_is_refused_soon(start: bytes) -> None:
    pieces = iter([start, *([b"x" * (1 << 20)] * 40)])
    begun = time.monotonic()
    (damage,) = [event for event in elements(pieces, ROOT) if isinstance(event, Damage)]
    assert damage.reason in {"xml-too-large", "xml-broken"}
    assert time.monotonic() - begun < 5


@given(st.binary(max_size=300), st.integers(1, 50))
@settings(max_examples=300, deadline=None)
def test_no_bytes_make_the_reader_raise(data: bytes, piece: int) -> None:
    read(b"<root>" + data, piece)
    read(data, piece)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_repaired_text_can_always_stand_in_an_element(text: str) -> None:
    sound = repaired(text.replace("<", "").encode("utf-8", "surrogatepass"))
    events = read(b"<root><p>" + sound + b"</p></root>", 64)
    assert not [event for event in events if isinstance(event, Damage)]
    assert repaired(sound) == sound
