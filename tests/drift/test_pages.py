"""Pages whose parts are called otherwise: the names that their makers gave are told, and no word of a page."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from importers.drift import pages
from importers.drift.drift import Drift, Missing, New
from importers.drift.ear import HEAD, WINDOW
from importers.drift.names import CROWD
from importers.records import Kind
from tests.drift.packed import PAGE, of_kind, told
from tests.drift.test_privacy import MARK, VALUES, WORDS
from tests.drift.test_tables import crowd, said
from tests.importers.archives import Files, files

CHAT = "telegram/pages"
SALES = "vinted/archive"
LOG = "google/pages"
TIMES = 12


def longer(page: bytes) -> bytes:
    """A page with what is in its body many times over: enough for it to be said that a name is missing."""
    head, mark, body = page.partition(b"<body>")
    inner, end, rest = body.rpartition(b"</body>")
    return head + mark + inner * TIMES + end + rest


def changed(name: str, *changes: tuple[bytes, bytes]) -> Files:
    held = {path: longer(data) if path.endswith(".html") else data for path, data in files(name).items()}
    for before, after in changes:
        assert any(before in data for data in held.values())
        held = {path: data.replace(before, after) if path.endswith(".html") else data for path, data in held.items()}
    return held


@pytest.mark.parametrize("name", [CHAT, SALES, LOG, "google/talks", "facebook/pages", "instagram/rarer"])
def test_a_page_that_is_only_longer_is_no_change(name: str) -> None:
    assert told(changed(name)).drifts == ()


def test_a_part_of_a_page_that_is_called_otherwise_is_new_and_missing() -> None:
    found = told(changed(CHAT, (b'"from_name"', b'"sender_name"')))
    (drift,) = found.drifts
    assert drift == Drift(
        "telegram.pages",
        2,
        (New(pages.CLASS, "sender_name", "text", 10),),
        (Missing(pages.CLASS, "from_name"),),
    )


def test_a_new_part_of_a_page_is_kept_and_told() -> None:
    found = told(
        changed(CHAT, (b'<div class="from_name">', b'<div class="mood_then">zq-valeur</div><div class="from_name">'))
    )
    assert "zq-valeur" in found.details
    (drift,) = found.drifts
    assert (drift.new, drift.missing) == ((New(pages.CLASS, "mood_then", "text", 10),), ())


def test_a_new_field_of_a_page_is_told_at_its_place() -> None:
    found = told(
        changed(
            SALES, (b'<span itemprop="seller">', b'<span itemprop="mood_then">calme</span><span itemprop="seller">')
        )
    )
    assert "calme" in found.details
    (drift,) = found.drifts
    assert (drift.new, drift.missing) == ((New(pages.FIELD, "mood_then", "text", 10),), ())


def test_a_short_page_lacks_nothing() -> None:
    held = {path: data.replace(b'"from_name"', b'"text"') for path, data in files(CHAT).items()}
    assert told(held).drifts == ()


def test_a_page_without_what_the_code_speaks_of_tells_nothing() -> None:
    held = {path: re.sub(rb'class="[^"]*"', b'class="mood-then"', data) for path, data in changed(LOG).items()}
    found = told(held)
    assert {item.kind for item in found.items} == {Kind.DOCUMENT}
    assert found.drifts == ()


def test_what_a_page_holds_late_is_heard() -> None:
    page = files(CHAT)["messages.html"]
    inner = page.partition(b"<body>")[2].rpartition(b"</body>")[0]
    late = inner.replace(b'"reply_to details"', b'"reply_then details"') * (2 * WINDOW // len(inner))
    held = page.replace(inner, inner * (2 * HEAD // len(inner)) + late)
    (drift,) = told({"messages.html": held}).drifts
    assert [(new.place, new.name) for new in drift.new] == [(pages.CLASS, "reply_then")]


HIDDEN = (
    '<!-- <p class="{0}"> --><script>var a = \'<p class="{0}">\';</script><style>.{0} {{}}</style>'
    '<i title="<p class=\'{0}\'> itemprop={0}" data-class="{0}">&lt;p class="{0}"&gt; class="{0}" {0}</i>'
)


@given(word=WORDS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
@pytest.mark.parametrize("name", [CHAT, SALES, LOG])
def test_words_comments_scripts_and_other_attributes_are_not_told(name: str, word: str) -> None:
    found = told(changed(name, (b"</div>", HIDDEN.format(word).encode() + b'<p class="mood_then"></p></div>')))
    assert word in found.details
    assert [new.name for drift in found.drifts for new in drift.new].count("mood_then") == (name == CHAT)
    assert found.drifts
    assert MARK not in said(found.drifts)


@given(values=st.lists(VALUES.map(lambda value: "".join(value.split())), min_size=2, max_size=4, unique=True))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.generate])
def test_a_value_in_the_place_of_a_name_is_counted_and_not_told(values: list[str]) -> None:
    planted = "".join(f"<p class='{one}' itemprop='{one}'></p>" for one in values if not set("'<") & set(one))
    found = told(changed(CHAT, (b"</div>", f"{planted}<p class='zq@zq.example'></p></div>".encode())))
    (drift,) = found.drifts
    assert [new.name for new in drift.new] == [""]
    assert MARK not in said(found.drifts)


def test_a_crowd_of_names_is_counted_and_not_told() -> None:
    planted = "".join(f'<p class="{word}"></p>' for word in crowd([MARK]))
    (drift,) = told(changed(CHAT, (b"</div>", f"{planted}</div>".encode()))).drifts
    assert drift.new == (New(pages.CLASS, "", "mixed", 10),)
    assert len(crowd([MARK])) > CROWD


def test_a_name_that_stands_once_in_a_page_is_not_told() -> None:
    held = changed(CHAT)
    held["messages.html"] = held["messages.html"].replace(b"</body>", b'<p class="zoe"></p></body>')
    (drift,) = told(held).drifts
    assert drift.new == (New(pages.CLASS, "", "mixed", 1),)


def test_what_is_planted_in_every_invented_page_is_nowhere_in_what_is_told() -> None:
    planted = f"<p class='{MARK}@exemple.org rue-{MARK}-12345' itemprop='{MARK},'></p><p class='mood_then'></p></div>"
    noticed = 0
    for name, held in of_kind(PAGE):
        chosen = {
            path: re.sub(rb"</(div|td|li)>", HIDDEN.format(MARK).encode() + planted.encode(), data)
            if data.lstrip().lower().startswith(PAGE)
            else data
            for path, data in held.items()
        }
        found = told(chosen)
        noticed += len(found.drifts)
        assert MARK not in said(found.drifts), name
    assert noticed >= 5


MARKUP = st.lists(
    st.sampled_from(
        [
            *('<p class="aa">', "<p class='bb' itemprop=cc>", "</p>", "<!--", "-->", "<script>", "</script>", "<style"),
            *("</style>", ">", '"', "'", "<", "class=dd ", "é", "\x00", " ", "texte"),
        ]
    ),
    max_size=40,
).map("".join)


@given(MARKUP, st.data())
def test_of_a_page_that_is_cut_at_its_end_only_what_is_there_is_taken(text: str, data: st.DataObject) -> None:
    whole = list(pages.names(text.encode()))
    cut = list(pages.names(text.encode()[: data.draw(st.integers(0, len(text.encode())))]))
    assert {name for _, names in cut for name in names} <= {"aa", "bb", "cc", "dd"}
    assert all(place in {pages.CLASS, pages.FIELD} for place, _ in (*whole, *cut))


def test_what_stands_in_quotes_is_no_part_of_a_page() -> None:
    assert list(pages.names(b"<p title='</script><p class=\"aa\">' class=bb>")) == [(pages.CLASS, ["bb"])]


def test_a_part_that_begins_within_something_hidden_gives_what_follows_it() -> None:
    part = b'<p class="aa"></script><p class="bb"><!-- <p class="cc">'
    assert list(pages.names(part, first=False)) == [(pages.CLASS, ["bb"])]
    assert list(pages.names(b"<p class=\"aa\"> --><p class=bb itemprop='cc'>", first=False)) == [
        (pages.CLASS, ["bb"]),
        (pages.FIELD, ["cc"]),
    ]


HOSTILE = {
    "attributes": "<p " + "a " * 60_000,
    "brackets": "<" * 120_000,
    "no values": "<p class=" * 15_000,
    "comments": "<!--" * 30_000,
    "scripts": "<script " * 15_000,
    "quotes": "<p a='" * 20_000,
    "never closed": "<p" + " a=''" * 25_000,
}


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_page_takes_no_time(how: str) -> None:
    begun = time.process_time()
    assert list(pages.names(HOSTILE[how].encode())) == []
    assert time.process_time() - begun < 1
