"""The ten doors through which bytes come in that nobody trusts: what an honest input is, and what may come out.

Whatever comes out of a door beside its own errors would end an import, or the application, without a sentence.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from importers.archive.errors import ArchiveError, RefusedArchive
from importers.formats import html_entries, json_blocks, json_leaves, json_nested, json_wholes, tables, xml_stream
from importers.mail import html_text, message
from importers.mail.split import Mailbox
from importers.photos import exif, taken
from importers.records import Item
from tests.archive.building import view
from tests.promises import fuzz_seeds
from vault_app.intake import checks, frames
from vault_app.vault import header
from vault_app.vault.errors import DamagedVault, NewerVault


@dataclass(frozen=True)
class Target:
    """``seeds``: honest inputs; ``words``: what they are made of; ``run``: what the application does with one;
    ``errors``: what may come out; ``weight``: its part of all mutations; ``fixed``: makes check sums right again."""

    name: str
    seeds: Callable[[], Sequence[bytes]]
    words: Sequence[bytes]
    run: Callable[[bytes], object]
    errors: tuple[type[Exception], ...]
    weight: float
    fixed: Callable[[bytes], bytes] | None = None


READ = 1 << 20
"""Bytes that are read of all members of one mutated archive; how much an archive may unpack to is another promise."""


def archive(name: str, data: bytes) -> None:
    """Open an archive and read its members, as an import does."""
    opened = view(data, name)
    left = READ
    for member in opened.members:
        try:
            for piece in member.pieces():
                left -= len(piece)
                if left < 0:
                    return
        except RefusedArchive:
            raise
        except ArchiveError:
            continue


def _summed(data: bytes) -> bytes:
    """Headers of a tar with their right check sums."""
    out = bytearray(data)
    for at in range(0, len(out) - 511, 512):
        if out[at + 257 : at + 262] == b"ustar":
            out[at + 148 : at + 156] = b" " * 8
            out[at + 148 : at + 156] = b"%06o\0 " % sum(out[at : at + 512])
    return bytes(out)


class _Row(msgspec.Struct):
    """What one array of the JSON is said to hold."""

    name: str
    n: int = 0


def _json(data: bytes) -> None:
    """Every way in which JSON is walked; most often the one by blocks."""
    stream = io.BytesIO(data)
    match len(data) % 8:
        case 0:
            list(json_nested.walk(stream, frozenset({("rows",), ("other",), ("other", "list"), ("a",)})))
        case 1:
            list(json_leaves.leaves(stream))
        case 2:
            list(json_wholes.wholes(stream, ("rows",)))
        case number:
            block = (64, 64, 512, json_blocks.BLOCK, json_blocks.BLOCK)[number - 3]
            for event in json_blocks.read(stream, {"": dict[str, Any], "rows": _Row}, block=block):
                if isinstance(event, json_blocks.Block):
                    list(json_blocks.doubled(event))


def _xml(data: bytes) -> None:
    pieces = [data[at : at + 97] for at in range(0, len(data), 97)] if len(data) & 1 else [data]
    for event in xml_stream.elements(pieces, frozenset({"HealthData", "gpx", "trk"})):
        if isinstance(event, xml_stream.Element):
            event.said("value")


def _csv(data: bytes) -> None:
    for _ in tables.rows(io.BytesIO(data), ("Date", "Montant") if len(data) & 1 else ()):
        pass


def _mail(data: bytes) -> None:
    for raw in Mailbox(io.BytesIO(data)).messages():
        for record in message.records(raw):
            if isinstance(record, Item):
                for file in record.files:
                    for _ in file.pieces():
                        pass


def _html(data: bytes) -> None:
    html_text.plain(data.decode("utf-8", "replace"))
    for entry in html_entries.entries([data], b"<li"):
        html_entries.lines(entry.text)


def _image(data: bytes) -> None:
    tags = exif.fields(data)
    taken.when(tags)
    taken.where(tags)


def _frames(data: bytes) -> None:
    for told in frames.receive(io.BytesIO(data)):
        match told:
            case frames.ItemRows():
                checks.item_batch(told, members=3, files=3)
            case frames.PartyRows():
                checks.party_batch(told, members=3, files=3)
            case frames.SampleRows():
                checks.samples(told, members=3)
            case _:
                continue


def _header(data: bytes) -> None:
    header.decode(data)


def _crc(data: bytes) -> bytes:
    """A header file of the right length, the length of its JSON and its check sum right."""
    body = bytearray(data[: header.SIZE - 4].ljust(header.SIZE - 4, b"\0"))
    body[:4], body[8:12] = b"SDVH", struct.pack(">I", max(0, body.rfind(b"}", 0, 3900) - 11))
    return body + struct.pack(">I", zlib.crc32(body))


TARGETS: dict[str, Target] = {
    target.name: target
    for target in (
        Target("zip", fuzz_seeds.zips, (b"PK\1\2", b"PK\3\4", b"PK\5\6", b"PK\6\6", b"PK\6\7", b"\1\0\x10\0"), lambda data: archive("a.zip", data), (ArchiveError,), 0.12),
        Target("tar", fuzz_seeds.tars, (b"ustar\0", b"ustar  \0", b"././@LongLink", b"\x1f\x8b\x08", b"path=", b"size=", bytes(512)), lambda data: archive("a.tar", data), (ArchiveError,), 0.06, _summed),
        Target("json", fuzz_seeds.jsons, (b"[", b"]", b"{", b"}", b'"', b",", b":", b"\\ud800", b"NaN", b"\\", b"[[[[[[[["), _json, (), 0.05),
        Target("xml", fuzz_seeds.xmls, (b"<!DOCTYPE x [", b"<!ENTITY a 'b'>", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<a>", b"</a>", b"&a;", b"&#0;", b"<?", b"\xff\xfe"), _xml, (), 0.15),
        Target("csv", fuzz_seeds.csvs, (b'"', b'""', b";", b",", b"\t", b"\n", b"\r\n", b"\0", b"sep=", b"\xff\xfe"), _csv, (), 0.05),
        Target("mbox", fuzz_seeds.mails, (b"\nFrom ", b"\n\n", b"--b0", b"--b0--", b"=?utf-8?b?", b"?=", b"charset=", b"boundary=", b"Content-Type: multipart/mixed\n", b"utf-16", b"idna", b"\r\n"), _mail, (ArchiveError,), 0.06),
        Target("html", fuzz_seeds.htmls, (b"<", b">", b"<!--", b"-->", b"<script>", b"</script>", b"&", b"&#99999999;", b"<li", b"<br>", b"<a href="), _html, (), 0.08),
        Target("image", fuzz_seeds.images, (b"Exif\0\0", b"II*\0", b"MM\0*", b"\xff\xe1", b"\xff\xd8", b"eXIf", b"RIFF", b"ftypheic"), _image, (), 0.07),
        Target("frames", fuzz_seeds.frames, (b"\x93", b"\xdd", b"\xdf", b"\xc0", b"\xc7", b"\xd9", b"\xc4"), _frames, (frames.FrameError,), 0.2),
        Target("header", fuzz_seeds.headers, (b"SDVH", b'"slots":[', b"{}", b"null", b"[[[[", b'"kdf":', b'"x":'), _header, (DamagedVault, NewerVault), 0.16, _crc),
    )
}  # fmt: skip
"""By name. Weights are such that all ten take about as long as each other; they add up to one."""


def unforeseen(target: Target, data: bytes) -> Exception | None:
    """What comes out of a door that may not; None when all is well."""
    try:
        target.run(data)
    except target.errors:
        return None
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return error
    return None


def all_seeds() -> Iterable[tuple[Target, bytes]]:
    """Every honest input with its door."""
    return ((target, seed) for target in TARGETS.values() for seed in target.seeds())
