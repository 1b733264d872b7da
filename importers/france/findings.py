"""What the text of a French paper says about it: issuer, sort, date, amount, reference; each with a confidence.

Facts: labels seen in public programs that read such papers. Nothing is read from a layout: a value counts when it
stands on the line of its label, or on the line below. Numbers of tax payers and of insured persons are never taken.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from importers.formats.date_words import date_parts
from importers.formats.french_stamps import moment
from importers.formats.sniff import plain
from importers.records import Moment, Precision


def _table(name: str) -> dict[str, Any]:
    """A table of this room; read when the module is loaded, as later nothing can be opened."""
    return tomllib.loads(files("importers.france").joinpath(name).read_text(encoding="utf-8"))


_ISSUERS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    key: (row["name"], tuple(row["sure"]), tuple(row["maybe"])) for key, row in _table("issuers.toml").items()
}
_PAPERS: dict[str, tuple[str, tuple[str, ...]]] = {
    sort: (row["name"], tuple(row["words"])) for sort, row in _table("papers.toml").items()
}


def issuers() -> dict[str, str]:
    """The names of all issuers whose papers are known, by their ids."""
    return {key: name for key, (name, _, _) in _ISSUERS.items()}


SURE, LIKELY, MAYBE = 0.9, 0.6, 0.4
"""A label or a name of its own; one of several readings; a guess from the surroundings."""

_HEAD = 15
"""Lines at the top of a paper, where it says what it is and who wrote it."""

_AMOUNT = re.compile(r"(-?\d{1,3}(?:[ .]\d{3})+|-?\d+),(\d\d) ?(?:€|eur\b|euros\b)")
_DATE = re.compile(r"(?<!\d)(\d{1,2}/\d{1,2}/\d{4})(?!\d)(?: ?,? ?a? (\d{1,2}) ?[h:] ?(\d\d))?")
_WORDED = re.compile(r"(?<!\d)(\d{1,2}(?:er)? [a-z]{3,9}\.? \d{4})(?!\d)")
_REFERENCE = re.compile(
    r"(?:n°|no|numero) ?(?:de |d'|de la )?(?:facture|avis|contrat)? ?:? ?([a-z0-9][a-z0-9 /-]{3,24}\d)"
)
_NOTICE = re.compile(r"impot (\d{4}) sur les revenus (?:de )?(?:l'annee )?(\d{4})")

_DATED = (
    "facture du",
    "date de facture",
    "date de la facture",
    "date d'emission",
    "date de facturation",
    "date d'edition",
    "horodatage",
    "etabli le",
    "emis le",
    "date d'etablissement",
    "avis du",
    "releve du",
    "edite le",
    "fait le",
)
_PAID = (
    "total ttc",
    "montant ttc",
    "net a payer",
    "montant a payer",
    "total a payer",
    "somme a payer",
    "reste a payer",
    "montant total",
    "montant preleve",
    "total rembourse",
    "montant rembourse",
    "montant de votre impot",
)
_REFERRED = ("facture n°", "n° de facture", "n° facture", "numero de facture", "de facture :", "reference de l'avis")


@dataclass(frozen=True)
class Found:
    """One thing that the text says. ``confidence``: 0 to 1."""

    value: str
    confidence: float


@dataclass(frozen=True)
class Findings:
    """All that was found; None where nothing was.

    ``issuer``: the name on screen; ``issuer_id``: its id. ``sort``: id of ``papers.toml``. ``date``: as written there;
    ``when``: that date as a moment. ``amount``: decimal text of euros. ``years``: year of a tax notice and year of the
    income that it is about.
    """

    issuer: Found | None = None
    issuer_id: str = ""
    sort: Found | None = None
    date: Found | None = None
    when: Moment | None = None
    amount: Found | None = None
    reference: Found | None = None
    years: tuple[str, str] | None = None


def findings(lines: Sequence[str]) -> Findings:
    """What these lines of a paper say."""
    folded = [fold(line) for line in lines]
    whole = "\n".join(folded)
    sort = _sort(folded)
    issuer_id, issuer = _issuer(whole, sort)
    when, date = _date(folded)
    notice = _NOTICE.search(whole)
    return Findings(
        issuer,
        issuer_id,
        sort,
        date,
        when,
        _amount(folded),
        _reference(folded),
        (notice[1], notice[2]) if notice else None,
    )


def fold(text: str) -> str:
    """A line for comparison: no case, no accents, one sort of apostrophe, single spaces."""
    return plain(text.replace("’", "'").replace("\u02bc", "'").replace("€", " € ").replace("№", "n°"))


def name_of(sort: str) -> str:
    """What a sort of paper is called in French, the language of these papers."""
    return _PAPERS[sort][0]


def known(text: str) -> tuple[str, str] | None:
    """The issuer that the name of a file mentions: its id and its name on screen; None when it mentions none."""
    words = fold(re.sub(r"[_.-]+", " ", text))
    for issuer_id, (name, sure, maybe) in _ISSUERS.items():
        if any(_occurs(word, words) for word in (issuer_id, *sure, *maybe)):
            return issuer_id, name
    return None


@cache
def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9@]){re.escape(word)}(?![a-z0-9])")


def _occurs(word: str, text: str) -> bool:
    return word in text and _word(word).search(text) is not None


def _issuer(text: str, sort: Found | None) -> tuple[str, Found | None]:
    """The issuer whose words occur most, those of the head three times; own words count before mentions.

    An address of mail is nobody's word: it is the customer's. A mention is a guess, a better one on something that is
    a bill, a statement or another paper of a known sort.
    """
    head = "\n".join(text.split("\n")[:_HEAD])
    best: tuple[int, int, str] | None = None
    for issuer_id, (_, sure, maybe) in _ISSUERS.items():
        own, mentioned = (_count(words, text) + 2 * _count(words, head) for words in (sure, maybe))
        if own + mentioned and (best is None or (own, mentioned) > best[:2]):
            best = (own, mentioned, issuer_id)
    if best is None:
        return "", None
    return best[2], Found(_ISSUERS[best[2]][0], SURE if best[0] else LIKELY if sort else MAYBE)


def _count(words: Iterable[str], text: str) -> int:
    return sum(len(_word(word).findall(text)) for word in words if word in text)


def _sort(lines: Sequence[str]) -> Found | None:
    head = "\n".join(lines[:_HEAD])
    for text, confidence in ((head, SURE), ("\n".join(lines), LIKELY)):
        for sort, (_, words) in _PAPERS.items():
            if any(_occurs(word, text) for word in words):
                return Found(sort, confidence)
    return None


def _after_label(lines: Sequence[str], labels: Sequence[str]) -> list[str]:
    """What stands after one of these labels on its line, then the line below it."""
    found: list[str] = []
    for at, line in enumerate(lines):
        place = next((line.index(label) + len(label) for label in labels if label in line), None)
        if place is not None:
            found += [line[place:], *lines[at + 1 : at + 2]]
    return found


def _date(lines: Sequence[str]) -> tuple[Moment | None, Found | None]:
    """The labelled date; else the first one that is alone on its line; else the first one of all."""
    for text in _after_label(lines, _DATED):
        when, written = _dated(text)
        if when is not None:
            return when, Found(written, SURE)
    alone = [line for line in lines if len(line) <= 24]
    for texts, confidence in ((alone, LIKELY), (lines, MAYBE)):
        for text in texts:
            when, written = _dated(text)
            if when is not None:
                return when, Found(written, confidence)
    return None, None


def _dated(text: str) -> tuple[Moment | None, str]:
    found = _DATE.search(text)
    if found is not None:
        clock = f" {int(found[2]):02}:{found[3]}" if found[2] else ""
        return moment(found[1] + clock), found[0].strip()
    worded = _WORDED.search(text)
    if worded is None:
        return None, ""
    parts = getattr(date_parts(worded[1]), "date", None)
    if parts is None:
        return None, ""
    return moment(f"{parts.day:02}/{parts.month:02}/{parts.year}"), worded[1]


def _amount(lines: Sequence[str]) -> Found | None:
    """The labelled amount; when labels name different ones, the first one, less surely. Never one without a label."""
    amounts = [_number(found) for text in _after_label(lines, _PAID) for found in _AMOUNT.finditer(text)]
    if not amounts:
        return None
    return Found(amounts[0], SURE if len(set(amounts)) == 1 else MAYBE)


def _number(found: re.Match[str]) -> str:
    """``1 234,50`` as ``1234.50``: a thousand that is split at its space is one number."""
    return f"{re.sub('[ .]', '', found[1])}.{found[2]}"


def _reference(lines: Sequence[str]) -> Found | None:
    for line in lines:
        if any(label in line for label in _REFERRED):
            found = _REFERENCE.search(line) or re.search(r"de facture ?: ?([a-z0-9][a-z0-9/-]{3,24})", line)
            if found is not None:
                return Found(found[1].strip().upper(), LIKELY)
    return None


def is_sure(when: Moment | None, date: Found | None) -> bool:
    """Whether a date is good enough to place the paper in time."""
    return when is not None and date is not None and date.confidence >= LIKELY and when.precision is not Precision.MONTH
