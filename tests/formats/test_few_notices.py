"""One fault, found many times in a file, is told a few times and counted."""

from __future__ import annotations

from importers.formats.few_notices import FIRST, few_notices
from importers.records import Item, Kind, Notice


def test_a_few_notices_of_each_reason_pass_and_the_others_are_counted_at_the_end() -> None:
    many = [Notice("a", f"line {line}") for line in range(50)]
    item = Item(kind=Kind.OTHER, key=("x",))
    told = list(few_notices([*many, item, Notice("b")]))
    assert told == [*many[:FIRST], item, Notice("b"), Notice("a-more", what="50")]


def test_as_many_as_are_told_are_not_counted_as_well() -> None:
    many = [Notice("a")] * FIRST
    assert list(few_notices(many)) == many
