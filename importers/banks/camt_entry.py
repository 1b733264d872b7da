"""An entry of a CAMT statement in words: who was on the other side, what was written, and everything as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from importers.formats.xml_stream import Element
from importers.records import Handle, Role


class Described(NamedTuple):
    """``title``: the other party, else the bank's own words; ``text``: what the payments say, a line each."""

    title: str
    text: str


def described(entry: Element) -> Described:
    """What a person reads of an entry."""
    lines: list[str] = []
    names: list[str] = []
    for payment in payments(entry):
        for name, _ in _others(payment, incoming=entry.said("CdtDbtInd") == "CRDT"):
            names.append(name)
        remittance = payment.child("RmtInf")
        lines += [child.text for child in remittance.children if child.name == "Ustrd"] if remittance else []
        lines.append(payment.said("AddtlTxInf"))
    lines.append(entry.said("AddtlNtryInf"))
    said = [line for line in dict.fromkeys(lines) if line]
    named = [name for name in dict.fromkeys(names) if name]
    title = ", ".join(named[:3]) or (said[0] if said else "")
    return Described(title, "\n".join(said))


def parties(entry: Element, *, incoming: bool) -> tuple[Role, ...]:
    """The other sides of all payments of an entry, each once: who paid, or who was paid."""
    role = "from" if incoming else "to"
    found = dict.fromkeys(other for payment in payments(entry) for other in _others(payment, incoming=incoming))
    return tuple(Role(role, name, Handle("id", account) if account else None) for name, account in found)


def payments(entry: Element) -> Iterator[Element]:
    """The payments that an entry bundles."""
    for details in entry.children:
        if details.name == "NtryDtls":
            yield from (child for child in details.children if child.name == "TxDtls")


def _others(payment: Element, *, incoming: bool) -> Iterator[tuple[str, str]]:
    """Name and account of the other side. Since version 8 the name stands within ``Pty``."""
    related = payment.child("RltdPties")
    if related is None:
        return
    side = "Dbtr" if incoming else "Cdtr"
    name = first_text(related, side, "Nm") or first_text(related, side, "Pty", "Nm")
    account = first_text(related, f"{side}Acct", "Id", "IBAN") or first_text(related, f"{side}Acct", "Id", "Othr", "Id")
    if name or account:
        yield name, account


def first_text(element: Element, *path: str) -> str:
    """The text at the end of a path of names, along first children; '' when there is none."""
    for name in path:
        found = element.child(name)
        if found is None:
            return ""
        element = found
    return element.text


def plain_tree(element: Element) -> dict[str, Any]:
    """An element as nested names and texts: attributes begin with ``@``, what occurs several times is a list."""
    found: dict[str, Any] = {f"@{name}": text for name, text in element.attributes.items()}
    for child in element.children:
        value: Any = plain_tree(child) if child.children or child.attributes else child.text
        if child.name not in found:
            found[child.name] = value
        elif isinstance(found[child.name], list):
            found[child.name].append(value)
        else:
            found[child.name] = [found[child.name], value]
    if element.text:
        found["#text"] = element.text
    return found
