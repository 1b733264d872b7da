"""Names in archives: read as what they were written, cleaned for display, matched without fuss."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.archive import names
from tests.archive.building import Entry, paths, view, zipped

FRENCH = ["Été à la mer.txt", "Reçu n° 12.pdf", "garçon/œuvre.txt", "fête/château.jpg"]


@pytest.mark.parametrize("codec", ["utf-8", "cp850", "cp1252"])
def test_french_names_are_read_whichever_program_wrote_them(codec: str) -> None:
    wanted = [name for name in FRENCH if codec != "cp850" or "œ" not in name]
    read = view(zipped(*(Entry(name.encode(codec), b"x", flags=0) for name in wanted)))
    assert paths(read) == wanted


def test_the_format_s_own_code_page_is_read_for_small_letters() -> None:
    assert paths(view(zipped(Entry("où ça été.txt".encode("cp437"), b"x", flags=0)))) == ["où ça été.txt"]


def test_a_unicode_name_in_the_extra_field_goes_first_when_it_is_about_this_name() -> None:
    raw = b"caf\x82.txt"
    for crc, path in ((zlib.crc32(raw), "кафе.txt"), (5, "café.txt")):
        body = b"\x01" + crc.to_bytes(4, "little") + "кафе.txt".encode()
        extra = b"\x75\x70" + len(body).to_bytes(2, "little") + body
        assert paths(view(zipped(Entry(raw, b"x", flags=0, extra=extra)))) == [path]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\0b.txt", "ab.txt"),
        ("facture\u202egpj.exe", "facturegpj.exe"),
        ("..\\..\\x", "../../x"),
        ("e\u0301te\u0301", "été"),
        ("", ""),
        ("n" * 9000, "n" * 4096),
        ("é" * 4096, "é" * 2048),
        ("\udc80", "?"),
    ],
)
def test_a_name_is_shown_without_what_hides_or_overflows(raw: str, shown: str) -> None:
    assert names.clean(raw) == shown


@given(st.text())
def test_a_cleaned_name_is_short_printable_and_stays_as_it_is(raw: str) -> None:
    shown = names.clean(raw)
    assert len(shown.encode()) <= names.LONGEST
    assert names.clean(shown) == shown
    assert not any(ord(letter) < 32 for letter in shown)


def test_part_ten_comes_after_part_nine() -> None:
    assert sorted(["x-10.zip", "x-9.zip", "x-1.zip"], key=names.natural) == ["x-1.zip", "x-9.zip", "x-10.zip"]
