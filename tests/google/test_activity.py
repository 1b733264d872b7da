"""My Activity: the traps of its JSON and its HTML, and one identity for one fact whatever form it comes in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importers.google.wording import squeezed
from importers.records import Item, Kind, Moment, Precision
from tests.google.test_fixtures import FIXTURES
from tests.importing import Run, run

JSON = FIXTURES / "activity" / "Takeout" / "Mon activité"
PAGES = FIXTURES / "pages" / "Takeout"

HEAD = "<html><head><style>.header-cell.mdl-cell{}.content-cell.mdl-cell{}</style></head><body>"
CELL = '<div class="content-cell mdl-cell mdl-cell--6-col mdl-typography--body-1">'
END = "</div></div></div>"


def read(tmp_path: Path, name: str, data: str | bytes) -> Run:
    path = tmp_path / "Takeout" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return run(tmp_path)


def entry(main: str, caption: str = "<b>Products:</b><br>&emsp;YouTube<br>") -> str:
    return (
        '<div class="outer-cell mdl-cell"><div class="mdl-grid"><div class="header-cell mdl-cell">'
        f'<p class="mdl-typography--title">YouTube<br></p></div>{CELL}{main}</div>'
        f'<div class="content-cell mdl-cell mdl-typography--caption">{caption}{END}'
    )


def page(*mains: str) -> str:
    return HEAD + "".join(map(entry, mains)) + "</body></html>"


def identities(found: Run) -> list[tuple[Kind, tuple[object, ...]]]:
    return [(item.kind, item.key) for item in found.items]


def activity(**fields: object) -> dict[str, object]:
    return {"header": "YouTube", "title": "Watched", "time": "2024-01-01T00:00:00Z", "products": ["YouTube"]} | fields


def when(found: Run) -> list[tuple[int, int | None] | None]:
    return [item.when and (item.when.us // 1_000_000, item.when.offset) for item in found.items]


# One fact, whatever form


def test_the_same_activities_in_json_and_in_html_have_one_identity() -> None:
    """The page is exact to the second only, and has one entry more, whose time is missing."""
    from_json, from_page = run(JSON / "YouTube"), run(PAGES / "Mon activité")
    assert identities(from_json) == identities(from_page)[:7]
    titles = [squeezed(item.title) for item in from_page.items]
    assert [squeezed(item.title) for item in from_json.items] == titles[:7]
    assert [item.text for item in from_json.items] == [item.text for item in from_page.items][:7]


def test_the_history_of_youtube_repeats_my_activity(tmp_path: Path) -> None:
    data = (JSON / "YouTube" / "MonActivité.json").read_bytes()
    history = read(tmp_path, "YouTube et YouTube Music/historique/watch-history.json", data)
    assert identities(history) == identities(run(JSON / "YouTube"))


def test_the_account_in_another_language_gives_the_same_identity(tmp_path: Path) -> None:
    address, time = "https://www.google.com/search?q=kayak", "2024-01-01T10:00:00.5Z"
    french = activity(title="Vous avez recherché kayak", titleUrl=address, time=time, products=["Recherche"])
    german = activity(title="Gesucht nach: kayak", titleUrl=address, time=time, products=["Google\u00a0Suche"])
    first = read(tmp_path / "fr", "a.json", json.dumps([french]))
    second = read(tmp_path / "de", "b.json", json.dumps([german]))
    assert identities(first) == identities(second)


def test_the_same_page_in_the_same_second_is_two_facts_in_two_products(tmp_path: Path) -> None:
    rows = [activity(titleUrl="https://example.org", products=[name]) for name in ("Chrome", "Search")]
    assert len(set(identities(read(tmp_path, "a.json", json.dumps(rows))))) == 2


def test_alike_facts_of_one_moment_are_both_kept() -> None:
    gone = [item for item in run(JSON / "YouTube").items if "supprimée" in item.title]
    assert len({item.key for item in gone}) == 2


# JSON


def test_an_advert_is_no_watched_video_and_keeps_its_views() -> None:
    (advert,) = (item for item in run(JSON / "YouTube").items if item.kind == Kind.AD)
    assert advert.text == "Regardée à 11:42\nRegardée à 10:30"
    assert advert.when == Moment(1_720_950_138_000_000, None, Precision.SECOND)


def test_numbers_are_kept_to_the_letter() -> None:
    """An id beyond 2**64 and a zero at the end survive."""
    details = run(JSON / "YouTube").items[-1].details
    assert isinstance(details, bytes)
    assert b'"invented future field":{"id": 90071992547409931234, "share": 0.10}' in details


def test_no_break_spaces_within_a_sentence_do_not_hide_its_verb() -> None:
    (item,) = run(JSON / "Android").items
    assert item.title == "Application utilisée\u00a0:\u00a0Carnet d’exemple"
    assert item.kind == Kind.PAGE_VISIT


def test_a_broken_entry_in_the_middle_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    rows = [json.dumps(activity(title=f"Watched {number}", time=f"2024-01-01T00:00:0{number}Z")) for number in range(5)]
    rows[2] = rows[2].replace('"products"', "products")
    found = read(tmp_path, "My Activity/YouTube/MyActivity.json", "[" + ",".join(rows) + "]")
    assert [item.title for item in found.items] == ["Watched 0", "Watched 1", "Watched 3", "Watched 4"]
    ((_, notice),) = found.notices
    assert (notice.reason, notice.position) == ("json-broken", "record 3")


def test_a_truncated_file_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    text = json.dumps([activity(title=f"Watched {number}") for number in range(5)])
    found = read(tmp_path, "My Activity/YouTube/MyActivity.json", text[:-40])
    assert [item.title for item in found.items] == [f"Watched {number}" for number in range(4)]
    assert [notice.reason for _, notice in found.notices][:1] == ["json-cut-off"]


def test_a_time_that_is_none_is_told_and_kept() -> None:
    found = run(JSON / "Recherche")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("google-no-time", "record 3")]
    assert found.items[2].when is None
    assert b'"time":"pas une heure"' in found.items[2].details  # type: ignore[operator]


def test_an_entry_of_another_shape_is_kept_as_it_is(tmp_path: Path) -> None:
    found = read(tmp_path, "a.json", json.dumps([activity(), ["odd", 1], 7]))
    assert found.kinds == {"watch": 1, "other": 2}
    assert [notice.reason for _, notice in found.notices] == ["json-unexpected", "json-unexpected"]
    assert found.items[1].details == b'{"value":["odd", 1]}'


def test_half_an_emoji_at_the_end_of_a_title_costs_only_itself(tmp_path: Path) -> None:
    rows = [activity(title="Watched a"), activity(title="Watched CUT", extra=1)]
    found = read(tmp_path, "a.json", json.dumps(rows).replace("CUT", "\\ud83d"))
    assert [item.title for item in found.items] == ["Watched a", "Watched \ufffd"]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("json-bad-text", "record 2")]


def test_a_field_of_an_unexpected_type_is_kept_and_the_entry_is_read(tmp_path: Path) -> None:
    address = "https://www.youtube.com/watch?v=x"
    rows = [activity(title=None, description=12, titleUrl=address), activity(header=[1], title="Watched b")]
    found = read(tmp_path, "a.json", json.dumps(rows))
    assert [(item.kind, item.title, item.when) for item in found.items] == [
        (Kind.WATCH, "", Moment(1_704_067_200_000_000)),
        (Kind.WATCH, "Watched b", Moment(1_704_067_200_000_000)),
    ]
    assert b'"title":null' in found.items[0].details  # type: ignore[operator]
    assert b'"description":12' in found.items[0].details  # type: ignore[operator]
    assert b'"header":[1]' in found.items[1].details  # type: ignore[operator]


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    text = json.dumps([activity(), activity()]).replace('"title"', '"title": "Read", "title"', 1)
    found = read(tmp_path, "a.json", text)
    assert len(found.items) == 2
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("json-doubled-key", "record 1")]


def test_entries_from_before_2018_stand_in_a_snippet(tmp_path: Path) -> None:
    old = {
        "kind": "youtube#activity",
        "snippet": {"publishedAt": "2015-05-05T05:05:05.000Z", "title": "Un film", "n": 1},
    }
    (item,) = read(tmp_path, "likes.json", json.dumps([old])).items
    assert (item.title, item.when) == ("Un film", Moment(1_430_802_305_000_000, None, Precision.MILLISECOND))
    assert item.details == b'{"kind":"youtube#activity","n":1}'


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("My Activity/Drive/MyActivity.json", b""),
        ("My Activity/Drive/MyActivity.html", b""),
        ("YouTube and YouTube Music/subscriptions/subscriptions.csv", b""),
        ("My Activity/Drive/MyActivity.json", b"[]"),
        ("Location History/Semantic Location History/2019/2019_MAY.json", b'\xef\xbb\xbf{"timelineObjects": []}'),
        ("Location History/Records.json", b'{"locations": []}'),
    ],
)
def test_empty_files_and_lists_are_normal(tmp_path: Path, name: str, data: bytes) -> None:
    found = read(tmp_path, name, data)
    assert set(found.outcomes) <= {"read", "skipped"}
    assert not found.notices
    assert not found.items


# HTML


@pytest.mark.parametrize(
    ("written", "us", "offset"),
    [
        ("Jan 31, 2018, 10:54:50 PM", 1_517_439_290, None),
        ("Jan 31, 2018, 12:00:00\u202fAM UTC", 1_517_356_800, None),
        ("Jan 31, 2018, 12:00:00\u202fPM EST", 1_517_418_000, -300),
        ("30 avr. 2026, 20:25:45 EDT", 1_777_595_145, -240),
        ("22 mars 2024 à 23:15:00 UTC+1", 1_711_145_700, 60),
        ("22 mars 2024 à 23:15:00 UTC\u22127", 1_711_174_500, -420),
        ("1 déc. 2023, 00:00:00 CET", 1_701_385_200, 60),
        ("15 août 2023, 14:00:00 CEST", 1_692_100_800, 120),
        ("31.01.2018, 22:54:50 MEZ", 1_517_435_690, 60),
        ("5. März 2024, 21:15:00 MEZ", 1_709_669_700, 60),
        ("31 ene 2024, 22:54:50 CET", 1_706_738_090, 60),
    ],
)
def test_times_are_read_in_every_language(tmp_path: Path, written: str, us: int, offset: int | None) -> None:
    found = read(tmp_path, "a.html", page(f"Watched&nbsp;x<br>{written}"))
    assert when(found) == [(us, offset)]
    assert not found.notices


def test_a_winter_date_with_a_summer_zone_takes_the_offset_of_the_zone(tmp_path: Path) -> None:
    """The page bears the zone of the day of its export."""
    found = read(tmp_path, "a.html", page("Watched&nbsp;x<br>5 janv. 2024, 12:30:00 CEST"))
    assert when(found) == [(1_704_450_600, 120)]


def test_doubtful_zones_are_told_once_with_their_place(tmp_path: Path) -> None:
    lines = ("Jan 5, 2024, 12:30:00 PM UTC", *2 * ("Jan 5, 2024, 12:30:00 PM BST",), "Jan 5, 2024, 12:30:00 PM XYZT")
    found = read(tmp_path, "a.html", page(*(f"Watched&nbsp;x<br>{line}" for line in lines)))
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("google-zone-ambiguous", "record 2"),
        ("google-zone-unknown", "record 4"),
    ]
    assert when(found)[1:] == [(1_704_454_200, 60), (1_704_454_200, 60), (1_704_457_800, None)]


def test_an_entry_without_a_time_in_the_middle_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    time = "Jan 5, 2024, 12:30:00 PM UTC"
    found = read(tmp_path, "a.html", page(f"Watched a<br>{time}", "Watched b<br>some day", f"Watched c<br>{time}"))
    assert [(item.title, item.when is None) for item in found.items] == [
        ("Watched a", False),
        ("Watched b", True),
        ("Watched c", False),
    ]
    assert found.items[1].text == "some day"
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("google-no-time", "record 2")]


def test_the_answer_of_an_assistant_stands_after_the_time_and_is_the_text(tmp_path: Path) -> None:
    main = "Prompted&nbsp;a riddle<br>Jan 5, 2024, 12:30:00 PM UTC<br><p>What has hands</p><p>and cannot clap?</p>"
    (item,) = read(tmp_path, "a.html", page(main)).items
    assert (item.kind, item.title) == (Kind.MESSAGE, "Prompted\u00a0a riddle")
    assert item.text == "What has hands\nand cannot clap?"
    assert item.when == Moment(1_704_457_800_000_000, None, Precision.SECOND)


def test_a_truncated_page_gives_what_it_holds_and_says_so(tmp_path: Path) -> None:
    whole = page(*(f"Watched {letter}<br>Jan 5, 2024, 12:30:00 PM UTC" for letter in "abc"))
    found = read(tmp_path, "a.html", whole[: whole.index("Watched c") + 20])
    assert [item.title for item in found.items] == ["Watched a", "Watched b", "Watched c"]
    assert ("google-page-cut-off", "record 3") in [(notice.reason, notice.position) for _, notice in found.notices]


def test_a_page_whose_style_is_longer_than_what_recognition_sees_is_read(tmp_path: Path) -> None:
    style = "/** material-design-lite */" + ".mdl-grid{padding:8px}" * 5000
    text = page("Watched a<br>Jan 5, 2024, 12:30:00 PM UTC").replace("<style>", f"<style>{style}")
    assert read(tmp_path, "Meine Aktivitäten/Suche/Aktivitäten.html", text).kinds == {"watch": 1}


def test_a_page_without_entries_is_kept_whole(tmp_path: Path) -> None:
    text = HEAD + "<p>Something that we do not know</p></body></html>"
    found = read(tmp_path, "My Activity/Search/MyActivity.html", text)
    assert found.kinds == {"document": 1}
    assert found.files == {"MyActivity.html": text.encode()}


def test_bytes_that_are_no_text_are_told_with_their_entry(tmp_path: Path) -> None:
    whole = page("Watched a<br>Jan 5, 2024, 12:30:00 PM UTC").encode().replace(b"Watched a", b"Watched \xe9")
    found = read(tmp_path, "a.html", whole)
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("html-bad-text", "record 1")]
    assert found.items[0].title == "Watched \ufffd"


def test_every_word_and_address_of_a_page_is_kept(tmp_path: Path) -> None:
    main = (
        'Directions to&nbsp;<a href="https://maps.example/to">Quai 1</a> by <a href="https://maps.example/bus">bus</a>'
        '<br>via Place 2<br><a href="https://maps.example/3">Rue 3</a><br>Jan 5, 2024, 12:30:00 PM UTC<br>'
    )
    caption = 'Note 4<br><b>Products:</b><br>&emsp;Maps 5<br><b>Why?</b><br>&emsp;Setting 6 <a href="https://x.example/7">here</a>'
    text = HEAD + entry(main, caption) + "</body></html>"
    (item,) = read(tmp_path, "a.html", text).items
    kept = said(item)
    words = ("Quai 1", "maps.example/to", "maps.example/bus", "Place 2", "maps.example/3", "Rue 3", "Note 4", "Maps 5")
    assert not [word for word in (*words, "Why?", "Setting 6", "x.example/7", "here") if word not in kept]


def said(item: Item) -> str:
    assert isinstance(item.details, bytes)
    return f"{item.title}\n{item.text}\n{item.details.decode()}"
