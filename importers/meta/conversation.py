"""What all forms of a conversation share: who takes part, and when two messages are one.

Messages have no identifier. A message is its sender, its millisecond and its words (or the names of its files): so it
is one in an old archive and a new one, whose folders are called otherwise, and in the encrypted export, which repeats
what was said before the switch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from importers.records import Moment, Party, Role


class Thread(NamedTuple):
    """``title``: of a group, or the other person's name. ``path``: where the export of its era puts it, or ''.
    ``names``: who takes part; people who have left are missing. ``rest``: all fields but the messages."""

    title: str
    path: str
    names: tuple[str, ...]
    rest: dict[str, Any]

    def party(self) -> Party | None:
        """The conversation itself, with everything that is said of it; None when nothing is."""
        if not self.rest:
            return None
        group = len(self.names) > 2 or self.rest.get("thread_type") == "RegularGroup"
        return Party(
            key=("thread", self.path.rpartition("_")[2], self.title or " ".join(self.names)),
            name=self.title or ", ".join(self.names),
            type="group" if group else "person",
            details=self.rest,
        )

    def roles(self, sender: str) -> tuple[Role, ...]:
        """The sender, and everybody else in the conversation."""
        others = tuple(Role("to", name) for name in self.names if name != sender)
        return (Role("from", sender), *others) if sender else others


def identity(sender: str, when: Moment | None, text: str, uris: Iterable[str]) -> tuple[Any, ...]:
    """What makes a message itself."""
    said = text or " ".join(sorted(uri.rpartition("/")[2] for uri in uris))
    digest = hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest() if said else ""
    return ("message", sender, when.us // 1000 if when else None, digest)


def thread(fields: dict[str, Any]) -> Thread:
    """The conversation of a file, from what stands beside its messages."""
    names = tuple(name for entry in _list(fields.get("participants")) if (name := _name(entry)))
    title = fields.get("title") or fields.get("threadName")
    path = fields.get("thread_path")
    return Thread(_text(title), _text(path), names, fields)


def _name(entry: Any) -> str:
    return _text(entry.get("name")) if isinstance(entry, dict) else _text(entry)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
