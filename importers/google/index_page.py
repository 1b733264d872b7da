"""The index page of a Takeout (``archive_browser.html``, German ``Archiv_Übersicht.html``): what the archive holds.

Each product stands there with an upper-case English name that is the same in every language (``data-english-name``) and
the name of its folder in this archive (``data-folder-name``). The page names the account and the job.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.archive.names import folded
from importers.contract import Archive, Member, Rule, importer, skip
from importers.formats.entities import unescaped
from importers.formats.html_entries import Line, lines
from importers.google.page_times import page_time
from importers.records import File, Item, Kind, Notice, Record

_LARGEST = 64 << 20
_NAMES = ("**/archive_browser.html", "**/Archiv_Übersicht.html")
_PRODUCT = re.compile(r'data-english-name="([^"<>]{1,100})"\s+data-folder-name="([^"<>]{1,300})"')
_JOB = re.compile(r'class="job-id[^"<>]*">([^<>]{1,100})<')
_TITLE = re.compile(r'class="header_title">([^<>]{1,500})<')
_MADE = re.compile(r'class="header_subtext">([^<>]{1,300})<')
_CODE = re.compile(r"<(style|script)\b[^<>]*>.*?</\1>", re.DOTALL | re.IGNORECASE)

skip(
    Rule(members=("**/Takeout/**/*.json", "**/Takeout/**/*.html", "**/Takeout/**/*.csv"), shape="empty", named=True),
    source="google",
    why="google-empty",
)


@importer(
    Rule(members=_NAMES, shape="html", contains=("data-english-name", "data-folder-name")),
    Rule(shape="html", contains=("data-english-name", "data-folder-name")),
    Rule(members=_NAMES, shape="html", named=True),
    source="google",
    product="takeout",
    reads="index page of the archive",
    languages=("fr", "en", "de", "es"),
    status="proven",
)
def index_page(member: Member) -> Iterator[Record]:
    """One item: which account, which job, when made, which products under which folder; the page itself is kept."""
    data = member.read(_LARGEST)
    page = data.decode("utf-8", "replace")
    title, made, job = _first(_TITLE, page), _first(_MADE, page), _first(_JOB, page)
    named = products(page)
    yield from (Notice("google-product-missing", what=folder) for folder in _missing(named, member))
    when = page_time(made.partition("\u2022")[0].strip())
    yield Item(
        kind=Kind.OTHER,
        key=("takeout", job or page),
        when=when.when if when else None,
        title=title or "Takeout",
        text="\n".join(line.text for line in _words(page)),
        details={"jobId": job, "header_subtext": made, "products": named},
        files=(
            File(name="archive_browser.html", pieces=lambda: iter((data,)), media_type="text/html", size=len(data)),
        ),
    )


def products(page: str) -> dict[str, str]:
    """English name of each product to the name of its folder in this archive."""
    return {unescaped(english): unescaped(folder) for english, folder in _PRODUCT.findall(page)}


def _missing(named: dict[str, str], page: Member) -> list[str]:
    """Folders that the page announces and that do not stand beside it: they lie in another part.

    Empty when no folder stands there, or one that the page does not know: names were changed, nothing can be said.
    """
    beside = folded(page.path.rpartition("/")[0])
    before = f"{beside}/" if beside else ""
    rests = (path[len(before) :] for member in page.archive.members if (path := folded(member.path)).startswith(before))
    there = {rest.partition("/")[0] for rest in rests if "/" in rest}
    announced = {folded(folder): folder for folder in named.values()}
    known = bool(there) and there <= announced.keys()
    return [folder for name, folder in announced.items() if name not in there] if known else []


def folders(archive: Archive) -> dict[str, str]:
    """Name of a product's folder in this archive to its English name; empty when the part with the page is missing."""

    def look() -> dict[str, str]:
        pages = (member.read(_LARGEST).decode("utf-8", "replace") for member in archive.find(*_NAMES))
        return {folder: english for page in pages for english, folder in products(page).items()}

    found = archive.memo("google.folders", look)
    return found if isinstance(found, dict) else {}


def _first(shape: re.Pattern[str], page: str) -> str:
    found = shape.search(page)
    return unescaped(found.group(1)).strip() if found else ""


def _words(page: str) -> list[Line]:
    return lines(_CODE.sub("", page))
