"""The rest of the account archive: what is saved, followed, searched, paid, and concluded about the person."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from importers.records import Kind, Precision
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "spotify"
ACCOUNT = FIXTURES / "account"
REAL = "spotify/account-data-2020-fr-excerpt"


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ACCOUNT, FIXTURES / "account.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome() -> None:
    found = run(ACCOUNT)
    assert found.outcomes == {"read": 15, "skipped": 1}
    assert sum(found.outcomes.values()) == sum(1 for file in ACCOUNT.rglob("*") if file.is_file())


def test_the_real_archive_of_2020_gives_every_element_of_every_file() -> None:
    found = run(sample(REAL))
    assert found.outcomes == {"read": 10}
    assert found.kinds == {
        "listen": 61,
        "search": 10,
        "inference": 12,
        "bookmark": 20,
        "subscription": 5,
        "setting": 1,
        "other": 5,
    }
    assert [(party.name, len(party.handles)) for party in found.parties] == [("utilisateur.exemple", 2)]
    assert not found.notices


def test_a_search_has_its_zone_in_brackets() -> None:
    first = next(item for item in run(sample(REAL)).items if item.kind is Kind.SEARCH)
    assert first.when is not None
    assert datetime.fromtimestamp(first.when.us / 1e6, UTC) == datetime(2020, 6, 16, 3, 13, 12, 83_000, UTC)
    assert first.when.precision is Precision.MILLISECOND
    assert first.title == "a th"


def test_a_playlist_keeps_songs_twice_episodes_and_local_files() -> None:
    entries = [item for item in run(ACCOUNT).items if item.key[0] == "playlist-entry"]
    assert [item.title for item in entries] == [
        "Slow Morning",
        "Slow Morning",
        "Le compost",
        "spotify:local:Chorale:Concert:Ave:180",
    ]
    assert len({item.key for item in entries}) == 4
    assert all(item.when and item.when.precision is Precision.DAY for item in entries)


def test_the_library_is_read_however_long_its_first_shelf_is(tmp_path: Path) -> None:
    path = tmp_path / "renamed.json"
    track = '{"artist": "A", "album": "B", "track": "T%d"}'
    tracks = ",".join(track % number for number in range(3000))
    path.write_text(f'{{"tracks": [{tracks}], "albums": [{{"artist": "A", "album": "B"}}]}}', encoding="utf-8")
    found = run(path)
    assert found.readers == {"renamed.json": "spotify.library"}
    assert found.kinds == {"bookmark": 3001}


def test_what_was_hidden_is_no_bookmark() -> None:
    hidden = [item for item in run(ACCOUNT).items if item.kind is Kind.REACTION]
    assert [item.title for item in hidden] == ["Z"]


def test_segments_are_inferences() -> None:
    titles = [item.title for item in run(ACCOUNT).items if item.kind is Kind.INFERENCE]
    assert titles == ["1P_Custom_Early_Risers", "3P_Gardening_FR", "Super Listeners"]


def test_a_follower_is_no_subscription() -> None:
    follows = {item.title: item.kind for item in run(ACCOUNT).items if item.key[0] == "follow"}
    assert follows == {
        "lea.exemple": Kind.SUBSCRIPTION,
        "ami.exemple": Kind.OTHER,
        "Odile Fabre": Kind.SUBSCRIPTION,
    }


def test_a_file_that_nobody_described_is_kept_element_by_element() -> None:
    found = [item for item in run(ACCOUNT).items if item.key[0] == "file" and item.key[1] == "soundcapsule"]
    assert [item.details["streamCount"] for item in found] == [3, 5]  # type: ignore[index]
    assert all(item.when for item in found)


def test_unreadable_elements_are_said_with_their_number() -> None:
    found = run(ACCOUNT)
    assert sorted((path.rsplit("/", 1)[-1], n.reason, n.position) for path, n in found.notices) == [
        ("SearchQueries.json", "table-date", "record 3"),
        ("StreamingHistory_music_0.json", "table-record", "record 5"),
        ("StreamingHistory_music_0.json", "table-record", "record 6"),
    ]


def test_a_renamed_folder_gives_the_same_keys(tmp_path: Path) -> None:
    shutil.copytree(ACCOUNT / "Spotify Account Data", tmp_path / "MyData")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(ACCOUNT).items}
