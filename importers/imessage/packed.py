"""What Messages packs into single fields beside the text: earlier versions of a message, previews of what it shows.

Facts: real fields that another project keeps for its tests: edits in a property list, previews in a keyed archive.
"""

from __future__ import annotations

import plistlib
from typing import Any

from importers.imessage import body

_2001 = 978_307_200
_MOST = 1000
_TIME_LIMIT = 1e10


def unpacked(fields: dict[str, Any]) -> dict[str, Any]:
    """What the packed fields of a message say: ``edits`` and ``preview``, where there are any."""
    summary, payload = fields.get("message_summary_info"), fields.get("payload_data")
    edits = edits_of(summary) if isinstance(summary, bytes) else []
    words = words_of(payload) if isinstance(payload, bytes) else []
    return ({"edits": edits} if edits else {}) | ({"preview": words} if words else {})


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
            if isinstance(text, bytes) and (plain := body.text(text)):
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
