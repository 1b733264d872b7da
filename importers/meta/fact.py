"""What a record of Meta says: time, words, link, counterpart, place and files, read by shape and not by language."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import msgspec

from importers.meta import media, times
from importers.meta.labels import meaning
from importers.records import Moment

_TIMES = (
    *("timestamp", "creation_timestamp", "created_timestamp", "create_timestamp", "added_timestamp"),
    *("start_timestamp", "updated_timestamp", "last_modified_timestamp", "last_active_time"),
)
_SENTENCES = frozenset({"title", "action"})
"""Fields that Facebook writes in the language of the account."""
_COORDINATES = re.compile(r"\(?\s*(-?\d{1,2}(?:\.\d+)?)\s*,\s*(-?\d{1,3}(?:\.\d+)?)\s*\)?\Z")


@dataclass(frozen=True)
class Fact:
    """``url``: where it leads. ``name``, ``user``: the counterpart's name and user name. ``local``: the time was
    words without a zone. ``uris``: addresses of files. ``own``: the service's identifier. ``rest``: digest of all
    fields but times and sentences, for facts that say nothing else."""

    when: Moment | None = None
    end: Moment | None = None
    title: str = ""
    text: str = ""
    url: str = ""
    name: str = ""
    user: str = ""
    place: tuple[float, float] | None = None
    uris: tuple[str, ...] = ()
    own: str = ""
    local: bool = False
    rest: str = field(default="", compare=False)


def facts(value: Any) -> Iterator[tuple[Fact, Any]]:
    """The facts of one element, each with what of the element belongs to it: a list of texts may hold several."""
    entries = value.get("string_list_data") if isinstance(value, dict) else None
    if not isinstance(entries, list) or len(entries) < 2:
        yield fact(value), value
        return
    for entry in entries:
        one = value | {"string_list_data": [entry]}
        yield fact(one), one


def fact(value: Any) -> Fact:
    """What one element says."""
    if not isinstance(value, dict):
        return Fact(title=value) if isinstance(value, str) else Fact(rest=_digest(value))
    if "label_values" in value:
        found = _labelled(value)
    elif isinstance(value.get("string_map_data"), dict):
        found = _mapped(value, value["string_map_data"])
    elif isinstance(value.get("string_list_data"), list):
        found = _listed(value)
    else:
        found = _plain(value)
    uris = tuple(uri for uri in media.addresses(value) if "://" not in uri and uri)
    return replace(found, uris=uris, rest=_digest(value))


def code(url: str) -> str:
    """What of a link says which page it is: the last step of the path, for links of Instagram, else all of it."""
    parts = urlsplit(url) if "://" in url else None
    if parts is None or not (parts.hostname or "").endswith(("instagram.com", "threads.net", "threads.com")):
        return url
    return parts.path.rstrip("/").rpartition("/")[2] or url


def _listed(value: dict[str, Any]) -> Fact:
    """Followers, likes: the name is the title or else the value."""
    entries = [entry for entry in value["string_list_data"] if isinstance(entry, dict)]
    entry = entries[0] if entries else {}
    title, given = _text(value.get("title")), _text(entry.get("value"))
    return Fact(
        when=times.seconds(entry.get("timestamp")),
        title=title or given,
        text=given if title else "",
        url=_text(entry.get("href")),
        user=title or given,
    )


def _mapped(value: dict[str, Any], entries: dict[str, Any]) -> Fact:
    """A label for each value; a time may be words, with 0 beside them."""
    found: dict[str, str] = {}
    when: Moment | None = None
    words: Moment | None = None
    url = ""
    for label, entry in entries.items():
        if not isinstance(entry, dict):
            continue
        said, means = _text(entry.get("value")), meaning(label)
        when = when or times.seconds(entry.get("timestamp"))
        url = url or _text(entry.get("href")) or (said if said.startswith("http") else "")
        if means == "time" and said:
            words = words or times.words(said)
        elif said and not said.startswith("http"):
            found.setdefault(means, said)
    when = when or words or times.instant(_text(value.get("title")))
    text = found.get("text", "")
    user, name = found.get("username", ""), found.get("name", "")
    heading = text or name or user or found.get("agent", "") or found.get("", "") or _text(value.get("title"))
    return Fact(
        when=when,
        title=heading[:200],
        text=text if len(text) > 200 else "",
        url=url,
        name=name,
        user=user,
        local=when is not None and when is words,
    )


def _labelled(value: dict[str, Any]) -> Fact:
    """The record of labels and values of 2024 and later."""
    found: dict[str, str] = {}
    links: list[str] = []
    stamps: list[Moment] = []
    place: tuple[float, float] | None = None
    for label, entry, inner in _labels(value.get("label_values")):
        said = _text(entry.get("value"))
        stamp = times.seconds(entry.get("timestamp_value"))
        stamps += [stamp] if stamp else []
        at = _COORDINATES.match(said)
        link = _text(entry.get("href")) or (said if said.startswith("http") else "")
        if at is not None:
            place = place or (float(at[1]), float(at[2]))
        elif link:
            links += [] if inner else [link]
        elif said:
            found.setdefault(meaning(label), said)
    links.sort(key=lambda link: "/ads/library/" in link)
    text, name, user = found.get("text", ""), found.get("name", ""), found.get("username", "")
    heading = text or name or user or found.get("", "") or _text(value.get("title"))
    return Fact(
        when=(stamps[0] if stamps and place else None)
        or times.seconds(value.get("timestamp"))
        or next(iter(stamps), None),
        title=heading,
        url=links[0] if links else "",
        name=name,
        user=user,
        place=place,
        own=_text(value.get("fbid")),
    )


def _labels(entries: Any, *, inner: bool = False) -> Iterator[tuple[str, dict[str, Any], bool]]:
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        if isinstance(entry.get("dict"), list):
            yield from _labels(entry["dict"], inner=True)
        elif "label" in entry:
            yield _text(entry["label"]), entry, inner


def _plain(value: dict[str, Any]) -> Fact:
    """A record with fields of its own, and perhaps ``data`` and ``attachments``."""
    data = _dicts(value.get("data"))
    extras = [entry for part in _dicts(value.get("attachments")) for entry in _dicts(part.get("data"))]
    medium = next(iter(_dicts(value.get("media"))), {})
    inner = [nested for entry in (*data, *extras, value) for nested in entry.values() if isinstance(nested, dict)]
    everything = [value, *data, *extras, *inner, medium]
    said = _first(everything, "post", "comment", "text", "reaction", "share_text") or _said_with_picture(inner)
    name = _first([value, *data, *extras], "name", "advertiser_name", "advertiser", "sender")
    title = (
        _text(value.get("title")) or _text(medium.get("title")) or name or _first(everything, "action", "event", "type")
    )
    caption = said or _text(value.get("description"))
    if medium or "uri" in value:  # Instagram: what is written under a picture is called its title
        caption, title = _text(value.get("title")) or _text(medium.get("title")) or caption, ""
    return Fact(
        when=next((stamp for part in everything for key in _TIMES if (stamp := times.seconds(part.get(key)))), None),
        end=times.seconds(value.get("end_timestamp")),
        title=title,
        text=caption if caption != title else "",
        url=_first(everything, "url", "href", "link") or _link(data),
        name=name,
        place=_place(value),
        own=_first([value], "fbid"),
    )


def _said_with_picture(parts: list[dict[str, Any]]) -> str:
    """The words of a post of pictures stand at each picture."""
    return next((text for part in parts if "uri" in part and (text := _text(part.get("description")))), "")


def _link(data: list[dict[str, Any]]) -> str:
    return next((uri for entry in data if (uri := _text(entry.get("uri"))).startswith("http")), "")


def _place(value: Any) -> tuple[float, float] | None:
    """The first coordinates in a value, degrees: of a picture, a place or the record itself."""
    if isinstance(value, list):
        return next((place for entry in value if (place := _place(entry))), None)
    if not isinstance(value, dict):
        return None
    lat, lon = value.get("latitude"), value.get("longitude")
    if (
        isinstance(lat, int | float)
        and isinstance(lon, int | float)
        and abs(lat) <= 90
        and abs(lon) <= 180
        and (lat or lon)
    ):
        return float(lat), float(lon)
    return next((place for entry in value.values() if (place := _place(entry))), None)


def _digest(value: Any) -> str:
    """Which record it is when it says nothing else: all fields but those that a language or a picture changes."""
    if isinstance(value, dict):
        value = {name: entry for name, entry in value.items() if name not in _SENTENCES and name not in _TIMES}
        if not any(value.values()):
            return ""
    text = msgspec.json.encode(value, order="deterministic")
    return hashlib.blake2b(text, digest_size=8).hexdigest()


def _first(parts: list[dict[str, Any]], *fields: str) -> str:
    """The first text of these fields, field by field."""
    return next((text for name in fields for part in parts if (text := _text(part.get(name)))), "")


def _dicts(value: Any) -> list[dict[str, Any]]:
    value = [value] if isinstance(value, dict) else value
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
