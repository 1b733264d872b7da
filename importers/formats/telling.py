"""Names of columns and keys that look like data: an address, a number, a date. A value that stands where a name should
stand tells what nobody meant to tell."""

from __future__ import annotations

import re

_SIGNS = (
    re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"),  # e-mail
    re.compile(r"\w+://|\bwww\.", re.IGNORECASE),
    re.compile(r"\d{5,}"),
    re.compile(r"(?:\d[\s.\-/()]{0,2}){7,}"),  # a phone, card or account number in groups
    re.compile(r"\b\d{1,4}([./-])\d{1,2}\1\d{1,4}\b"),  # a date
    re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,}"),  # an account (ISO 13616)
    re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-"),
    re.compile(r"\b(?=[0-9a-fA-F]*\d)[0-9a-fA-F]{12,}\b"),
    re.compile(
        r"\b\d{1,4}(?:\s?(?:bis|ter|quater))?,?\s+(?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse|all[ée]e|route|quai"
        r"|cours|square)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\b\d{1,5}\s+(?:[^\W\d]+\s+){1,3}(?:street|road|lane|drive|avenue)\b", re.IGNORECASE),
    re.compile(r"^[\s\d.,;:+-]*\d[\s\d.,;:+%€$£-]*$"),  # nothing but a number
)


def tells(name: str) -> bool:
    """Whether a name looks like a value: an address (e-mail, web, street), a number of any use, a date, an id.

    A person's name looks like any other word; only a person can tell.
    """
    return any(sign.search(name) for sign in _SIGNS)
