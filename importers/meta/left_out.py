"""What is known and holds nothing: notes that a section is empty. Pages that lead to the others are kept whole."""

from __future__ import annotations

from importers.contract import Rule, keep, skip
from importers.meta import neighbours

skip(Rule(members=("**/no-data.txt",), beside=neighbours.EITHER, named=True), source="facebook", why="meta-empty")
skip(
    Rule(members=("**/no-data.txt",), beside=neighbours.INSTAGRAM, named=True),
    source="instagram",
    why="meta-empty",
    weight=1,
)
_INDEX = ("**/start_here.html", "**/index.html")
keep(Rule(members=_INDEX, shape="html", beside=neighbours.INSTAGRAM, named=True), source="instagram")
keep(Rule(members=_INDEX, shape="html", beside=neighbours.FACEBOOK, named=True), source="facebook")
