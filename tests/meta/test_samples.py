"""Real archives and files in the real shape: every record that they are known to hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from importers.records import Kind, Precision
from tests.importing import Run, run, sample


def of(found: Run, what: str) -> int:
    """Number of different facts of this sort."""
    return len({item.key for item in found.items if item.key[0] == what})


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_french_facebook_archive_of_2022_gives_all_its_records() -> None:
    found = run(sample("facebook/hestia-2022-fr/facebook.zip"))
    expected = {"app": 124, "off-meta": 1804, "post": 92, "ad-clicked": 63}
    expected |= {"advertiser-with-contact-list": 55, "advertiser": 70, "ad-interest": 8}
    assert {what: of(found, what) for what in expected} == expected
    assert len(found.items) == sum(expected.values())
    companies = {item.title for item in found.items if item.key[0] == "off-meta"}
    assert len(companies) == 78, "79 companies, two of one name"
    assert not found.notices


def test_the_packed_archive_and_its_unpacked_folder_are_the_same_facts() -> None:
    packed = run(sample("facebook/hestia-2022-fr/facebook.zip"))
    folder = run(sample("facebook/hestia-2022-fr/unzipped"))
    assert {item.key for item in packed.items} == {item.key for item in folder.items}


def test_mangled_french_sentences_are_mended() -> None:
    found = run(sample("facebook/hestia-2022-fr/facebook.zip"))
    clicks = [item.details["action"] for item in found.items if item.key[0] == "ad-clicked"]  # type: ignore[index]
    assert set(clicks) == {"Clic sur publicité"}
    assert "Château" in {item.title for item in found.items}


def test_facebook_files_of_2021_in_plain_text() -> None:
    found = run(sample("facebook/polypod-2021"))
    expected = {"friend": 5, "friend-request-received": 6, "post": 9, "comment": 6, "reaction": 9, "search": 9}
    expected |= {"page-followed": 3, "page-liked": 4, "page-recommended": 6, "page-unfollowed": 2, "message": 7}
    expected |= {"account-activity": 8, "admin-record": 6, "ad-clicked": 6, "off-meta": 5, "ad-interest": 8}
    assert {what: of(found, what) for what in expected} == expected
    assert found.outcomes == {"read": 25}
    assert not found.notices


@pytest.mark.parametrize("language", ["en", "de", "da"])
def test_ads_viewed_are_ads_in_each_language_that_is_known(language: str) -> None:
    found = run(sample(f"facebook/polypod-2021/_recently_viewed_variants/recently_viewed_{language}.json"))
    assert {item.kind for item in found.items if item.key[0] == "viewed"} == {Kind.AD}


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("json_simple", {"message": 4}),
        ("json_group", {"message": 3}),
        ("json_nontext", {"call": 2, "message": 4}),
        ("json_with_media", {"message": 1}),
        ("html_simple", {"message": 3}),
        ("html_with_media", {"message": 1}),
        ("e2ee_simple", {"message": 4, "photo": 1}),
    ],
)
def test_messenger_threads_in_every_form(name: str, kinds: dict[str, int]) -> None:
    found = run(sample(f"messenger/msgvault/{name}"))
    assert found.kinds == kinds
    assert "unknown" not in found.outcomes
    media = [file.name for item in found.items if item.kind is Kind.MESSAGE for file in item.files]
    assert media == (["tiny.png"] if name.endswith("with_media") else [])


def test_a_page_without_any_known_class_is_read_by_its_order() -> None:
    (item,) = run(sample("messenger/msgvault/html_with_media")).items
    assert (item.title, item.text) == ("Bob Mediafile", "Here's a photo")
    assert (item.parties[0].role, item.parties[0].name) == ("from", "Bob Mediafile")
    assert item.when is not None
    assert (item.when.us, item.when.precision) == (us(2020, 9, 13, 12, 26), Precision.MINUTE)


def test_the_encrypted_export_repeats_the_messages_of_the_classic_one() -> None:
    classic = run(sample("messenger/msgvault/json_simple"))
    encrypted = run(sample("messenger/msgvault/e2ee_simple"))
    both = {item.key for item in classic.items} & {item.key for item in encrypted.items}
    assert len(both) == 3


def test_the_french_instagram_archive_of_2022_gives_all_its_records() -> None:
    found = run(sample("instagram/hestia-2022-fr/instagramV2.zip"))
    expected = {"post": 203, "story": 130, "ad-viewed": 511, "post-viewed": 388, "video-watched": 511, "follower": 96}
    expected |= {"following": 389, "ad-interest": 433, "topic": 253, "advertiser": 218, "like": 103, "message": 717}
    expected |= {"comment-like": 211, "reels-topic": 31, "reels-emotion": 8, "ad-clicked": 1}
    assert {what: of(found, what) for what in expected} == expected
    assert len(found.items) == sum(expected.values())
    assert sum(party.key[0] == "thread" for party in found.parties) == 8
    assert {notice.reason for _, notice in found.notices} == {"meta-local-time", "meta-media-missing"}


def test_a_time_of_zero_with_words_beside_it_is_read_from_the_words() -> None:
    found = run(sample("instagram/hestia-2022-fr/instagramV2.zip"))
    first = next(item for item in found.items if item.key[0] == "ad-viewed")
    assert first.when is not None
    assert (first.when.us, first.when.precision) == (us(2020, 3, 8, 19, 22), Precision.MINUTE)
    late = [item for item in found.items if item.key[0] in {"ad-viewed", "post-viewed", "video-watched"}]
    assert all(item.when is not None for item in late)


def test_an_instagram_archive_in_the_shape_of_2026() -> None:
    found = run(sample("instagram/context-use-2026"))
    expected = {"like": 2, "story-like": 2, "comment": 3, "comment-like": 1, "saved": 3, "collection": 2, "post": 2}
    expected |= {"story": 3, "profile-photo": 1, "ad-viewed": 3, "ad-clicked": 3, "post-viewed": 2, "video-watched": 2}
    expected |= {"follower": 2, "following": 2, "follow-request-sent": 1, "close-friend": 1, "search": 4, "device": 3}
    expected |= {"link-visited": 1, "sign-in": 2, "setting": 2, "message": 6, "off-meta": 1, "story-answer": 1}
    assert {what: of(found, what) for what in expected} == expected
    assert len(found.items) == sum(expected.values())
    assert sum(party.key[0] == "contact" for party in found.parties) == 2
    assert found.outcomes == {"read": 35}


def test_the_smallest_thread_has_messages_without_participants() -> None:
    found = run(sample("instagram/chat-miner"))
    assert found.kinds == {"message": 2}
    assert not found.parties
