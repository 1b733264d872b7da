"""The words of the second line of a clipping, in the languages of the devices.

Facts: real files in English, French, Spanish, German, Italian, Portuguese and Chinese. One file can mix languages, as
it follows the language that the device had at the time. Words are looked for, places in the line are not trusted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from importers.formats.dates import DateReader, Layout
from importers.formats.sniff import plain
from importers.records import Moment


class About(NamedTuple):
    """``sort``: ``highlight``, ``note``, ``bookmark`` or ''. ``page``, ``location``: as written, '' for none.
    ``when``: local time of the device without a zone; ``written``: what stood there for it."""

    sort: str
    page: str
    location: str
    when: Moment | None
    written: str


_SORTS = {
    "highlight": ("highlight", "surlignement", "subrayado", "markierung", "evidenziazione", "destaque", "标注"),
    "note": ("note", "notiz", "nota", "笔记"),
    "bookmark": ("bookmark", "signet", "marcador", "lesezeichen", "segnalibro", "书签"),
}
_ADDED = re.compile(r"added on|ajoute le|anadido el|hinzugefugt am|aggiunto in data|adicionado:?(?: em)?|添加于")
_PAGE = re.compile(r"(?:page|pagina|seite)\s+([0-9]+(?:-[0-9]+)?|[ivxlcdm]+(?:-[ivxlcdm]+)?)\b|第\s*([0-9]+)\s*页")
_LOCATION = re.compile(
    r"(?:location|loc\.|emplacement|posicion|posicao|posizione|position)\s+#?([0-9]+(?:-[0-9]+)?)"
    r"|位置\s*#?([0-9]+(?:-[0-9]+)?)"
)
_MONTHS = {
    word: english
    for english, words in {
        "january": "enero januar gennaio janeiro",
        "february": "febrero februar febbraio fevereiro",
        "march": "marzo marz marco",
        "april": "abril aprile",
        "may": "mayo maggio maio",
        "june": "junio juni giugno junho",
        "july": "julio juli luglio julho",
        "august": "agosto",
        "september": "septiembre settembre setembro",
        "october": "octubre oktober ottobre outubro",
        "november": "noviembre novembro",
        "december": "diciembre dezember dicembre dezembro",
    }.items()
    for word in words.split()
}
_DAY = re.compile(r"(\d{1,2})\.?\s+(?:de\s+)?([a-z]+)\.?,?\s+(?:de\s+)?(\d{4}|\d{2})\b")
_AMERICAN_DAY = re.compile(r"([a-z]+)\s+(\d{1,2}),?\s+(\d{4})\b")
_CHINESE_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_CLOCK = re.compile(r"(上午|下午)?\s*(\d{1,2}:\d\d(?::\d\d)?)\s*([ap]m\b)?")
_READER = DateReader(Layout.NAMED)
_NUMBERS = DateReader(Layout.YEAR_FIRST)
_HALVES = {"上午": "AM", "下午": "PM"}


def about(line: str) -> About:
    """What the second line of a clipping says."""
    folded = plain(line).lstrip("- ")
    added = _ADDED.search(folded)
    before = folded[: added.start()] if added else folded
    written = folded[added.end() :].strip(" :") if added else ""
    return About(_sort(before), _first(_PAGE, before), _first(_LOCATION, before), _moment(written), written)


def _sort(text: str) -> str:
    found = ((text.find(word), sort) for sort, words in _SORTS.items() for word in words if word in text)
    return min(found, default=(0, ""))[1]


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return next(filter(None, found.groups()), "") if found else ""


def _moment(written: str) -> Moment | None:
    clock = _CLOCK.search(written)
    time = ""
    if clock is not None:
        half = _HALVES.get(clock[1] or "", (clock[3] or "").upper())
        time = f"{clock[2]} {half}".strip()
    date = written[: clock.start()] if clock else written
    chinese = _CHINESE_DAY.search(date)
    if chinese is not None:
        return _NUMBERS.moment(f"{chinese[1]}-{chinese[2]}-{chinese[3]}", time)
    day = _DAY.search(date)
    if day is not None:
        return _READER.moment(f"{day[1]} {_MONTHS.get(day[2], day[2])} {day[3]}", time)
    american = _AMERICAN_DAY.search(date)
    return _READER.moment(f"{american[2]} {american[1]} {american[3]}", time) if american else None
