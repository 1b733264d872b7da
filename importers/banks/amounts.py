"""Amounts as banks write them: ``-1 234,56 €``, ``+3500,00``, ``42,49-``, ``(42,49)``, ``000000000025,00``."""

from __future__ import annotations

from decimal import Decimal

from importers.generic import numerals


def amount(text: str, decimal: str = ",") -> str | None:
    """An amount as a decimal text with a dot, digits as written; None when it is none.

    ``decimal``: the mark of the file. The other mark parts thousands; where it cannot, it is a decimal mark too.
    """
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        found = numerals.number(text[1:-1], decimal)
        return None if found is None else negative(found)
    return numerals.number(text, decimal)


def moved(debit: str, credit: str, decimal: str = ",") -> str | None:
    """What moved on the account: credit less debit, whatever sign debits have; None when neither is a number."""
    left, came = amount(debit, decimal), amount(credit, decimal)
    if left is None or (came is not None and not Decimal(left)):
        return came
    if came is None or not Decimal(came):
        return negative(left)
    return str(Decimal(came) - abs(Decimal(left)))


def negative(number: str) -> str:
    """The number below zero, whatever its sign was."""
    return "-" + number.lstrip("-")


def turned(number: str) -> str:
    """The number with the other sign."""
    return number[1:] if number.startswith("-") else "-" + number


def less(number: str, fee: str) -> str:
    """The number less a fee."""
    return str(Decimal(number) - Decimal(fee))


def same(number: str) -> str:
    """One writing for each value, for identities: ``550``, ``550.0`` and ``550.00`` are ``550``."""
    return format(Decimal(number).normalize(), "f") if number else ""
