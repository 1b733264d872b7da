"""Entities: what HTML has, and numbers that no character has."""

from __future__ import annotations

import pytest

from importers.formats.entities import unescaped


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&eacute;t&#233; &#xE9;", "été é"),
        ("R&D &amp;eacute;", "R&D &eacute;"),
        ("a&#99999999;b", "a\ufffdb"),
        ("a&#" + "1" * 5000 + ";b", "a\ufffdb"),
        ("a&#" + "0" * 5000, "a\ufffd"),
        ("a&#x" + "1" * 5000 + ";b", "a\ufffdb"),
    ],
)
def test_an_entity_is_its_character_or_a_replacement_mark(written: str, meant: str) -> None:
    assert unescaped(written) == meant
