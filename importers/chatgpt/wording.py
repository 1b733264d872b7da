"""What a message says as text, and whether the person sees it. Text only: no Markdown or HTML is carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.chatgpt.tree import Fields

_MARKS = re.compile("【\\d+†[^】]{0,200}】|\ue200[^\ue201]{0,2000}\ue201|[\ue200-\ue202]")
"""Marks of sources that only the service's own pages can resolve."""

_NEVER_SHOWN = frozenset({"thoughts", "reasoning_recap", "tether_browsing_display", "user_editable_context"})
_SHOWN_OF_TOOLS = frozenset({"execution_output", "tether_quote", "multimodal_text"})
_POINTERS = re.compile(r"file[-_][A-Za-z0-9]{6,64}")


def content_of(message: Fields) -> Fields:
    """The content of a message; an empty one where it has none."""
    found = message.get("content")
    return found if isinstance(found, dict) else {}


def raw_text(content: Fields) -> str:
    """The words of a content of any type, with all marks."""
    parts = content.get("parts")
    if isinstance(parts, list):
        return "\n".join(filter(None, map(_part, parts)))
    if content.get("content_type") == "user_editable_context":
        found = (content.get("user_profile"), content.get("user_instructions"))
        return "\n".join(text for text in found if isinstance(text, str) and text)
    for name in ("text", "result", "content"):
        found_text = content.get(name)
        if isinstance(found_text, str) and found_text:
            return found_text
    return ""


def _part(part: Any) -> str:
    if isinstance(part, str):
        return part
    text = part.get("text") if isinstance(part, dict) else None
    return text if isinstance(text, str) else ""


def without_marks(text: str) -> str:
    """The words without the marks of sources."""
    return _MARKS.sub("", text)


def is_seen(message: Fields, text: str) -> bool:
    """Whether the person sees the message in the service's own view."""
    about = message.get("metadata")
    about = about if isinstance(about, dict) else {}
    author = message.get("author")
    role = author.get("role") if isinstance(author, dict) else ""
    kind = content_of(message).get("content_type")
    if about.get("is_visually_hidden_from_conversation") or kind in _NEVER_SHOWN:
        return False
    if role == "system" and not about.get("is_user_system_message"):
        return False
    if role == "assistant" and message.get("recipient") not in {None, "all"}:
        return False
    if role == "tool" and kind not in _SHOWN_OF_TOOLS:
        return False
    return bool(text.strip()) or kind == "multimodal_text"


def pointers(message: Fields) -> Iterator[str]:
    """The ids of the files that a message names, in order."""
    parts = content_of(message).get("parts")
    for part in parts if isinstance(parts, list) else ():
        yield from _addresses(part)
    about = message.get("metadata")
    listed = about.get("attachments") if isinstance(about, dict) else None
    for entry in listed if isinstance(listed, list) else ():
        name = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(name, str) and _POINTERS.fullmatch(name):
            yield name


def _addresses(value: Any) -> Iterator[str]:
    """Ids behind ``://`` of all pointers in a part; parts of a call hold several, one within the other."""
    if not isinstance(value, dict):
        return
    for name, entry in value.items():
        if name.endswith("asset_pointer") and isinstance(entry, str):
            found = _POINTERS.match(entry.partition("://")[2])
            if found is not None:
                yield found[0]
        elif isinstance(entry, dict):
            yield from _addresses(entry)
