"""Instagram's archives of two eras and Threads, invented in the real shape, and the traps of the format."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item, Kind
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "instagram"
OLD, NEW = FIXTURES / "archive-2022", FIXTURES / "archive-2026"
THREADS = FIXTURES.parent / "threads" / "archive"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def written(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@pytest.mark.parametrize("archive", [OLD, NEW, THREADS], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_invented_archive_reads_as_its_golden_records(archive: Path, *, regenerate: bool) -> None:
    check_golden(archive, archive.with_name(f"{archive.name}.golden.jsonl"), regenerate=regenerate)


def test_the_same_fact_in_an_old_and_a_new_shape_of_its_file_is_one() -> None:
    both = {item.key for item in run(OLD).items} & {item.key for item in run(NEW).items}
    assert sorted(str(key[0]) for key in both) == ["follower", "following", "like"]


def test_the_name_of_a_followed_account_stands_in_the_value_or_in_the_title() -> None:
    for archive in (OLD, NEW):
        (followed,) = of(run(archive), "following")
        assert followed.parties[0].handle is not None
        assert followed.parties[0].handle.value == "fournil.du.quai"


def test_labels_that_are_mangled_keys_are_mended_and_understood() -> None:
    (owner,) = (party for party in run(OLD).parties if party.key[0] == "profile")
    assert [(handle.type, handle.value) for handle in owner.handles] == [
        ("user", "zoe_au_four"),
        ("email", "zoe@example.org"),
    ]
    assert owner.name == "Zoé Marchéval"
    assert "Nom d’utilisateur" in owner.details["string_map_data"]  # type: ignore[index]
    assert [file.name for file in owner.files] == ["p1.jpg"]


def test_dutch_labels_give_the_owner_of_a_liked_post() -> None:
    (like,) = of(run(NEW), "like")
    assert like.parties[0].name == "Fournil du Quai"
    assert like.parties[0].handle is not None
    assert like.parties[0].handle.value == "fournil.du.quai"


def test_a_time_of_zero_in_french_words_and_with_a_clock_of_24_hours_and_pm() -> None:
    first, second = of(run(OLD), "ad-viewed")
    assert first.when is not None
    assert second.when is not None
    assert (first.when.us, second.when.us) == (1_560_350_640_000_000, 1_583_695_320_000_000)


def test_place_of_a_picture_is_in_any_of_its_exif_elements() -> None:
    first, carousel = of(run(OLD), "post")
    assert (first.lat, first.lon, first.text) == (45.7, 4.8, "Première fournée")
    assert [file.name for file in carousel.files] == ["b.jpg", "c.jpg"]
    assert carousel.text == "Deux à la fois"


def test_saved_posts_belong_to_the_collection_that_was_opened_before_them() -> None:
    (saved,) = of(run(NEW), "saved")
    assert saved.details["collection"] == "Levains"  # type: ignore[index]
    assert of(run(NEW), "collection")[0].title == "Levains"


def test_the_link_of_an_ad_is_the_page_and_not_the_library() -> None:
    assert of(run(NEW), "ad-clicked")[0].key[2] == "Ad1"


def test_the_same_thread_file_is_of_the_service_that_its_neighbours_tell(tmp_path: Path) -> None:
    thread = OLD / "messages" / "inbox" / "anais_55aa" / "message_1.json"
    shutil.copytree(OLD / "messages", tmp_path / "alone" / "messages")
    (alone,) = run(tmp_path / "alone").readers.values()
    assert alone == "messenger.messages"
    assert run(OLD).readers[str(thread.relative_to(OLD))] == "instagram.direct_messages"


def test_both_services_in_one_folder_keep_their_messages_apart(tmp_path: Path) -> None:
    thread = OLD / "messages" / "inbox" / "anais_55aa" / "message_1.json"
    for name in ("your_facebook_activity", "your_instagram_activity"):
        target = tmp_path / name / "messages" / "inbox" / "a_1" / "message_1.json"
        target.parent.mkdir(parents=True)
        shutil.copy(thread, target)
    readers = {path.split("/")[0]: reader for path, reader in run(tmp_path).readers.items()}
    assert readers == {
        "your_facebook_activity": "messenger.messages",
        "your_instagram_activity": "instagram.direct_messages",
    }


@pytest.mark.parametrize(
    "path",
    ["likes/liked_posts.json", "followers_and_following/followers.json", "ads_and_topics/ads_viewed.json"],
)
def test_a_file_under_a_meaningless_name_is_still_recognised(tmp_path: Path, path: str) -> None:
    shutil.copy(OLD / path, tmp_path / "0001.dat")
    found = run(tmp_path)
    assert found.readers["0001.dat"].startswith("instagram.")
    assert {item.key for item in found.items} <= {item.key for item in run(OLD).items}


def test_posts_of_facebook_beside_posts_of_instagram_are_not_taken_for_them(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "instagram")
    shutil.copytree(FIXTURES.parent / "facebook" / "archive-2022" / "posts", tmp_path / "facebook" / "posts")
    readers = run(tmp_path).readers
    assert readers["facebook/posts/your_posts_1.json"] == "facebook.posts"
    assert readers["instagram/content/posts_1.json"] == "instagram.posts"


def test_followers_of_threads_lie_among_those_of_instagram_and_are_not_mixed_up() -> None:
    found = run(THREADS)
    assert set(found.readers.values()) == {
        f"threads.{name}" for name in ("connections", "likes", "posts", "seen", "other")
    }
    (post,) = of(found, "thread")
    assert (post.kind, post.text, post.files) == (Kind.POST, "Un fil sur le pain", ())
    assert not found.notices


@pytest.mark.parametrize("path", sorted([*OLD.rglob("*.json"), *NEW.rglob("*.json")]), ids=lambda path: path.stem)
def test_a_truncated_file_gives_notices_and_no_crash(tmp_path: Path, path: Path) -> None:
    data = path.read_bytes()
    (tmp_path / "your_instagram_activity").mkdir()
    (tmp_path / "your_instagram_activity" / path.name).write_bytes(data[: len(data) * 3 // 4])
    found = run(tmp_path)
    reasons = {notice.reason for _, notice in found.notices}
    assert reasons
    assert "importer-failed" not in reasons


def test_values_of_odd_types_are_kept_and_break_nothing(tmp_path: Path) -> None:
    odd = [
        *(None, 7, "x", [], {"string_list_data": [3, None]}, {"string_list_data": 4}),
        *({"string_map_data": {"Time": 4, "Name": {"value": 5, "timestamp": "x"}}}, {"string_map_data": []}),
        {"label_values": [3, {"dict": [{"dict": 4}]}, {"label": 5, "value": 6}], "timestamp": -1},
    ]
    for name, key in (("following", "relationships_following"), ("saved_collections", "saved_saved_collections")):
        written(tmp_path / f"{name}.json", {key: odd})
    for name, key in (("synced_contacts", "contacts_contact_info"), ("personal_information", "profile_user")):
        written(tmp_path / f"{name}.json", {key: odd})
    found = run(tmp_path)
    assert not [notice for _, notice in found.notices if notice.reason == "importer-failed"]
    assert found.outcomes == {"read": 4}
    assert len(of(found, "following")) == len(odd) + 1, "a list of two texts is two facts"


def test_pages_of_instagram_give_links_tables_and_times(tmp_path: Path) -> None:
    row = '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p">{}</div></div>'
    link = '<div><a target="_blank" href="https://www.instagram.com/{0}">{0}</a></div><div>{1}</div>'
    followers = "".join(
        row.format(link.format(name, when))
        for name, when in (("anais.t", "Sep 22, 2017 6:33 am"), ("noe.fournil", "sept. 23, 2017 7:00 am"))
    )
    table = '<table><tr><td class="_2pin _a6_q">Author</td><td class="_2pin _a6_q">farines</td></tr></table>'
    seen = row.format(f"{table}<div>Sep 24, 2017 8:00 am</div>")
    folder = tmp_path / "connections" / "followers_and_following"
    folder.mkdir(parents=True)
    page = "<html><head><title>x</title></head><body><div><h1>Followers</h1></div>{}</body></html>"
    (folder / "followers_1.html").write_text(page.format(followers), encoding="utf-8")
    (folder / "ads_viewed.html").write_text(page.replace("Followers", "Ads").format(seen), encoding="utf-8")
    found = run(tmp_path)
    assert set(found.readers.values()) == {"instagram.instagram_pages"}
    first, second = of(found, "page-follower")
    assert (first.title, second.title) == ("anais.t", "noe.fournil")
    assert first.details == {"before": ["Followers"], "links": ["https://www.instagram.com/anais.t"]}
    (ad,) = of(found, "page-ad-viewed")
    assert ad.kind is Kind.AD
    assert "farines" in ad.text


def test_pages_of_other_services_in_the_same_folder_are_left_to_them(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "instagram")
    page = '<html><body><div class="outer-cell mdl-cell"><div class="content-cell">x</div></div></body></html>'
    target = tmp_path / "Takeout" / "My Activity" / "Search" / "MyActivity.html"
    target.parent.mkdir(parents=True)
    target.write_text(page, encoding="utf-8")
    assert run(tmp_path).readers["Takeout/My Activity/Search/MyActivity.html"] == "google.my_activity_html"
