"""What Messages packs into single fields: the text of a message with its marks, earlier versions of it, previews.

Facts: real fields that another project keeps for its tests. ``attributedBody`` is a typed stream: its text stands
behind the bytes ``01 2b`` with its length before it. Edits stand in a property list, previews in a keyed archive.
"""

from __future__ import annotations

import plistlib
from typing import Any

_STREAM = b"\x04\x0bstreamtyped"
_TEXT = b"\x84\x01+"
_2001 = 978_307_200
_MOST = 1000
_TIME_LIMIT = 1e10


def text_of(data: bytes) -> str | None:
    """The text of a typed stream, '' when it is empty; None when it is no such stream. U+FFFC marks an attachment."""
    at = data.find(_TEXT)
    if not data.startswith(_STREAM) or at < 0 or at + len(_TEXT) >= len(data):
        return None
    at += len(_TEXT)
    length, at = data[at], at + 1
    more = {0x81: 2, 0x82: 4}.get(length, 0)
    if more:
        length, at = int.from_bytes(data[at : at + more], "little"), at + more
    return data[at : at + length].decode("utf-8", "replace")


def edits_of(data: bytes) -> list[dict[str, Any]]:
    """Earlier versions of a message from ``message_summary_info``, oldest first: part, text, us since 1970."""
    listed = _plist(data).get("ec")
    found: list[dict[str, Any]] = []
    for part, versions in listed.items() if isinstance(listed, dict) else ():
        for version in versions[:_MOST] if isinstance(versions, list) else ():
            if not isinstance(version, dict):
                continue
            text, time = version.get("t"), version.get("d")
            said: dict[str, Any] = {"part": str(part)}
            if isinstance(text, bytes) and (plain := text_of(text)) is not None:
                said["text"] = plain
            if isinstance(time, int | float) and abs(time) < _TIME_LIMIT:
                said["us"] = round((time + _2001) * 1_000_000)
            found.append(said)
    return found


def words_of(data: bytes) -> list[str]:
    """The texts of a preview (``payload_data``), in the order of the archive, names of keys and classes left out."""
    objects = _plist(data).get("$objects")
    if not isinstance(objects, list):
        return []
    names = _names(objects)
    kept = (found for at, found in enumerate(objects) if isinstance(found, str) and at not in names)
    return [found for found in dict.fromkeys(kept) if found.strip() and found != "$null"][:_MOST]


def _names(objects: list[Any]) -> set[int]:
    """Places of the objects that are keys of dictionaries."""
    keys = (entry.get("NS.keys") for entry in objects if isinstance(entry, dict))
    return {key.data for listed in keys if isinstance(listed, list) for key in listed if isinstance(key, plistlib.UID)}


def _plist(data: bytes) -> dict[str, Any]:
    try:
        found = plistlib.loads(data)
    except Exception:  # noqa: BLE001 - a damaged list fails in many ways; the field itself is kept as it is
        return {}
    return found if isinstance(found, dict) else {}
