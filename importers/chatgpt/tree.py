"""A conversation is a tree: an edited question or a second answer is a branch, and one branch is the one shown.

Facts: files seen until 2025. Times are seconds since 1970 as floats, ISO texts in some; some messages have none, or 0:
they have the time of what they answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from importers.formats.any_stamp import in_utc
from importers.records import Moment

Fields = dict[str, Any]


@dataclass(frozen=True)
class Tree:
    """``nodes``: id to node, as the file has them. ``shown``: ids of the branch that the person sees."""

    nodes: dict[str, Fields]
    shown: frozenset[str]

    @classmethod
    def of(cls, conversation: Fields) -> Tree:
        """The tree of a conversation; parents that are missing or go in circles end a branch."""
        mapping = conversation.get("mapping")
        given = mapping.items() if isinstance(mapping, dict) else ()
        nodes = {name: node for name, node in given if isinstance(node, dict)}
        last = conversation.get("current_node")
        if not isinstance(last, str) or last not in nodes:
            last = _youngest_leaf(nodes)
        return cls(nodes, frozenset(_up(nodes, last)))

    def when(self, node: str) -> Moment | None:
        """The time of a message, or of the nearest one above it that has one."""
        for name in _up(self.nodes, node):
            found = in_utc(message(self.nodes[name]).get("create_time"))
            if found is not None:
                return found
        return None


def message(node: Fields) -> Fields:
    """The message of a node; an empty one where it has none."""
    found = node.get("message")
    return found if isinstance(found, dict) else {}


def _up(nodes: dict[str, Fields], name: str | None) -> list[str]:
    """A node and those above it."""
    path: dict[str, None] = {}
    while isinstance(name, str) and name in nodes and name not in path:
        path[name] = None
        name = nodes[name].get("parent")
    return list(path)


def _youngest_leaf(nodes: dict[str, Fields]) -> str | None:
    leaves = [name for name, node in nodes.items() if not node.get("children")]

    def age(name: str) -> int:
        found = in_utc(message(nodes[name]).get("create_time"))
        return found.us if found is not None else 0

    return max(leaves, key=age, default=None)
