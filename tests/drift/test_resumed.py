"""An import that was interrupted tells what it would have told in one go, whatever it had finished."""

from __future__ import annotations

import pytest

from tests.drift.archives import told_of
from tests.drift.inventions import TITLES, gas
from tests.drift.packed import told
from tests.drift.test_pages import CHAT, SALES
from tests.drift.test_pages import changed as pages_changed
from tests.drift.test_tables import changed_browser, deezer, with_column
from tests.importers.archives import Files, files, view

TABLE = b"Const,Your Rating,Date Rated,Title,Mood Then\ntt1,5,2024-01-02,Un film,calme\n"

ARCHIVES: dict[str, Files] = {
    "a workbook": deezer(with_column("Mood Then", "calme")),
    "workbooks": {
        f"{name}.xlsx": data
        for name, titles in (("a", TITLES), ("b", [*TITLES, "Humeur du jour"]))
        for data in gas(titles, [*range(9)]).values()
    },
    "a database": changed_browser("ALTER TABLE visits ADD COLUMN mood_then TEXT", "CREATE TABLE moods (a)"),
    "pages": pages_changed(CHAT, (b'"from_name"', b'"sender_name"')),
    "pages with fields": pages_changed(SALES, (b'itemprop="seller"', b'itemprop="mood_then"')),
    "a table": {"ratings.csv": TABLE},
    "forms together": {
        **deezer(with_column("Mood Then", "calme")),
        **changed_browser("CREATE TABLE moods (a)"),
        "ratings.csv": TABLE,
    },
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_rest_of_an_import_tells_what_the_whole_would_have_told(name: str) -> None:
    held = ARCHIVES[name]
    whole = told(held).drifts
    assert whole
    for count in range(1, len(held) + 1):
        assert told_of(view(held), frozenset(range(count))).drifts == whole
        assert told_of(view(held), frozenset(range(len(held) - count, len(held)))).drifts == whole


@pytest.mark.parametrize("part", [3, 2, 1.1])
@pytest.mark.parametrize("name", ["a workbook", "a database", "a table"])
def test_so_it_is_where_a_file_ends_too_early(name: str, part: float) -> None:
    held = {path: data[: int(len(data) / part)] for path, data in ARCHIVES[name].items()}
    assert told_of(view(held), frozenset({0})).drifts == told(held).drifts


def test_pages_that_nobody_reads_because_the_same_is_there_as_json_are_not_compared_later_either() -> None:
    held = {
        **pages_changed(CHAT, (b'"from_name"', b'"sender_name"')),
        "result.json": next(data for path, data in files("telegram/account").items() if path.endswith("result.json")),
    }
    assert told(held).drifts == ()
    everything = frozenset(range(len(held)))
    assert told_of(view(held), everything).drifts == ()
