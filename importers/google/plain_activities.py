"""Many plain entries of My Activity at once, as columns: no object an entry but the decoded one.

Plain are entries without any field of another name or twice, in which every time is written in UTC. That is so of
nearly all blocks of nearly all files; the others are looked at entry by entry (``my_activity``), with the same outcome.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import UNSET

from importers.formats.json_blocks import Block
from importers.google import addresses, wording
from importers.google.activity import Activity, channels_of, names, place
from importers.google.identity import Identities, neutral
from importers.google.times import plain_column
from importers.records import Items, Kind

Places: TypeAlias = npt.NDArray[np.float64]

_ENCODE = msgspec.json.Encoder().encode
_DECODE = msgspec.json.Decoder(list[msgspec.Raw]).decode
_QUOTES = 4
"""Quotation marks around the name and the value of a field of text."""


def plain_entries(block: Block, identities: Identities) -> Items | None:
    """The entries of a block of ``Activity``; None, and the block as it was, when one is not plain.

    The entries are used up: what has a column is taken out of them, the rest are their details.
    """
    entries: list[Activity] = block.elements
    times = [entry.time for entry in entries]
    escaped = b"\\" in block.text and b'\\"' in block.text
    when = None if escaped else plain_column(times)
    if when is None:
        return None
    titles = [entry.title for entry in entries]
    texts = [entry.description for entry in entries]
    details = _details(block, 3 * len(entries) - titles.count(UNSET) - texts.count(UNSET))
    if details is None:
        block.elements[:] = msgspec.json.decode(block.text, type=list[Activity])
        return None
    shown = [title or "" for title in titles]
    sentences = wording.squeezed_all(shown)
    pages = [_page(entry.titleUrl or "") for entry in entries]
    kinds = _kinds(entries, sentences, pages)
    lat, lon = _places(entries)
    seconds = (when[0] // 1_000_000).tolist()
    said = [page or sentence for page, sentence in zip(pages, sentences, strict=True)]
    products = [_product(bytes(entry.products)) for entry in entries]
    return Items(
        kind=kinds,
        key=identities.keys(kinds, seconds, said, products),
        start=when[0],
        precision=when[1],
        title=shown,
        text=[text or "" for text in texts],
        lat=lat,
        lon=lon,
        parties=[channels_of(bytes(entry.subtitles)) if entry.subtitles else () for entry in entries],
        details=details,
    )


def _details(block: Block, columns: int) -> list[str] | None:
    """What has no column, as JSON text an entry; None when the entries do not hold all that the block says.

    ``columns``: values that have a column.
    """
    entries: list[Activity] = block.elements
    for entry in entries:
        entry.title = entry.description = entry.time = UNSET
    rest = _ENCODE(entries)
    if _QUOTES * columns + rest.count(b'"') != block.text.count(b'"'):
        return None
    if b"\n" in rest:
        rest = msgspec.json.format(rest, indent=-1)
    return [str(raw, "utf-8") for raw in _DECODE(rest)]


def _page(url: str) -> str:
    return addresses.unwrapped(url) if "/url?" in url else url


@lru_cache(maxsize=4096)
def _product(listed: bytes) -> str:
    return neutral(names(msgspec.Raw(listed)))


def _kinds(entries: list[Activity], sentences: list[str], pages: list[str]) -> list[Kind]:
    folded = wording.folded_all(sentences)
    kinds = [
        wording.kind_of_folded(sentence, page, entry.header or "")
        for sentence, page, entry in zip(folded, pages, entries, strict=True)
    ]
    for row, entry in enumerate(entries):
        if entry.details and wording.is_ad(names(entry.details)):
            kinds[row] = Kind.AD
    return kinds


def _places(entries: list[Activity]) -> tuple[Places, Places]:
    lat, lon = np.full(len(entries), np.nan), np.full(len(entries), np.nan)
    for row, entry in enumerate(entries):
        found = place(entry.locationInfos) if entry.locationInfos else None
        if found:
            lat[row], lon[row] = found
    return lat, lon
