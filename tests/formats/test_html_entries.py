"""Long HTML pages as entries, entries as lines of text with links."""

from __future__ import annotations

import html
import time
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from importers.formats.html_entries import ENTRY, Line, Link, entries, lines

MARKER = b'<div class="outer-cell'


def pieces(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=4).map(" ".join)
addresses = words.map("https://example.org/?a=1&q=".__add__)


@st.composite
def written_lines(draw):
    expected, written = [], []
    for _ in range(draw(st.integers(0, 5))):
        before, shown, after = draw(sentences), draw(sentences), draw(sentences)
        address = draw(addresses)
        if draw(st.booleans()):
            tag = draw(st.sampled_from(['<a href="{}">', '<a class="x" href="{}">', '<A target=_blank HREF="{}" >']))
            expected.append(Line(f"{before} {shown} {after}", (Link(shown, address),)))
            written.append(
                f"{html.escape(before)} {tag.format(html.escape(address))}{html.escape(shown)}</a> {html.escape(after)}"
            )
        else:
            expected.append(Line(before))
            written.append(html.escape(before))
    return expected, draw(st.sampled_from(["<br>", "<br/>", "<BR>\n"])).join(written)


@given(written_lines())
@settings(max_examples=200, deadline=None)
def test_every_line_and_link_comes_back_as_it_was_written(case) -> None:
    expected, written = case
    assert lines(written) == expected


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=40), max_size=8), st.integers(1, 70))
@settings(max_examples=200, deadline=None)
def test_entries_do_not_depend_on_where_the_file_was_cut_into_pieces(contents, size) -> None:
    page = "<html><body>head" + "".join(MARKER.decode() + content for content in contents)
    found = list(entries(pieces(page.encode(), size), MARKER))
    assert [entry.text for entry in found] == contents
    assert [entry.number for entry in found] == list(range(1, len(contents) + 1))


@given(st.text(alphabet="<>/a =\"&;#xbrhefp'\n", max_size=120))
@settings(max_examples=300, deadline=None)
def test_no_text_at_all_makes_it_raise_and_no_word_is_lost(fragment) -> None:
    class Words(HTMLParser):
        text = ""

        def handle_data(self, data: str) -> None:
            self.text += data

    for line in lines(fragment):
        assert isinstance(line, Line)
    plain = fragment.translate(str.maketrans("<>&", "   "))
    parser = Words()
    parser.feed(plain)
    assert "".join("".join(line.text for line in lines(plain)).split()) == "".join(parser.text.split())


def test_entities_and_no_break_spaces_are_decoded_and_kept() -> None:
    [line] = lines('Visited&nbsp;<a href="https://e.org/?a=1&amp;b=2">Fish &amp; chips &#8211; &eacute;t\u00e9</a>')
    assert line == Line(
        "Visited\u00a0Fish & chips \u2013 \u00e9t\u00e9",
        (Link("Fish & chips \u2013 \u00e9t\u00e9", "https://e.org/?a=1&b=2"),),
    )


def test_white_space_of_the_source_is_one_space_and_pictures_keep_their_address() -> None:
    assert lines("<p>one\n   two</p><p><b>three</b> <i>four</i></p>") == [Line("one two"), Line("three four")]
    assert lines('a<img alt="x" src="photo%20&amp;1.jpg">b') == [Line("ab", (), ("photo%20&1.jpg",))]
    assert lines('<audio controls><source src="a.mp3"></audio>') == [Line("", (), ("a.mp3",))]


def test_a_link_that_is_never_closed_keeps_its_words() -> None:
    assert lines('x <a href="u">one two') == [Line("x one two", (Link("one two", "u"),))]
    assert lines('<a href="u">one<a href="v">two</a>') == [Line("onetwo", (Link("one", "u"), Link("two", "v")))]


def test_bytes_that_are_not_utf8_are_replaced_and_said() -> None:
    [entry] = entries([MARKER + b"caf\xe9"], MARKER)
    assert entry == (1, "caf\ufffd", "html-bad-text")


def test_an_entry_that_is_too_large_is_passed_over_and_the_next_one_is_read() -> None:
    def page():
        yield b"<html>" + MARKER + b"first" + MARKER
        for _ in range(ENTRY // (1 << 20) + 2):
            yield b"x" * (1 << 20)
        yield MARKER + b"last"

    found = list(entries(page(), MARKER))
    assert [(entry.number, entry.text[:9], entry.trouble) for entry in found] == [
        (1, "first", ""),
        (2, "", "html-too-large"),
        (3, "last", ""),
    ]


def test_hostile_markup_costs_no_more_than_its_length() -> None:
    for text in ("<a href=", '<a href="x">', "<" * 5, "<br", "&", "&#", "&amp", "<<a>", '"'):
        began = time.process_time()
        lines(text * (2_000_000 // len(text)))
        assert time.process_time() - began < 5, text
