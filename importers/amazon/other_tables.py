"""The other datasets of the archive, whose columns nobody has described, by the name of their file.

Only a column whose name is about a time and whose cell is an ISO date gives a row its time; every cell is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from importers.amazon.tables import ABSENT, iso
from importers.contract import Member, Rule, importer, keep, skip
from importers.formats import row_facts
from importers.formats.row_facts import Cells
from importers.formats.tables import rest
from importers.records import Item, Kind, Moment, Record

_FOLDERS = (
    "Your Amazon Orders",
    "Your Returns & Refunds",
    "Retail.*",
    "Digital.*",
    "Digital-*",
    "Subscriptions.*",
    "Advertising.*",
    "Audible.*",
    "Kindle.*",
    "PrimeVideo.*",
    "PaymentOptions.*",
    "OutboundNotifications.*",
    "Search-Data",
    "Amazon.*",
    "Amazon-Music",
    "AmazonGames",
    "LightWeightInteractions",
)
_KINDS = (
    ("audiences", Kind.INFERENCE),
    ("advertiserclicks", Kind.AD),
    ("cartitems", Kind.BOOKMARK),
    ("cart history", Kind.BOOKMARK),
    ("reviews", Kind.REVIEW),
    ("seller-feedback", Kind.REVIEW),
    ("search-data", Kind.SEARCH),
    ("subscription", Kind.SUBSCRIPTION),
    ("membership", Kind.SUBSCRIPTION),
    ("devices", Kind.DEVICE),
    ("notifications", Kind.MESSAGE),
    ("returns", Kind.OTHER),
    ("wishlist", Kind.BOOKMARK),
)
"""Part of a dataset's name, folded, to the kind of its rows; the first that fits."""

_TIMES = ("date", "time", "timestamp")
_TITLES = ("title", "product name", "productname", "name", "asin")

skip(
    Rule(members=("**/FileDescriptions.csv", "**/Digital-Ordering.*/README.txt"), named=True, shape="csv"),
    Rule(members=("**/FileDescriptions.csv", "**/Digital-Ordering.*/README.txt"), named=True, shape="text"),
    source="amazon",
    why="amazon-about",
    weight=2,
)
skip(
    Rule(members=tuple(f"**/{folder}/*" for folder in _FOLDERS), shape="empty", named=True),
    source="amazon",
    why="amazon-empty",
    weight=1,
)
keep(
    Rule(
        members=tuple(f"**/{folder}/**/*.{end}" for folder in _FOLDERS for end in ("json", "pdf", "txt")),
        named=True,
    ),
    source="amazon",
    weight=-1,
)


@importer(
    Rule(members=tuple(f"**/{folder}/**/*.csv" for folder in _FOLDERS), shape="csv", named=True),
    Rule(members=tuple(f"**/{folder}/**/*.csv" for folder in _FOLDERS), shape="text", named=True),
    source="amazon",
    reads="other tables of the archive",
    weight=-1,
)
def other_table(member: Member) -> Iterator[Record]:
    """An item a row, of the kind that the name of its dataset says."""
    folders = member.path.rsplit("/", 2)
    dataset = "/".join(folders[-2:]).removesuffix(".csv")
    own = folders[-1].removesuffix(".csv")
    name = ".".join(part for part in own.split(".") if not part.isdigit())
    folded = dataset.casefold()
    kind = next((kind for word, kind in _KINDS if word in folded), Kind.OTHER)
    found = row_facts.without(row_facts.lines(member), ABSENT)
    yield from row_facts.facts(found, partial(_item, name, kind))


def _item(table: str, kind: Kind, cells: Cells, _: Moment | None) -> Item:
    dated = (iso(cell) for name, cell in cells.items() if any(word in name.casefold() for word in _TIMES))
    titles = (cell for title in _TITLES for name, cell in cells.items() if name.casefold() == title)
    return Item(
        kind=kind,
        key=("table", table.casefold(), *(part for pair in sorted(cells.items()) for part in pair)),
        when=next((when for when in dated if when is not None), None),
        title=next(titles, ""),
        details={"table": table} | rest(cells, ()),
    )
