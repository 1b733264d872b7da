"""An archive of X: posts with their pictures, messages, ads and conclusions; nothing is lost, nothing counts twice."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "twitter"
ARCHIVE = FIXTURES / "archive"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def tweet(number: str) -> Item:
    return next(item for item in of(run(ARCHIVE), "tweet") if item.key[1] == number)


def stamp(item: Item) -> str:
    assert item.when is not None
    return datetime.fromtimestamp(item.when.us / 1e6, UTC).isoformat()


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome_and_no_file_is_unknown() -> None:
    found = run(ARCHIVE)
    assert found.outcomes == {"read": 19, "skipped": 3, "kept": 1}
    assert {ended.why for ended in found.ended.values() if ended.why} == {"twitter-headers", "twitter-viewer"}


def test_the_real_archive_gives_every_ad_and_every_conclusion() -> None:
    found = run(sample("twitter/hestia-2022/twitter-small.zip"))
    assert len({item.key for item in of(found, "ad")}) == 826
    assert len({item.key for item in of(found, "ad-engagement")}) == 329
    lists = [item.details["list"] for item in of(found, "conclusion")]  # type: ignore[index]
    assert {name: lists.count(name) for name in sorted(set(lists))} == {
        "advertisers": 220,
        "age": 1,
        "audienceAndAdvertisers": 1,
        "genderInfo": 1,
        "interests": 387,
        "languages": 2,
        "locationHistory": 3,
        "lookalikeAdvertisers": 1461,
        "shows": 136,
    }
    assert not found.notices
    assert found.outcomes == {"read": 3}
    assert stamp(of(found, "ad")[0]) == "2021-04-15T19:51:50+00:00"


def test_escapes_are_undone_once_and_short_links_are_found_by_their_text() -> None:
    assert tweet("1582781903412903936").text == "Du thé & des tuiles 🫖 https://example.org/the"
    assert tweet("29999999999").text == "vieux, sans date lisible &amp;"


def test_a_repost_is_a_reaction() -> None:
    assert tweet("1582781903412903937").kind is Kind.REACTION


def test_an_impossible_year_is_read_from_the_id_and_an_old_id_has_no_time() -> None:
    item = tweet("1300000000000000001")
    assert stamp(item).startswith("2020-08-30T09:18:47")
    assert item.when is not None
    assert item.when.precision is Precision.MILLISECOND
    assert tweet("29999999999").when is None


def test_a_post_carries_its_pictures_and_the_others_stand_alone() -> None:
    assert [file.name for file in tweet("1582781903412903936").files] == ["1582781903412903936-ABC.jpg"]
    (film,) = of(run(ARCHIVE), "document")[-1:]
    assert (film.kind, film.title) == (Kind.VIDEO, "9-alone.mp4")


def test_a_long_post_replaces_its_cut_text_and_one_without_a_short_one_stands_alone() -> None:
    assert tweet("1700000000000000001").text.endswith("jusqu'au bout.")
    assert [item.text for item in of(run(ARCHIVE), "note-tweet")] == ["Un long billet seul"]


def test_ids_keep_all_their_digits() -> None:
    assert of(run(ARCHIVE), "dm")[0].key == ("dm", "1582781903412903999")


def test_a_like_has_no_date() -> None:
    assert [(item.when, item.text) for item in of(run(ARCHIVE), "like")] == [(None, "Tuiles <3"), (None, "")]


def test_two_ads_at_the_same_second_are_two_facts() -> None:
    assert len({item.key for item in of(run(ARCHIVE), "ad")}) == 3


def test_an_archive_of_2018_has_its_files_at_the_root_and_no_wrapper(tmp_path: Path) -> None:
    data = json.loads((ARCHIVE / "data" / "tweets.js").read_text(encoding="utf-8").partition("=")[2])
    text = "window.YTD.tweet.part0 = " + json.dumps([one["tweet"] for one in data]) + ";"
    (tmp_path / "tweet.js").write_text(text, encoding="utf-8")
    assert {item.key for item in run(tmp_path).items} == {item.key for item in of(run(ARCHIVE), "tweet")} - {
        ("tweet", "1582781903412903940")
    }


def test_the_archives_before_2018_are_read_in_both_their_forms(tmp_path: Path) -> None:
    (tmp_path / "2013_05.js").write_text(
        'Grailbird.data.tweets_2013_05 = \n [ {"id_str": "330000000000000001", "text": "salut", '
        '"created_at": "2013-05-02 10:00:00 +0000"} ]',
        encoding="utf-8",
    )
    (tmp_path / "tweets.csv").write_text(
        '"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text"\n'
        '"330000000000000001","","","2013-05-02 10:00:00 +0000","web","salut"\n',
        encoding="utf-8",
    )
    found = run(tmp_path)
    assert {item.key for item in found.items} == {("tweet", "330000000000000001")}
    assert {stamp(item) for item in found.items} == {"2013-05-02T10:00:00+00:00"}


def test_a_renamed_folder_and_renamed_files_give_the_same_facts(tmp_path: Path) -> None:
    for number, path in enumerate(sorted((ARCHIVE / "data").glob("*.js"))):
        shutil.copy(path, tmp_path / f"{number}.txt")
    expected = {item.key for item in run(ARCHIVE).items if item.key[0] not in {"document", "dm", "note-tweet"}}
    assert expected <= {item.key for item in run(tmp_path).items}


@pytest.mark.parametrize("name", ["tweets.js", "direct-messages.js", "ad-impressions.js"])
def test_a_cut_file_gives_what_came_before_the_cut_and_says_so(tmp_path: Path, name: str) -> None:
    data = (ARCHIVE / "data" / name).read_bytes()
    for part in (3, 2):
        (tmp_path / name).write_bytes(data[: len(data) * (part - 1) // part])
        found = run(tmp_path)
        assert "json-cut-off" in {notice.reason for _, notice in found.notices}
        assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}
    assert name == "direct-messages.js" or found.items


def test_nothing_of_the_originals_is_dropped() -> None:
    found = "\n".join(run(ARCHIVE).lines())
    for path in sorted((ARCHIVE / "data").glob("*.js")):
        if path.name not in {"manifest.js", "direct-message-headers.js"}:
            for text in _texts(json.loads(path.read_text(encoding="utf-8").partition("=")[2])):
                assert json.dumps(text, ensure_ascii=False)[1:-1] in found or text[:4] in {
                    "Wed ",
                    "Thu ",
                    "Fri ",
                    "2022",
                }, text


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
