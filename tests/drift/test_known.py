"""What is known of importers is that of the invented samples: none of them is told to have changed."""

from __future__ import annotations

from contextlib import suppress

import pytest

from importers import reading
from importers.archive.errors import ArchiveError
from importers.contract import Importer
from importers.drift import pages, tables
from importers.drift.drift import Drift
from importers.drift.known import FILE, known
from importers.drift.names import may_be_told
from importers.reading import read
from importers.recognition import Rulebook
from importers.registry import declarations
from tests.drift import learned

AGAIN = "pytest tests/drift/test_known.py --regenerate learns the invented samples anew"


@pytest.fixture(scope="module", autouse=True)
def _anew(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        FILE.write_text(learned.text(learned.known()), encoding="utf-8")
        known.cache_clear()
        reading._KNOWN = known()


def test_no_invented_archive_has_changed() -> None:
    rulebook = Rulebook(declarations())
    wrong = []
    for name, archive in learned.opened():
        with suppress(ArchiveError):  # refused as a whole: nothing of it is read
            wrong += [(name, event) for event in read(archive, rulebook) if isinstance(event, Drift)]
    assert not wrong, AGAIN


def test_most_importers_of_named_fields_are_known_and_no_other() -> None:
    there = {one.id for one in declarations() if isinstance(one, Importer)}
    assert known().readers.keys() <= there, AGAIN
    assert len(known().readers) >= 340
    assert {reader.package for reader in known().readers.values()} == known().words.keys()


def test_importers_of_workbooks_databases_and_pages_are_among_them() -> None:
    """All that name a sheet, a table or a part of a page; only pages that are kept whole or have labels alone are none."""
    places = {reader: set(one.places) for reader, one in known().readers.items()}
    assert {reader for reader, found in places.items() if tables.ALL in found} == {
        *("browsers.qutebrowser", "chrome.history", "firefox.browser_db", "firefox.places", "safari.history_db"),
        *("deezer.workbook", "enedis.workbook", "grdf.workbook", "imessage.chat_database"),
    }
    assert {reader for reader, found in places.items() if found & {pages.CLASS, pages.FIELD}} == {
        *("facebook.facebook_pages", "instagram.instagram_pages", "instagram.direct_message_pages"),
        *("messenger.message_pages", "google.my_activity_html", "google.voice_texts", "telegram.pages", "vinted.pages"),
    }


def test_standards_are_not_watched() -> None:
    sources = {one.id: one.source for one in declarations() if isinstance(one, Importer)}
    assert not {sources[reader] for reader in known().readers} & learned.OPEN


def test_what_must_be_there_is_a_name_and_is_known() -> None:
    for reader in known().readers.values():
        for place in reader.places.values():
            assert place.always <= place.names
            assert not (place.free and place.names)


def test_most_known_names_are_ones_that_may_be_told() -> None:
    """The rule for new names would not silence the names that services really use."""
    names = {name for reader in known().readers.values() for place in reader.places.values() for name in place.names}
    assert sum(map(may_be_told, names)) > 0.95 * len(names)
