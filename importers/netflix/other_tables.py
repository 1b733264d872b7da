"""The tables whose columns nobody has described, by the name of their file; those without rows; the two letters.

Facts: of these tables only the sentence that they are empty has been seen. So the first cell that is a time is the
time, the first cell under a column about a title or a name is the title, and every cell is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer, keep, skip
from importers.formats.json_records import Alike
from importers.formats.row_facts import numbered
from importers.formats.tables import rest
from importers.netflix.rows import SENTENCE, Cells, rows
from importers.netflix.stamps import moment
from importers.records import Item, Kind, Notice, Record, Role

_FOLDERS = (
    "ACCOUNT",
    "CLICKSTREAM",
    "CONTENT_INTERACTION",
    "CUSTOMER_SERVICE",
    "DEVICES",
    "GAMES",
    "IP_ADDRESSES",
    "MESSAGES",
    "PAYMENT_AND_BILLING",
    "PROFILES",
    "SOCIAL_MEDIA_CONNECTIONS",
    "SURVEYS",
)
_KINDS = {
    "viewingactivity": Kind.WATCH,
    "searchhistory": Kind.SEARCH,
    "ratings": Kind.REACTION,
    "mylist": Kind.BOOKMARK,
    "cscontact": Kind.MESSAGE,
    "chattranscripts": Kind.MESSAGE,
    "gameplaysession": Kind.PLAY,
    "gameplaysessions": Kind.PLAY,
    "accessanddevices": Kind.DEVICE,
    "devices": Kind.DEVICE,
    "parentalcontrolsrestrictedtitles": Kind.SETTING,
    "clickstream": Kind.PAGE_VISIT,
    "messagessentbynetflix": Kind.MESSAGE,
}

skip(
    Rule(starts=(SENTENCE,), shape="text"),
    source="netflix",
    why="netflix-empty",
    weight=1,
)
skip(
    Rule(members=tuple(f"**/{folder}/*" for folder in _FOLDERS), shape="empty", named=True),
    source="netflix",
    why="netflix-empty",
    weight=1,
)
keep(
    Rule(
        members=(
            "**/Cover Sheet.pdf",
            "**/Additional Information.pdf",
            "**/Folha de capa.pdf",
            "**/Informações adicionais.pdf",
        ),
        shape="pdf",
        named=True,
    ),
    source="netflix",
)


@importer(
    Rule(members=tuple(f"**/{folder}/*.csv" for folder in _FOLDERS), shape="csv", named=True),
    Rule(members=tuple(f"**/{folder}/*.csv" for folder in _FOLDERS), shape="text", named=True),
    source="netflix",
    reads="other tables of the account archive",
    weight=-1,  # a table that is known by its columns is read by its own reader, whatever it is called
)
def other_table(member: Member) -> Iterator[Record]:
    """An item a row, by the name of its table; times are UTC as in the archive's other tables."""
    table = member.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    kind = _KINDS.get(table.casefold(), Kind.OTHER)
    alike = Alike()
    for row in rows(member, ()):
        yield row if isinstance(row, Notice) else numbered(_item(table, kind, row[1]), alike)


def _item(table: str, kind: Kind, cells: Cells) -> Item:
    when = next((found for found in map(moment, cells.values()) if found is not None), None)
    titles = (text for name, text in cells.items() if _is_title(name) and text)
    return Item(
        kind=kind,
        key=("table", table.casefold(), *cells.values()),
        when=when,
        title=next(titles, ""),
        parties=(Role("with", "Netflix"),) if kind is Kind.MESSAGE else (),
        details={"table": table} | rest(cells, ()),
    )


def _is_title(name: str) -> bool:
    folded = name.casefold()
    return ("title" in folded or "name" in folded or "titre" in folded) and "profil" not in folded
