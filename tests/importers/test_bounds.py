"""No file is held whole without a bound: which readers take one whole, and that all others give facts as they read.

Files are made of the records of a sample, time and again under other names.
"""

from __future__ import annotations

import gc
import random
import tracemalloc

import pytest

from importers.archive.member import ViewMember
from importers.contract import Importer
from importers.formats import fixes, json_blocks, json_leaves, json_records, measures, meter_slots, variants
from importers.google import identity as google_identity
from importers.meta import tables as meta_tables
from importers.records import Notice, Samples, singly
from tests.importers.archives import Files, files, view
from tests.importers.growth import grown
from tests.importers.test_growth import LARGEST, consumed

FILE = "a picture, a film, a sound or a file that nobody reads: its bytes are the record"
SEALED = "encrypted, or in a form that is kept: nothing of it is read"
ONE = "the file is about one thing: a person, a letter, a note, a place, an album"
ONE_RECORD = {
    **dict.fromkeys(
        (
            *("apple.media", "apple.note_files", "bereal.pictures", "chatgpt.media", "facebook.media", "google.media"),
            *("instagram.media_of_instagram", "mastodon.media", "mistral.media", "signal.exported_media"),
            *("signal.media", "skype.media", "snapchat.media", "telegram.media", "twitter.media", "whatsapp.media"),
        ),
        FILE,
    ),
    **dict.fromkeys(("outlook.mailbox", "signal.encrypted_backup", "whatsapp.database"), SEALED),
    **dict.fromkeys(
        (
            *("apple.albums", "apple.clinical_record", "apple.notes", "bereal.user", "chatgpt.account"),
            *("discord.channels", "discord.names", "discord.servers", "duolingo.profile", "facebook.facebook_profile"),
            *("facebook.places", "geojson.feature", "google.encrypted_timeline", "google.fit_sessions"),
            *("google.index_page", "google.keep_notes", "google.photo_albums", "google.photos", "google.profile"),
            *("mail.apple_mail", "mail.mail", "mastodon.actor", "photos.sidecar", "spotify.identifiers"),
            *("spotify.payments", "spotify.userdata"),
        ),
        ONE,
    ),
}
"""Readers that give no more facts for more of the same, and why."""

MIB = 1 << 20
WHOLE = {
    16: (
        *("apple.notes", "google.chat_groups", "google.chat_messages", "google.encrypted_timeline"),
        *("google.fit_sessions", "google.keep_notes", "google.photo_albums", "google.photos", "google.profile"),
        *("google.tombstones", "photos.sidecar"),
    ),
    32: ("apple.clinical_record", "apple.electrocardiogram"),
    64: (
        *("airbnb.messages", "airbnb.reservations", "airbnb.reviews", "airbnb.searches", "airbnb.wishlists"),
        *("chrome.bookmarks", "deezer.workbook", "discord.account", "discord.channels", "discord.message_tables"),
        *("discord.messages", "discord.names", "discord.servers", "enedis.data_connect", "enedis.workbook"),
        *("firefox.bookmark_backup", "flo.export", "garmin.activities", "generic.workbook", "google.index_page"),
        *("grdf.readings", "grdf.workbook", "kml.packed_places", "suez.measures", "suez.older_measures"),
    ),
}
"""Readers that take a file of at most so many MiB whole, or one that lies beside theirs; a larger one is told."""

TAKEN_WHOLE = frozenset(own for readers in WHOLE.values() for own in readers)

SMALL, LARGE = 8, 64
BYTES = 500_000
"""Of the larger of two files, the smaller one of which has an eighth of its records."""

SLACK = 768 << 10
"""Bytes that the larger one may take beside twice what the smaller one takes: caches of dates and words fill them, a
file that is held whole takes more."""

STREAMS = sorted(set(LARGEST) - TAKEN_WHOLE - set(ONE_RECORD))


def test_more_of_the_same_gives_more_facts_but_where_the_file_is_one_thing() -> None:
    same = set()
    for own, (name, path, importer) in LARGEST.items():
        data = grown(path, files(name)[path], importer, 3)
        more = 0 if data is None else consumed({**files(name), path: data}, path, importer)
        if more <= consumed(files(name), path, importer):
            same.add(own)
    assert same == set(ONE_RECORD)


def test_only_these_readers_take_a_file_whole_and_only_up_to_their_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    plainly = ViewMember.read

    def noted(member: ViewMember, limit: int) -> bytes:
        asked.append(limit)
        return plainly(member, limit)

    monkeypatch.setattr(ViewMember, "read", noted)
    most: dict[int, set[str]] = {}
    for own, (name, path, importer) in LARGEST.items():
        asked.clear()
        consumed(files(name), path, importer)
        if asked:
            most.setdefault(max(asked) // MIB, set()).add(own)
    assert most == {bound: set(readers) for bound, readers in WHOLE.items()}


@pytest.mark.parametrize("own", random.Random(6).sample(sorted(TAKEN_WHOLE), 6))
def test_a_file_above_the_bound_of_its_reader_is_told_and_not_held(own: str) -> None:
    name, path, importer = LARGEST[own]
    bound = next(bound for bound, readers in WHOLE.items() if own in readers)
    data = files(name)[path].ljust((bound + 1) * MIB)
    member = next(one for one in view({**files(name), path: data}).members if one.path == path)
    with pytest.raises(Exception, match="member-too-large") as raised:
        for _ in importer.read(member):
            pass
    assert raised.type.__name__ == "DamagedMember"


@pytest.fixture
def low_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats hold and remember little, so that small files show what files of gigabytes would."""
    monkeypatch.setitem(json_blocks.read.__kwdefaults__, "block", 1 << 14)
    monkeypatch.setattr(json_leaves, "WHOLE", 1 << 14)
    for remembered in (json_records, google_identity, variants):
        monkeypatch.setattr(remembered, "REMEMBERED", 100)
    for batches in (meter_slots, fixes, measures):
        monkeypatch.setattr(batches, "BATCH" if batches is meter_slots else "ROWS", 100)
    monkeypatch.setattr(meta_tables, "_REMEMBERED", 100)


@pytest.mark.usefixtures("low_figures")
@pytest.mark.parametrize("own", random.Random(6).sample(STREAMS, 10))
def test_memory_does_not_grow_with_the_file(own: str) -> None:
    name, path, importer = LARGEST[own]
    held = files(name)
    share = max(1, BYTES // (LARGE * len(held[path])))
    sizes = [grown(path, held[path], importer, share * times) for times in (2, SMALL, LARGE)]
    _, small, large = (peak({**held, path: data}, path, importer) for data in sizes if data is not None)
    assert large <= 2 * small + SLACK, (small, large)


def peak(held: Files, path: str, importer: Importer) -> int:
    """The most memory that is taken while a member is read to its end."""
    member = next(one for one in view(held).members if one.path == path)
    gc.collect()
    tracemalloc.start()
    try:
        for record in singly(importer.read(member)):
            if not isinstance(record, Samples | Notice):
                for file in record.files:
                    for _ in file.pieces():
                        pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
