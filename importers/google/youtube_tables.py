"""YouTube's tables: comments, live chats, subscriptions, playlists and their videos, in CSV with localised headers.

Columns are found by a list of known spellings (``youtube_tables.toml``), never by position; every cell is kept under
the header that the file has. Old playlist files hold two tables: a row about the playlist, a blank line, the videos.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import TypeAlias

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats import tables
from importers.formats.sniff import plain
from importers.formats.tables import Trouble
from importers.google.fields import objects
from importers.google.identity import Repeats
from importers.google.times import moment
from importers.records import Handle, Item, Kind, Moment, Notice, Record, Role

_NAMES = {
    meaning: tuple(entry["names"])
    for meaning, entry in tomllib.loads(
        files("importers.google").joinpath("youtube_tables.toml").read_text(encoding="utf-8")
    ).items()
}
_MEANINGS = {plain(name): meaning for meaning, names in _NAMES.items() for name in names}
_AFFIXES = re.compile(
    r"\A(?:vidéos\sde|vídeos\sde|videos\svon)\s+|(?:[- ](?:videos|vidéos|vídeos))?\.csv\Z", re.IGNORECASE
)
"""What Takeout puts around the name of a playlist to name the file of its videos."""

Row: TypeAlias = dict[str, str]
"""Header to cell, empty cells left out."""


def _headers(*meanings: str) -> tuple[Rule, ...]:
    """Rules for a table that has a column of each meaning, in one of the languages at a time."""
    most = max(len(_NAMES[meaning]) for meaning in meanings)
    choices = {
        frozenset(_NAMES[meaning][min(at, len(_NAMES[meaning]) - 1)] for meaning in meanings) for at in range(most)
    }
    choices |= {frozenset({first, second}) for first in _NAMES[meanings[0]] for second in _NAMES[meanings[-1]]}
    return tuple(Rule(shape="csv", header=choice) for choice in sorted(choices, key=sorted))


@importer(
    *_headers("comment_id", "comment_text"),
    *_headers("chat_id", "chat_text"),
    source="google",
    product="youtube",
    reads="YouTube comments and live chats (CSV)",
)
def youtube_comments(member: Member) -> Iterator[Record]:
    """A comment is a post, a line in a live chat a message. The text is put together from its segments."""
    yield from _each(member, _comment)


@importer(
    *_headers("channel_id", "channel_url", "channel_title"),
    source="google",
    product="youtube",
    reads="YouTube subscriptions (CSV)",
)
def youtube_subscriptions(member: Member) -> Iterator[Record]:
    """Channels that the person follows; the file has no times."""
    yield from _each(member, _subscription)


@importer(
    *_headers("video_id", "added"),
    *_headers("playlist_id", "playlist_title"),
    source="google",
    product="youtube",
    reads="YouTube playlists and their videos (CSV)",
)
def youtube_playlists(member: Member) -> Iterator[Record]:
    """A video put into a playlist is a bookmark; a playlist itself is kept as ``other``.

    The playlist's name stands only in the name of the file of its videos: it is kept as ``playlist``, and is no part
    of their identity.
    """
    name = _AFFIXES.sub("", member.path.rsplit("/", 1)[-1])
    yield from _each(member, lambda row, known: _listed(row, known, name))


Make: TypeAlias = Callable[[Row, dict[str, str]], Item]


def _each(member: Member, make: Make) -> Iterator[Record]:
    alike = Repeats()
    header: list[str] = []
    with member.open() as stream:
        for row in tables.cells(stream, ","):
            if isinstance(row, Trouble):
                yield Notice(row.reason, row.position)
                continue
            cells = row.cells
            if not any(cell.strip() for cell in cells):
                continue
            if not header or _is_header(cells):
                header = cells
                continue
            if len(cells) > len(header):
                yield Notice("google-csv-row", f"line {row.line}")
            if not row.ended and len(cells) < len(header):
                yield Notice("table-cut", f"line {row.line}")
            named = {name: cell for name, cell in zip(_named(header, len(cells)), cells, strict=False) if cell}
            item = make(named, _meanings(named))
            number = alike.number(item.key) + 1
            yield item if number == 1 or item.stable else msgspec.structs.replace(item, key=(*item.key, number))


def _is_header(cells: list[str]) -> bool:
    """Whether these are names of columns: two known ones are enough, a table of playlists has nine unknown ones."""
    return len({_MEANINGS[name] for cell in cells if (name := plain(cell)) in _MEANINGS}) >= 2


def _named(header: list[str], width: int) -> list[str]:
    """A name for each cell; one that stands twice, or not at all, says which column it is."""
    names: list[str] = []
    for at in range(max(width, len(header))):
        name = header[at].strip() if at < len(header) else ""
        names.append(name if name and name not in names else f"{name} column {at + 1}".strip())
    return names


def _meanings(row: Row) -> dict[str, str]:
    return {_MEANINGS[plain(name)]: cell for name, cell in row.items() if plain(name) in _MEANINGS}


def _comment(row: Row, known: dict[str, str]) -> Item:
    chat = "chat_text" in known or "chat_id" in known
    own = known.get("chat_id" if chat else "comment_id", "")
    given = known.get("chat_text" if chat else "comment_text", "")
    when = _moment(known.get("created", ""))
    channel = known.get("channel_id", "")
    return Item(
        kind=Kind.MESSAGE if chat else Kind.POST,
        key=("youtube-text", own) if own else ("youtube-text", *row.values()),
        stable=bool(own),
        when=when,
        text=_joined(given),
        parties=(Role("author", "", Handle("id", channel)),) if channel else (),
        details=row,
    )


def _joined(cell: str) -> str:
    """The text of a comment: one object with segments, objects joined by commas, or plain words."""
    for wrapped in (cell, f"[{cell}]"):
        try:
            found = msgspec.json.decode(wrapped)
        except (msgspec.DecodeError, RecursionError, UnicodeEncodeError):
            continue
        parts = found.get("takeoutSegments", [found]) if isinstance(found, dict) else found
        found_texts = [part.get("text") for part in objects(parts)]
        texts = [text for text in found_texts if isinstance(text, str)]
        if texts and len(texts) == len(found_texts):
            return "".join(texts)
    return cell


def _subscription(row: Row, known: dict[str, str]) -> Item:
    channel, title = known.get("channel_id", ""), known.get("channel_title", "")
    url = known.get("channel_url", "")
    handle = Handle("url", url) if url else Handle("id", channel)
    return Item(
        kind=Kind.SUBSCRIPTION,
        key=("youtube-subscription", channel or url or title),
        title=title,
        parties=(Role("channel", title, handle),),
        details=row,
    )


def _listed(row: Row, known: dict[str, str], name: str) -> Item:
    if "video_id" in known:
        video, when = known["video_id"].strip(), _moment(known.get("added", ""))
        return Item(
            kind=Kind.BOOKMARK,
            key=("youtube-playlist-video", video, when.us if when else None),
            when=when,
            title=f"https://www.youtube.com/watch?v={video}",
            details={"playlist": name} | row,
        )
    own = known.get("playlist_id", "")
    return Item(
        kind=Kind.OTHER,
        key=("youtube-playlist", own) if own else ("youtube-playlist", *row.values()),
        when=_moment(known.get("playlist_created", "")),
        title=known.get("playlist_title", ""),
        details=row,
    )


def _moment(text: str) -> Moment | None:
    """ISO, or ``2020-04-27 23:18:23 UTC``. UTC is how YouTube writes, not where the person was: it gives no offset."""
    text = text.strip()
    for mark in (" UTC", "+00:00"):
        text = f"{text.removesuffix(mark)}Z" if text.endswith(mark) else text
    return moment(text)
