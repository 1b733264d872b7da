"""GPX files with damages: every sound point is read, each damage is told, and the work stays in proportion."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.formats.xml_stream import Element
from importers.gpx.mending import MendingParser, mended_events
from importers.gpx.track import read_gpx, read_gpx_by_parser
from importers.records import Item, Notice, Record, Samples
from tests.apple.export_xml import facts, sample_rows

ROOT = '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
TIME = "<time>2024-06-02T08:00:00Z</time>"
_POINT = re.compile(rb"<(wpt|trkpt|rtept) .*?</\1>", re.DOTALL)
_LAT = re.compile(rb'lat="(10\.\d+)"')


def whole(tracks: int = 2, points: int = 6, prefix: str = "") -> bytes:
    """A sound file; each point has a latitude of its own."""
    number = iter(range(1, 10_000))

    def point(name: str) -> str:
        place = f'lat="10.{next(number)}" lon="2"'
        return f"<{name} {place}><ele>88.1</ele>{TIME}<extensions><s>2.5</s></extensions></{name}>\n"

    parts = [ROOT, "<metadata><name>m</name></metadata>\n"]
    parts += [point("wpt") for _ in range(points)]
    parts += ["<rte><name>r</name>", *(point("rtept") for _ in range(points)), "</rte>\n"]
    for _ in range(tracks):
        parts.append("<trk><name>n</name><trkseg>\n")
        parts += [point("trkpt") for _ in range(points)]
        parts.append("</trkseg><trkseg>")
        parts += [point("trkpt") for _ in range(points)]
        parts.append("</trkseg></trk>\n")
    text = "".join([*parts, "</gpx>"])
    return (re.sub(r"(</?)(?=[a-z])", rf"\1{prefix}", text) if prefix else text).encode()


def latitudes(records: list[Record]) -> set[str]:
    """The latitudes of all points that were read, wherever they were kept."""
    found: set[str] = set()
    for record in records:
        if isinstance(record, Samples):
            found |= {row["lat"] for row in sample_rows(record)}
        elif isinstance(record, Item):
            assert isinstance(record.details, dict)
            found |= {point["lat"] for point in record.details.get("points", ())}
            found.add(record.details.get("lat", ""))
    return found


def notices(records: list[Record]) -> list[Notice]:
    return [record for record in records if isinstance(record, Notice)]


_TAGS = b"</wpt> <name> <trkpt> <trkseg> </trk> <!-- <![CDATA[ </gpx> &nbsp; <trk> <rtept <extensions> ]]> </trkpt>"
_JUNK = st.sampled_from((b"", *b'< > & " / \x00 \xff \xc3'.split(), b"<?x ", *_TAGS.split()))


@given(st.data(), _JUNK, st.integers(0, 120), st.integers(40, 3000))
@settings(max_examples=400, deadline=None)
def test_every_point_that_no_damage_touches_is_read(data: st.DataObject, junk: bytes, cut: int, piece: int) -> None:
    sound = whole()
    start = data.draw(st.integers(len(ROOT), len(sound)))
    end = min(len(sound), start + data.draw(st.sampled_from((0, 1, cut))))
    damaged = sound[:start] + junk + sound[end:]
    untouched = {
        lat[1].decode()
        for point in _POINT.finditer(sound)
        if (point.end() <= start or point.start() >= end) and (lat := _LAT.search(point[0]))
    }
    pieces = [damaged[at : at + piece] for at in range(0, len(damaged), piece)]
    assert untouched <= latitudes(list(read_gpx(pieces)))
    assert untouched <= latitudes(list(read_gpx_by_parser(pieces)))


@given(st.lists(st.tuples(st.integers(0, 1 << 20), _JUNK), max_size=6), st.integers(40, 3000))
@settings(max_examples=150, deadline=None)
def test_many_damages_never_raise_and_both_ways_read_the_same_points(
    damages: list[tuple[int, bytes]], piece: int
) -> None:
    data = whole()
    for place, junk in damages:
        at = len(ROOT) + place % (len(data) - len(ROOT))
        data = data[:at] + junk + data[at + 1 :]
    pieces = [data[at : at + piece] for at in range(0, len(data), piece)]
    assert facts(read_gpx([data]))[0] == facts(read_gpx_by_parser(pieces))[0]


@pytest.mark.parametrize("prefix", ["", "gpx:"])
def test_a_place_without_its_end_keeps_what_it_says_and_costs_no_other(prefix: str) -> None:
    sound = whole(prefix=prefix)
    planted = f'<{prefix}wpt lat="48.1" lon="2.1"><{prefix}name>Sans fin</{prefix}wpt>'.encode()
    at = sound.index(f"</{prefix}wpt>".encode()) + len(f"</{prefix}wpt>")
    records = list(read_gpx([sound[:at] + planted + sound[at:]]))
    assert latitudes(records) == latitudes(list(read_gpx([sound]))) | {"48.1"}
    (endless,) = [record for record in records if isinstance(record, Item) and record.title == "Sans fin"]
    assert (endless.lat, endless.lon) == (48.1, 2.1)
    (notice,) = notices(records)
    assert (notice.reason, notice.what) == ("gpx-damaged", "wpt")
    assert at <= int(notice.position.removeprefix("byte ")) <= at + len(planted)


def test_a_point_without_its_end_tag_is_read_as_if_it_had_one() -> None:
    sound = whole()
    at = sound.index(b"</trkpt>")
    records = list(read_gpx([sound[:at] + sound[at + len(b"</trkpt>") :]]))
    assert facts(records)[0] == facts(read_gpx([sound]))[0]
    assert [(notice.reason, notice.what) for notice in notices(records)] == [("gpx-damaged", "trkpt")]


def test_a_missing_end_of_a_track_makes_the_next_one_no_part_of_it() -> None:
    sound = whole()
    records = list(read_gpx([sound.replace(b"</trkseg></trk>", b"", 1)]))
    assert facts(records)[0] == facts(read_gpx([sound]))[0]
    assert [item.details["element"] for item in records if isinstance(item, Item)].count("trk") == 2  # type: ignore[index]


def test_what_stands_behind_an_end_of_the_file_that_came_too_early_is_read() -> None:
    sound = whole()
    records = list(read_gpx([sound.replace(b"</trkpt>", b"</trkpt</gpx>", 1)]))
    assert latitudes(records) == latitudes(list(read_gpx([sound])))
    assert [notice.reason for notice in notices(records)] == ["gpx-damaged"]


def test_a_bare_ampersand_costs_nothing() -> None:
    sound = whole()
    records = list(read_gpx([sound.replace(b"<ele>88.1</ele>", b"<name>Pain &</name><desc>Pain & sel</desc>", 1)]))
    (place,) = [record for record in records if isinstance(record, Item) and record.title == "Pain &"]
    assert place.text == "Pain & sel"
    assert place.when is not None
    assert [notice.reason for notice in notices(records)] == ["xml-characters"]


def test_elements_of_other_name_spaces_may_be_called_like_points() -> None:
    inner = '<x:trk xmlns:x="y"><x:trkpt lat="1"/></x:trk>'
    text = f'{ROOT}<wpt lat="1" lon="2"><extensions>{inner}</extensions></wpt></gpx>'
    records = list(read_gpx([text.encode()]))
    assert len(records) == 1
    assert not notices(records)


HOSTILE = {
    "points without ends": b'<trkpt lat="1" lon="2">',
    "points inside points": b"<trkpt><ele>",
    "broken tags": b"<trk<trk",
    "comments without ends": b'<!-- <trkpt lat="1" lon="2"/> ',
    "sections without ends": b'<![CDATA[ <trkpt lat="1" lon="2"/> ',
    "instructions without ends": b'<?x <trkpt lat="1" lon="2"/> ',
    "attributes without ends": b'<trkpt lat="',
    "ends of nothing": b"</trkpt></trk>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_work_grows_with_the_file_and_not_faster(name: str) -> None:
    passes = []
    for size in (1 << 16, 1 << 18):
        data = ROOT.encode() + b"<trk><trkseg>" + HOSTILE[name] * (size // len(HOSTILE[name]))
        parser = MendingParser()
        for _ in parser.feed(data, 0):
            pass
        for _ in parser.close():
            pass
        passes.append(parser.passes / len(data))
    assert passes[1] < 1.5 * max(passes[0], 2)


def test_what_is_held_behind_a_damage_is_bounded() -> None:
    pieces = (b"lost " * 50_000 for _ in range(80))

    def long() -> Iterator[bytes]:
        yield ROOT.encode() + b"<wpt <"
        yield from pieces
        yield b'<wpt lat="1" lon="2"/></gpx>'

    tracemalloc.start()
    found = [event for event in mended_events(long()) if isinstance(event, Element)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [element.attributes for element in found] == [{"lat": "1", "lon": "2"}]
    assert peak < 12 << 20
