"""Facebook's archives of two eras, invented in the real shape, and the traps of the format."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "facebook"
OLD, NEW, PAGES = FIXTURES / "archive-2022", FIXTURES / "archive-2025", FIXTURES / "pages"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def written(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize("archive", ["archive-2022", "archive-2025", "pages"])
def test_the_invented_archive_reads_as_its_golden_records(archive: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / archive, FIXTURES / f"{archive}.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome_and_none_is_unknown() -> None:
    found = run(OLD)
    assert sum(found.outcomes.values()) == sum(1 for file in OLD.rglob("*") if file.is_file())
    assert found.outcomes.keys() == {"read", "skipped"}
    assert [ended.why for ended in found.ended.values() if ended.why] == ["meta-empty"]


def test_a_renamed_wrapper_folder_gives_identical_records(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "facebook-zoe-2022-05-01-aB3dE5gH")
    first, second = run(OLD), run(tmp_path)
    assert {(item.key, item.title, item.text) for item in first.items} == {
        (item.key, item.title, item.text) for item in second.items
    }
    assert {party.key for party in first.parties} == {party.key for party in second.parties}


def test_apostrophes_that_an_unpacking_program_changed_are_no_other_name(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "a")
    for path in list((tmp_path / "a").rglob("*'*")):
        path.rename(path.with_name(path.name.replace("'", "_")))
    assert {item.key for item in run(tmp_path).items} == {item.key for item in run(OLD).items}


@pytest.mark.parametrize(
    "path",
    [
        "friends_and_followers/friends.json",
        "search/your_search_history.json",
        "comments_and_reactions/comments.json",
        "messages/inbox/anaistilleul_ab12cd34ef/message_1.json",
        "apps_and_websites_off_of_facebook/your_off-facebook_activity.json",
    ],
)
def test_a_file_under_a_meaningless_name_is_still_recognised(tmp_path: Path, path: str) -> None:
    shutil.copy(OLD / path, tmp_path / "0001.dat")
    found = run(tmp_path)
    assert found.readers["0001.dat"].split(".")[0] in {"facebook", "messenger"}
    assert {item.key for item in found.items} <= {item.key for item in run(OLD).items}


def test_a_later_archive_adds_only_what_is_new() -> None:
    again = {item.key for item in run(NEW).items} & {item.key for item in run(OLD).items}
    assert sorted(str(key[0]) for key in again) == ["friend", "message"]


def test_keys_without_a_version_are_those_of_2018_to_2020(tmp_path: Path) -> None:
    written(tmp_path / "friends" / "friends.json", {"friends": [{"name": "Ana", "timestamp": 1500000000}]})
    versions = run(written(tmp_path / "x" / "friends.json", {"friends_v2": [{"name": "Ana", "timestamp": 1500000000}]}))
    (plain,) = of(run(tmp_path / "friends"), "friend") or of(run(tmp_path), "friend")[:1]
    assert plain.key == versions.items[0].key


def test_one_element_may_stand_without_its_list() -> None:
    (visit,) = of(run(NEW), "check-in")
    assert (visit.kind, visit.title, visit.lat, visit.lon) == (Kind.STAY, "Fournil du Quai", 45.76, 4.84)
    assert visit.when is not None
    assert visit.when.us == 1_699_990_000_000_000


def test_a_file_of_labels_and_values_is_read_by_shape() -> None:
    (liked,) = of(run(NEW), "reaction")
    assert liked.kind is Kind.REACTION
    assert liked.key == ("reaction", 1_700_000_100_000_000, "https://www.facebook.com/permalink/9")
    assert liked.parties[0].name == "Noé Fournil"


def test_absurd_times_of_pictures_are_no_times_and_their_place_counts() -> None:
    photo = next(item for item in of(run(OLD), "post") if item.text == "La croûte")
    assert photo.when is not None
    assert (photo.when.us, photo.lat, photo.lon) == (1_624_458_600_000_000, 45.75, 4.85)
    assert [file.name for file in photo.files] == ["1.jpg"]


def test_an_end_of_zero_is_no_end() -> None:
    joined, declined = of(run(OLD), "event")
    assert (joined.end, declined.end) == (None, 1_621_010_000_000_000)
    assert joined.details["list"] == "events_joined"  # type: ignore[index]


def test_posts_and_gestures_that_look_alike_are_several() -> None:
    found = run(OLD)
    assert len({item.key for item in of(found, "reaction")}) == 2
    assert len({item.key for item in of(found, "post")}) == 4


def test_what_was_searched_is_the_title_not_the_sentence_of_the_interface() -> None:
    (search,) = of(run(OLD), "search")
    assert search.title == "levain"
    assert search.details["title"] == "Vous avez recherché sur Facebook"  # type: ignore[index]


def test_a_payment_has_an_amount_and_the_preferred_currency_is_none() -> None:
    found = {item.kind: item for item in of(run(OLD), "payment")}
    assert (found[Kind.TRANSACTION].amount, found[Kind.TRANSACTION].currency) == ("12.50", "EUR")
    assert found[Kind.OTHER].details == {"preferred_currency": "EUR"}


def test_pictures_are_joined_by_the_end_of_their_address_and_others_are_kept_by_themselves(tmp_path: Path) -> None:
    moved = tmp_path / "export" / "your_facebook_activity"
    shutil.copytree(OLD / "messages", moved / "messages")
    (moved / "messages" / "photos").mkdir()
    (moved / "messages" / "photos" / "alone.jpg").write_bytes(b"\xff\xd8\xff\xe0nobody names it")
    found = run(tmp_path)
    assert [file.name for item in of(found, "message") for file in item.files] == ["pain.jpg"]
    assert [(item.kind, item.title) for item in of(found, "document")] == [(Kind.PHOTO, "alone.jpg")]


def test_pictures_in_another_part_are_missed_once(tmp_path: Path) -> None:
    shutil.copytree(OLD / "posts", tmp_path / "posts", ignore=shutil.ignore_patterns("*.jpg"))
    assert [(n.reason, n.what) for _, n in run(tmp_path).notices] == [("meta-media-missing", "1")]


def test_a_broken_record_is_told_with_its_place_and_the_rest_is_read(tmp_path: Path) -> None:
    text = (OLD / "friends_and_followers" / "friends.json").read_text(encoding="utf-8")
    path = tmp_path / "friends.json"
    path.write_text(text.replace('"timestamp": 1620186000', '"timestamp": 16201860x0', 1), encoding="utf-8")
    found = run(path)
    assert [(n.reason, n.position) for _, n in found.notices] == [("json-broken", "record 1")]
    assert [item.title for item in found.items] == ["Bao Nguyễn"]


@pytest.mark.parametrize("path", sorted(OLD.rglob("*.json")), ids=lambda path: path.stem)
def test_a_truncated_file_gives_notices_and_no_crash(tmp_path: Path, path: Path) -> None:
    data = path.read_bytes()
    cut = tmp_path / path.relative_to(OLD)
    cut.parent.mkdir(parents=True)
    cut.write_bytes(data[: len(data) * 2 // 3])
    found = run(tmp_path)
    reasons = {notice.reason for _, notice in found.notices}
    assert "importer-failed" not in reasons
    assert reasons or found.readers[str(path.relative_to(OLD))] == ""


def test_values_of_odd_types_are_kept_and_break_nothing(tmp_path: Path) -> None:
    odd = [None, 7, "x", [], {"timestamp": "soon", "name": {"a": 1}, "data": "y", "attachments": [[]]}, {"media": [1]}]
    odd_events = {"name": None, "events": [3, {"id": []}]}
    files = {
        "friends.json": {"friends_v2": odd},
        "recently_viewed.json": {"recently_viewed": [*odd, {"entries": [1]}]},
        "your_off-facebook_activity.json": {"off_facebook_activity_v2": [*odd, odd_events]},
        "message_1.json": {"messages": [*odd, {"sender_name": 3, "timestamp_ms": "a"}], "participants": 3},
        "profile_information.json": {"profile_v2": {"name": 3, "emails": 4, "phone_numbers": 5}},
        "your_address_books.json": {"address_book_v2": {"address_book": [{"name": 1, "details": 2}]}},
    }
    for name, value in files.items():
        written(tmp_path / name, value)
    found = run(tmp_path)
    assert not [notice for _, notice in found.notices if notice.reason == "importer-failed"]
    assert found.outcomes == {"read": 6}


def test_pages_are_read_in_the_accounts_own_time_and_say_so() -> None:
    found = run(PAGES)
    first, second = found.items
    assert first.when is not None
    assert second.when is not None
    assert (first.when.precision, second.when.precision) == (Precision.SECOND, Precision.MINUTE)
    assert [notice.reason for _, notice in found.notices] == ["meta-local-time"]


def test_a_page_whose_json_twin_is_there_is_not_read_twice(tmp_path: Path) -> None:
    shutil.copytree(PAGES, tmp_path / "a")
    posts = [{"timestamp": 1710252309, "data": [{"post": "Four éteint."}]}]
    written(tmp_path / "a" / "your_facebook_activity" / "posts" / "your_posts_1.json", posts)
    found = run(tmp_path)
    assert [item.key[0] for item in found.items] == ["post"]
    assert [notice.reason for _, notice in found.notices] == ["meta-json-twin"]


def test_a_page_in_a_language_whose_dates_are_unknown_is_kept_whole(tmp_path: Path) -> None:
    page = (PAGES / "your_facebook_activity" / "posts" / "your_posts_1.html").read_text(encoding="utf-8")
    path = tmp_path / "your_facebook_activity" / "posts" / "your_posts_1.html"
    path.parent.mkdir(parents=True)
    path.write_text(page.replace(" mars ", " maaliskuuta "), encoding="utf-8")
    (item,) = run(tmp_path).items
    assert (item.kind, [file.name for file in item.files]) == (Kind.DOCUMENT, ["your_posts_1.html"])


def test_a_page_that_ends_too_early_says_so(tmp_path: Path) -> None:
    page = (PAGES / "your_facebook_activity" / "posts" / "your_posts_1.html").read_bytes()
    path = tmp_path / "your_facebook_activity" / "posts" / "your_posts_1.html"
    path.parent.mkdir(parents=True)
    path.write_bytes(page[: page.index(b"Four")])
    found = run(tmp_path)
    assert "meta-page-cut-off" in {notice.reason for _, notice in found.notices}
    assert found.items[0].text.startswith("Une recette & son histoire")
