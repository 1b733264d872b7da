"""Names and identities that repeat without end cost time as their number, not as its square.

The records of a sample say other things each time (``test_growth.py``); these say the same name again and again.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from importers.contract import Importer
from importers.registry import declarations
from tests.importers.test_growth import seconds

SMALL, LARGE = 2_000, 8_000
LEAST = 0.05
"""Seconds below which a difference says nothing."""


def cards(count: int) -> bytes:
    """Cards of one identifier that say different things."""
    return b"".join(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Odile\r\nNOTE:%d\r\nEND:VCARD\r\n" % number
        for number in range(count)
    )


def entries(count: int) -> bytes:
    """Entries of one identifier that say different things."""
    entry = b"BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240102T030405Z\r\nSUMMARY:%d\r\nEND:VEVENT\r\n"
    inside = b"".join(entry % number for number in range(count))
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + inside + b"END:VCALENDAR\r\n"


def waypoint(count: int) -> bytes:
    """A place with one field again and again."""
    return b'<gpx version="1.1"><wpt lat="45.1" lon="5.7">' + b"<link>a</link>" * count + b"</wpt></gpx>"


def trackpoint(count: int) -> bytes:
    """A point of an activity with one field again and again."""
    point = b"<Trackpoint><Time>2024-01-02T03:04:05Z</Time>" + b"<Note>a</Note>" * count + b"</Trackpoint>"
    lap = b'<Lap StartTime="2024-01-02T03:04:05Z"><Track>' + point + b"</Track></Lap>"
    activity = b'<Activity Sport="Biking"><Id>2024-01-02T03:04:05Z</Id>' + lap + b"</Activity>"
    return b"<TrainingCenterDatabase><Activities>" + activity + b"</Activities></TrainingCenterDatabase>"


def sidecar(count: int) -> bytes:
    """Notes beside a picture with one property again and again."""
    inside = b"<dc:source>a</dc:source>" * count
    return b'<x:xmpmeta xmlns:x="a" xmlns:r="b" xmlns:dc="c"><r:Description>' + inside + b"</r:Description></x:xmpmeta>"


def statement(count: int) -> bytes:
    """A statement with a text of very many lines."""
    return b"OFXHEADER:100\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><MESSAGE>" + b"aaaa\n" * (10 * count) + b"</OFX>"


@pytest.mark.parametrize(
    ("own", "path", "made"),
    [
        ("contacts.cards", "a.vcf", cards),
        ("agenda.entries", "a.ics", entries),
        ("gpx.track", "a.gpx", waypoint),
        ("tcx.activities", "a.tcx", trackpoint),
        ("photos.sidecar", "a.xmp", sidecar),
        ("ofx.statements", "a.ofx", statement),
    ],
)
def test_what_repeats_takes_time_in_proportion(own: str, path: str, made: Callable[[int], bytes]) -> None:
    importer = next(one for one in declarations() if isinstance(one, Importer) and one.id == own)
    small, large = (seconds({path: made(count)}, path, importer) for count in (SMALL, LARGE))
    assert large < 10 * max(small, LEAST), (small, large)
