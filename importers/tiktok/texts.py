"""A TikTok archive as text files: blocks between blank lines, ``Key: value`` on each line.

The records are those of the JSON form and have the same identity; the name of the file is the name of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from importers.contract import Member, Rule, importer, skip
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.named_fields import fact
from importers.formats.text_lines import text_lines
from importers.records import Record
from importers.tiktok import shapes

_FOLDERS = (
    *("Activity", "Your Activity", "Likes and Favorites", "Videos", "Post", "Comment", "Comments"),
    *("Profile And Settings", "App Settings", "Tiktok Live", "Tiktok Shopping"),
)
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9 _()+-]{0,60}):\s?(.*)\Z")
_LONGEST = 1 << 20
_STARTS = ("Date: 20", "Date:20")
_BESIDE = ("**/*Browsing History.txt", "**/Watch History.txt", "**/Login History.txt", "**/Like List.txt")

skip(
    Rule(members=tuple(f"**/{folder}/*.txt" for folder in _FOLDERS), shape="empty", named=True, beside=_BESIDE),
    source="tiktok",
    why="tiktok-empty",
    weight=1,
)


@importer(
    *(
        Rule(members=(f"**/{folder}/*.txt",), shape=shape, starts=_STARTS, named=True)
        for folder in _FOLDERS
        for shape in ("text", "csv")
    ),
    Rule(
        members=tuple(f"**/{folder}/*.txt" for folder in _FOLDERS),
        starts=("UserName:", "Username:", "User Name:", "Link:", "Resolution:", "Hashtag Name:"),
        named=True,
        beside=_BESIDE,
    ),
    *(
        Rule(shape=shape, starts=_STARTS, contains=("https://www.tiktokv.com/share/video/",))
        for shape in ("text", "csv")
    ),
    source="tiktok",
    reads="lists as text",
    status="documents",
)
def texts(member: Member) -> Iterator[Record]:
    """A fact for each block; a line that is no field is told with its number and kept with its block."""
    yield from few_notices(_texts(member))


def _texts(member: Member) -> Iterator[Record]:
    name = member.path.rpartition("/")[2].rpartition(".")[0]
    shape = shapes.of_list((name,)) or replace(shapes.OTHER, what=f"other {shapes.folded(name)}")
    alike = Alike()
    for number, fields in _blocks(member):
        yield from fact(shape, fields, f"line {number}", alike, {"list": name})


def _blocks(member: Member) -> Iterator[tuple[int, dict[str, str]]]:
    """The fields of each block and the number of its first line."""
    fields: dict[str, str] = {}
    began, last = 1, ""
    with member.open() as stream:
        for line in text_lines(stream, _LONGEST):
            if line.error is not None:
                if fields:
                    yield began, fields
                raise line.error
            text = line.text.strip("\r\n\ufeff ")
            found = _LINE.match(text)
            if not text or (found and found[1] in fields):
                if fields:
                    yield began, fields
                fields, last = {}, ""
            if not text:
                continue
            began = began if fields else line.number
            if found:
                last = found[1]
                fields[last] = found[2]
            else:
                last = last or "value"
                fields[last] = f"{fields[last]}\n{text}" if last in fields else text
    if fields:
        yield began, fields
