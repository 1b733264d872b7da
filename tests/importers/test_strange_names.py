"""An archive in a language that nobody has described is read by content: each exception says what is not the same.

Every invented archive is read once more, with folders and files of data under words that no reader knows.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import pytest

from importers.reading import Outcome
from tests.importers.archives import NAMES, files, part
from tests.importers.strange import (
    Strange,
    digest,
    documents,
    in_finnish,
    missing,
    other,
    records,
    sorts,
    without,
)
from tests.importing import Run, _run


class Told(NamedTuple):
    """What the name of a file or folder tells, and nothing in it: these fields, and no others, are not the same."""

    what: str
    fields: tuple[str, ...]


TOLD = {
    "edf/suivi": Told("the meter", ("subject", "key")),
    "enedis/other-forms": Told("the meter", ("subject",)),
    "facebook/pages": Told("what list a page is", ("key", "kind")),
    "google/photos": Told("the picture that a note is about", ("files",)),
    "google/products": Told("that places are those of Maps", ("key",)),
    "google/talks": Told("the group that messages are of", ("parties",)),
    "google/youtube": Told("the list of films", ("details",)),
    "imessage/messages": Told("the place of a picture, as a database says it", ("files",)),
    "instagram/archive-2022": Told("what list posts are of", ("key", "kind")),
    "lastfm/lastfm-lou.json": Told("that tracks were played on Last.fm", ("parties", "key", "kind")),
    "mistral/archive": Told("the talk whose files these are", ("files",)),
    "octopus/days": Told("the meter", ("subject",)),
    "signal/markdown": Told("the other person of a talk", ("files", "title", "parties", "key")),
    "snapchat/archive": Told("the folder of pictures", ("files",)),
    "stackexchange/archive": Told("the event", ("kind",)),
    "telegram/pages": Told("the folder of pictures, and which page goes on", ("files", "parties", "details")),
    "tiktok/texts": Told("what list this is", ("key", "kind")),
    "whatsapp/android": Told("the talk", ("title", "parties")),
    "whatsapp/ios": Told("the talk", ("title", "parties")),
}


class Lost(NamedTuple):
    """``why``: what has no content of its own. ``kinds``: how many records are not found again, by kind or series."""

    why: str
    kinds: dict[str, int]


LOST = {
    "amazon/archive": Lost(
        "little known tables, and the titles of books beside", {"inference": 1, "read": 1, "bookmark": 1}
    ),
    "apple/health-en": Lost("a clinical record may be of any service", {"document": 1}),
    "apple/privacy": Lost(
        "a note is a text; little known tables; the artists in a table beside",
        {"note": 1, "setting": 1, "other": 2, "listen": 1},
    ),
    "bereal/archive": Lost(
        "lists of two or three common fields; the folder of pictures", {"photo": 1, "post": 1, "other": 1}
    ),
    "discord/package": Lost("a channel is three common fields, and its folder its number", {"message": 6, "party": 6}),
    "duolingo/duolingo": Lost("a table of names and values", {"party": 1}),
    "facebook/archive-2025": Lost("labels in the language of the account", {"reaction": 1, "stay": 1}),
    "facebook/rarer": Lost("pages of talks look like pages of lists", {"message": 2, "party": 1}),
    "fitbit/takeout": Lost(
        "only the name says what is measured",
        {"setting": 1, "measurement": 1, "resting-heart-rate": 1, "steps": 3, "position": 1},
    ),
    "google/fit": Lost("only the name says the day", {"minutes-active": 1, "energy-burned": 1, "steps": 1}),
    "google/location": Lost("a table that nobody has described", {"other": 2}),
    "instagram/archive-2026": Lost(
        "labels in the language of the account", {"ad": 1, "other": 1, "page-visit": 1, "reaction": 1}
    ),
    "instagram/rarer": Lost(
        "pages and labels like those of Facebook", {"other": 3, "post": 1, "message": 1, "party": 1}
    ),
    "letterboxd/archive": Lost("lists of films with the same columns", {"other": 2, "reaction": 1, "bookmark": 1}),
    "linkedin/archive": Lost("tables of one or two common columns", {"other": 4}),
    "mastodon/archive": Lost("tables without a header; the picture of a post", {"reaction": 1, "other": 1, "post": 1}),
    "myfitnesspal/archive": Lost("columns of any diary", {"workout": 1, "measurement": 1}),
    "netflix/archive": Lost(
        "little known tables; two tables of addresses have the same columns", {"play": 1, "sign-in": 1}
    ),
    "polarsteps/archive": Lost("places with common fields", {"other": 1, "position": 1}),
    "reddit/archive": Lost(
        "tables of two common columns", {"other": 2, "sign-in": 2, "reaction": 1, "bookmark": 1, "subscription": 2}
    ),
    "slack/export": Lost(
        "direct talks are two common fields; the folder is the channel", {"message": 4, "other": 1, "party": 1}
    ),
    "spotify/account": Lost("little known files of common fields", {"setting": 2, "other": 2}),
    "strava/export": Lost("a table of a date, a name and a mark", {"other": 2}),
    "twitter/archive": Lost("the folders of pictures", {"message": 1, "post": 1}),
    "withings/archive": Lost(
        "only the name says what is measured",
        {"measurement": 2, "sleep": 1, "heart-rate": 1, "latitude": 1, "position": 1, "longitude": 1},
    ),
    "made/book-of-gas": Lost(
        "a sheet whose name is not the one of real workbooks", {"setting": 1, "gas-energy": 1, "gas-volume": 1}
    ),
}
"""Archives some of whose records are not found again; all of their other records are, to the last field."""


SHARED = {
    "facebook/rarer": {("messenger", "facebook")},
    "google/products": {("google", "geojson")},
    "instagram/archive-2022": {("instagram", "messenger")},
    "instagram/rarer": {("instagram", "facebook")},
    "lastfm/lastfm-lou.json": {("lastfm", "generic")},
    "made/book-of-gas": {("grdf", "generic")},
}
"""Who takes files that two services write alike, or that are in a form of everybody's."""


