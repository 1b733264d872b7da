"""The quick way and the way through the XML parser read the same points."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.gpx.point_rows import PointRun, point_events
from importers.gpx.track import read_gpx, read_gpx_by_parser
from tests.apple.export_xml import facts

_PLACES = st.sampled_from(("46.58", "-0.340200", "91", "1e-3", "north", "", " 7", "00.5"))
_TIMES = st.sampled_from(
    (
        "2024-06-02T08:00:00Z",
        "2024-06-02T08:00:00.250Z",
        "2024-06-02T10:00:00+02:00",
        "2024-06-02T08:00:00",
        "1901-12-13T20:45:52Z",
        "2024-02-30T00:00:00Z",
        " 2024-06-02T08:00:01Z\n",
        "",
    )
)
_TEXTS = st.sampled_from(("88.1", "0", "007", "x y", "l&apos;eau", "é", 'say "hi"', "a\nb", " 5 ", ""))
_SPACES = st.sampled_from(("", "", "\n   ", " ", "<!-- <trkpt -->", "stray"))


@st.composite
def shapes(draw: st.DrawFn) -> list[str]:
    """The frame of a point: white space, attributes in any order, fields; ``{}`` stands for values."""
    space = draw(_SPACES)
    names = draw(st.lists(st.sampled_from(("ele", "speed", "hr", "name", "ns:cad", "time")), max_size=3))
    places = draw(st.sampled_from(('lat="{lat}" lon="{lon}"', 'lon="{lon}" lat="{lat}"', "lat='{lat}' lon='{lon}'")))
    extra = draw(st.sampled_from(("", "", ' id="{text}"', ' lat2="1"')))
    fields = [f"<{name}>{{{'time' if name == 'time' else 'text'}}}</{name}>{space}" for name in names]
    if draw(st.booleans()):
        fields.append(f"<extensions>{space}<g:x><g:hr>{{text}}</g:hr></g:x></extensions>{space}")
    if draw(st.integers(0, 5)) == 0:
        fields.append('<link href="{text}"><text>{text}</text></link>')
    return [f"<trkpt {places}{extra}>{space}<time>{{time}}</time>{''.join(fields)}</trkpt>{space}"]


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of several tracks whose points follow one or two shapes, now and then with something between them."""
    parts = ["<gpx><metadata><name>m</name></metadata>"]
    for _ in range(draw(st.integers(0, 3))):
        frames = [draw(shapes()) for _ in range(2)]
        parts.append("<trk><trkseg>")
        for _ in range(draw(st.integers(0, 12))):
            frame = frames[draw(st.sampled_from((0, 0, 0, 0, 1)))][0]
            usual = draw(st.booleans())
            lat = lon = "46.5"
            time = "2024-06-02T08:00:00Z"
            text = "12.25"
            if not usual:
                lat, lon, time, text = draw(_PLACES), draw(_PLACES), draw(_TIMES), draw(_TEXTS)
                text = text.replace('"', "&quot;") if "{text}" in frame and "=" in frame else text
            parts.append(frame.format(lat=lat, lon=lon, time=time, text=text))
            parts.append(draw(st.sampled_from(("", "", "", "\n", "</trkseg><trkseg>"))))
        parts.append(draw(st.sampled_from(("</trkseg></trk>", '</trkseg><name>n</name></trk><wpt lat="1" lon="2"/>'))))
    return "".join([*parts, "</gpx>"])


@given(files(), st.integers(1, 400))
@settings(max_examples=250, deadline=None)
def test_both_ways_read_the_same_whatever_the_shape_of_the_points(text: str, piece: int) -> None:
    data = text.encode()
    pieces = [data[at : at + piece] for at in range(0, len(data), piece)]
    assert facts(read_gpx(pieces)) == facts(read_gpx_by_parser([data]))


def test_the_points_of_a_watch_take_the_quick_way() -> None:
    point = (
        '      <trkpt lon="0.34{0}" lat="46.58"><ele>88.{0}</ele><time>2024-06-02T08:00:00Z</time>'
        "<extensions><speed>2.5</speed></extensions></trkpt>\n"
    )
    text = f"<gpx><trk><trkseg>\n{''.join(point.format(at) for at in range(100))}    </trkseg></trk></gpx>"
    runs = [event for event in point_events([text.encode()]) if isinstance(event, PointRun)]
    assert sum(len(run) for run in runs) == 100


@given(files(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_file_never_raises(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.sampled_from(("<", "&", "\x00", '"', ""))) + text[at + 1 :]
    facts(read_gpx([damaged.encode()]))
