"""My Activity and YouTube history in JSON: one item an entry, in the wording of the account's language.

The file is an array, newest first. There is no id: an entry is known by its second, its address and its sentence, and
by a running number where these are equal; the folder and the product's localised name are not part of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from importers.contract import Member, Rule, importer
from importers.formats import json_blocks
from importers.records import Handle, Item, Kind, Moment, Notice, Precision, Record, Role

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ADS = ("From Google Ads", "Des annonces Google", "De Anuncios de Google", "Von Google Ads")
_PLACE = re.compile(r"(?:center=|@|query=)(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+)")

_VERBS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.WATCH, ("vous avez regardé", "watched", "has visto", "angesehen")),
    (Kind.SEARCH, ("vous avez recherché", "searched for", "has buscado", "gesucht nach", "itinéraire pour")),
    (Kind.LISTEN, ("listened to", "vous avez écouté", "has escuchado")),
    (Kind.PLAY, ("a joué", "played", "application utilisée", "used")),
    (Kind.OTHER, ("installée", "installed", "désinstallée", "uninstalled")),
    (Kind.REACTION, ("a aimé", "n'a pas aimé", "liked", "disliked", "vous avez voté", "voted on")),
    (Kind.SUBSCRIPTION, ("vous vous êtes abonné", "subscribed to")),
    (Kind.SETTING, ("défini", "set ")),
)  # fmt: skip


@importer(
    Rule(
        members=("**/MyActivity.json", "**/MonActivité.json", "**/watch-history.json", "**/search-history.json"),
        shape="json-array",
        keys=frozenset({"header", "title", "time", "products"}),
    ),
    Rule(shape="json-array", keys=frozenset({"title", "time", "products", "activityControls"})),
    source="google",
    product="my-activity",
    reads="activities and YouTube history (JSON)",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def my_activity(member: Member) -> Iterator[Record]:
    """Everything that an account's activity page lists: searches, videos, pages, apps, adverts. Times are UTC."""
    alike: Counter[tuple[object, ...]] = Counter()
    with member.open() as stream:
        for event in json_blocks.read(stream, {"": dict[str, Any]}):
            match event:
                case json_blocks.Block():
                    for number, entry in enumerate(event.elements, event.first + 1):
                        yield _activity(entry, number, alike)
                case json_blocks.Broken():
                    yield Notice("json-record", event.position)


def _activity(entry: dict[str, Any], number: int, alike: Counter[tuple[object, ...]]) -> Record:
    title, url = str(entry.get("title", "")), str(entry.get("titleUrl", ""))
    when = moment(entry.get("time"))
    if when is None:
        return Notice("json-record", f"record {number}", "time")
    same = (when.us // 1_000_000, title, url)
    alike[same] += 1
    details = {name: value for name, value in entry.items() if name not in {"title", "time"}}
    lat, lon = _place(entry)
    return Item(
        kind=_kind(entry, title),
        when=when,
        key=("activity", *same, alike[same]),
        title=title,
        text=str(entry.get("description", "")),
        lat=lat,
        lon=lon,
        parties=tuple(_channels(entry)),
        details={name: value for name, value in details.items() if name != "description"},
    )


def moment(text: object) -> Moment | None:
    """``2022-05-15T09:42:18.202Z`` as a moment; None when it is no such time."""
    if not isinstance(text, str):
        return None
    try:
        stamp = datetime.fromisoformat(text)
    except ValueError:
        return None
    if stamp.tzinfo is None:
        return None
    precision = Precision.MILLISECOND if "." in text else Precision.SECOND
    offset = None if text.endswith("Z") else int((stamp.utcoffset() or timedelta()).total_seconds() // 60)
    return Moment((stamp - _EPOCH) // timedelta(microseconds=1), offset, precision)


def unwrapped(url: str) -> str:
    """The address behind a redirect of Google's own."""
    parts = urlsplit(url)
    if parts.netloc.endswith("google.com") and parts.path == "/url":
        return parse_qs(parts.query).get("q", [url])[0]
    return url


def _kind(entry: dict[str, Any], title: str) -> Kind:
    details = entry.get("details")
    if isinstance(details, list) and any(isinstance(d, dict) and d.get("name") in _ADS for d in details):
        return Kind.AD
    start = title.replace("\u00a0", " ").replace("’", "'").casefold()
    for kind, verbs in _VERBS:
        if start.startswith(verbs):
            return kind
    if start.startswith(("vous avez consulté", "a consulté", "visited", "viewed", "has visitado", "besucht")):
        return Kind.PAGE_VISIT
    return Kind.OTHER


def _channels(entry: dict[str, Any]) -> Iterator[Role]:
    subtitles = entry.get("subtitles")
    for subtitle in subtitles if isinstance(subtitles, list) else ():
        name, url = (subtitle.get("name"), subtitle.get("url")) if isinstance(subtitle, dict) else (None, None)
        if isinstance(name, str) and isinstance(url, str) and "youtube.com/" in url:
            yield Role("channel", name, Handle("url", url))


def _place(entry: dict[str, Any]) -> tuple[float | None, float | None]:
    infos = entry.get("locationInfos")
    for info in infos if isinstance(infos, list) else ():
        found = _PLACE.search(str(info.get("url", ""))) if isinstance(info, dict) else None
        if found:
            return float(found[1]), float(found[2])
    return None, None