@cache
def runs(name: str) -> tuple[Strange, Run, Run]:
    """An archive under strange names, what is read of it, and what is read of it under its own."""
    strange = in_finnish(files(name))
    return strange, _run([part(strange.files)]), _run([part(files(name))])


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TOLD and name not in LOST])
def test_an_archive_in_a_language_that_nobody_has_described_is_read_by_content(name: str) -> None:
    strange, found, known = runs(name)
    told, facts = strange.read(found), records(known)
    assert not missing(facts, told)
    assert not other(facts, told)


@pytest.mark.parametrize("name", TOLD)
def test_what_only_a_name_tells_is_not_told_and_all_else_is(name: str) -> None:
    strange, found, known = runs(name)
    told, facts = strange.read(found), records(known)
    fields = TOLD[name].fields
    assert not missing(without(facts, fields), without(told, fields))
    assert not other(without(facts, fields), without(told, fields))
    for needed in fields:
        fewer = [field for field in fields if field != needed]
        assert missing(without(facts, fewer), without(told, fewer)), needed


@pytest.mark.parametrize("name", LOST)
def test_what_has_no_content_of_its_own_is_lost_and_nothing_else_is(name: str) -> None:
    strange, found, known = runs(name)
    assert sorts(missing(records(known), strange.read(found))) == LOST[name].kinds


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_known_is_kept_whole(name: str) -> None:
    strange, found, known = runs(name)
    assert "importer-failed" not in {notice.reason for _, notice in found.notices}
    kept = set(found.files.values())
    unknown = [path for path, ended in found.ended.items() if ended.outcome is Outcome.UNKNOWN]
    assert [path for path in unknown if strange.files[path] not in kept] == []
    whole = documents(found) | set(map(digest, kept))
    read = {path for path, ended in found.ended.items() if ended.outcome is Outcome.READ}
    of_old = {path: strange.paths[path] for path, data in files(name).items() if digest(data) in documents(known)}
    assert [path for path, now in of_old.items() if digest(strange.files[now]) not in whole and now not in read] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_file_is_taken_for_one_of_another_service(name: str) -> None:
    strange, found, known = runs(name)
    now = {path: found.readers.get(other, "") for path, other in strange.paths.items()}
    wrong = {
        (known.readers[path].partition(".")[0], reader.partition(".")[0])
        for path, reader in now.items()
        if reader and known.readers.get(path) and reader.partition(".")[0] != known.readers[path].partition(".")[0]
    }
    assert wrong == SHARED.get(name, set())


def test_names_matter_to_few_archives() -> None:
    assert set(TOLD) | set(LOST) <= set(NAMES)
    assert len(LOST) < len(NAMES) / 6
    assert len(TOLD) + len(LOST) < len(NAMES) / 3.9
