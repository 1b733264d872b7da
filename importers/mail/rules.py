"""What a mail without markup is about, by the words of its subject and text: French and English, as data.

The rules stand in ``rules.toml``. They are asked for mails whose subject gives a hint; what they take (a number, a
total, two days) is clearly labelled in the text and stands there once, or is not taken.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from importers.formats.amounts import amount
from importers.formats.dates import DateReader, Layout
from importers.mail.node_fields import Money, currency
from importers.records import Kind, Moment

LOOKED_AT = 12_000
"""Characters of a text that are looked at."""

SUBJECT = 500
"""Characters of a subject that are looked at."""

LABELS = 200
"""Places of one label that are looked at."""

_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))

_HINT = re.compile(
    r"comm?and|achat|order|purchas|re[çc]u |receipt|colis|livr|exp[ée]di|envoi de|parcel|package|deliver|ship"
    r"|dispatch|pickup|collect|r[ée]serv|booking|s[ée]jour|stay|voyage|trip|abonn|souscri|essai|subscri|trial|renouvel"
    r"|renew|compte(?!s?[ -]rendu)|account|inscri|registr|sign-?up|bienvenue|welcome|confirm|v[ée]rifi|activez|activate"
    r"|verify|valide[zr]"
)
_NOT_ASKED = re.compile(r"\s*(?:(?:re|fwd?|tr|r[ée]p?|aw|wg)\s?:|\[)")
_SPACES = re.compile(r"[ \t\r\f\v]+")
_PRICE = re.compile(
    r"(?P<before>€|£|eur(?:os?)?|gbp|chf|us\$|usd|cad)? ?"
    r"(?P<number>\d{1,3}(?:[ .,']\d{3}){1,3}[.,]\d\d|\d{1,7}[.,]\d\d|\d{1,7})(?![\d.,%]\d|\d|%)"
    r" ?(?P<after>€|£|eur(?:os?)?(?![a-z])|gbp|chf|us\$|usd|cad)?"
)
_NAMES = {"euro": "EUR", "euros": "EUR", "us$": "USD"}
_WEEK = r"(?:(?:lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
_DAY = re.compile(
    _WEEK + r"(?P<date>\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}(?:er|st|nd|rd|th)? [a-z]{3,9}\.? \d{4}"
    r"|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?!\d)"
)
_READERS = {layout: DateReader(layout) for layout in (Layout.YEAR_FIRST, Layout.NAMED, Layout.DAY_FIRST)}


def _letters() -> dict[int, str]:
    """Each letter that folds to exactly one other, so that places in the folded text are places in the text."""
    table = {ord(char): " " for char in "\u00a0\u2007\u2009\u202f\u200a\t"} | {ord("’"): "'", ord("‘"): "'", 0x130: "i"}
    for code in range(0xC0, 0x250):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if base.isascii() and base.isalpha():
            table[code] = base
    return table


_FOLDED = _letters()


def fold(text: str) -> str:
    """Small letters without accents, and common spaces; as long as the text."""
    return text.translate(_FOLDED).lower() if not text.isascii() else text.lower()


@dataclass(frozen=True)
class Rule:
    """One entry of ``rules.toml``; see there. ``subjects``: pattern and language."""

    id: str
    what: str
    kind: Kind
    number: str
    needs: tuple[str, ...]
    subjects: tuple[tuple[re.Pattern[str], str], ...]
    without: re.Pattern[str] | None
    body: re.Pattern[str] | None


@dataclass(frozen=True)
class Match:
    """What a rule found. ``numbers``: ``order``, ``booking``, ``parcel``, as they are written; ``begins``, ``ends``:
    first and last day of a stay."""

    rule: Rule
    numbers: dict[str, str]
    total: Money
    begins: Moment | None = None
    ends: Moment | None = None


def hints(subject: str) -> bool:
    """Whether the subject of a mail is worth a look: cheap, asked for every mail."""
    small = subject[:SUBJECT].lower()
    return _HINT.search(small) is not None and not _NOT_ASKED.match(small)


def matched(subject: str, text: str, *, confirms: bool = False) -> Match | None:
    """The first rule that holds, with what it took; None when none does. ``confirms``: the mail has a button by which
    an address is confirmed, which says what ``body`` asks for."""
    subject = _SPACES.sub(" ", subject[:SUBJECT].replace("\u00a0", " ")).strip()
    title = fold(subject)
    found = [(rule, language) for rule in RULES for language in [_language(rule, title)] if language]
    if not found:
        return None
    original = "\n".join((subject, _SPACES.sub(" ", text[:LOOKED_AT].replace("\u00a0", " "))))
    folded = fold(original)
    for rule, language in found:
        result = _taken(rule, language, original, folded, confirms=confirms)
        if result is not None:
            return result
    return None


def _language(rule: Rule, title: str) -> str:
    found = next((language for pattern, language in rule.subjects if pattern.search(title)), "")
    return "" if found and rule.without is not None and rule.without.search(title) else found


def _taken(rule: Rule, language: str, original: str, folded: str, *, confirms: bool) -> Match | None:
    if rule.body is not None and not confirms and not rule.body.search(folded):
        return None
    names = dict.fromkeys((rule.number, *_NUMBERED_BY[rule.number])) if rule.number else {}
    numbers = {name: _number(name, original, folded) for name in names}
    total = _total(folded)
    has = {"number": any(numbers.values()), "parcel": numbers.get("parcel"), "total": total.amount}
    if rule.needs and not any(has[need] for need in rule.needs):
        return None
    begins, ends = _stay(folded, language) if rule.kind is Kind.STAY else (None, None)
    return Match(rule, {name: value for name, value in numbers.items() if value}, total, begins, ends)


def _number(name: str, original: str, folded: str) -> str:
    """The number behind a label: that of the subject, else the only one of the text. Behind the bare word it counts in
    a subject only."""
    end = folded.find("\n")
    for start, stop in ((0, end), (end, len(folded))):
        values: set[str] = set()
        for pattern in _NUMBERS[name]:
            bare = "bare" in pattern.groupindex
            for found in _few(pattern, folded, start, stop) if not bare or not start else ():
                value = original[found.start("found") : found.end("found")].rstrip(".-/_")
                if _is_number(value, "" if bare else original[found.start() : found.start("found")]):
                    values.add(value)
        if len(values) == 1:
            return values.pop()
        if values:
            return ""
    return ""


def _is_number(value: str, label: str) -> bool:
    """At least three digits; behind a label also a code in capitals with a digit, or of six letters where the label is
    not in capitals too. A date and, without a label, a year is none."""
    digits = sum(char.isdigit() for char in value)
    if re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", value) or (not label and re.fullmatch(r"(?:19|20)\d\d", value)):
        return False
    if digits >= 3:
        return True
    is_code = bool(label) and value.isascii() and value.isupper() and value.isalnum()
    return is_code and (len(value) >= 5 if digits else len(value) == 6 and not label.isupper())


def _total(folded: str) -> Money:
    """The one total of a text; none when there are two."""
    for labels in _TOTALS:
        values = {
            price for pattern in labels for found in _few(pattern, folded) for price in _price(folded, found.end())
        }
        if len(values) == 1:
            return values.pop()
        if values:
            return Money()
    return Money()


def _price(folded: str, at: int) -> list[Money]:
    """The price behind a label, on its line or the next: an amount with a currency, with nothing else in between."""
    behind = re.compile(r"[^\S\n]?(?:\(?ttc\)?)?[^\S\n]?[:=.]{0,3}\s{0,4}").match(folded, at)
    found = _PRICE.match(folded, behind.end() if behind else at)
    if found is None or bool(found["before"]) == bool(found["after"]):
        return []
    sign = found["before"] or found["after"]
    paid, code = amount(found["number"], ","), currency(_NAMES.get(sign, sign))
    return [Money(paid, code)] if paid and code else []


def _stay(folded: str, language: str) -> tuple[Moment | None, Moment | None]:
    """First and last day, when the text names each once and the last comes after the first, within a quarter."""
    first, last = (_labelled(_DATES[name], folded, language) for name in ("arrival", "departure"))
    if first is None or last is None or not 0 < last.us - first.us <= 92 * 86_400_000_000:
        return None, None
    return first, last


def _labelled(patterns: tuple[re.Pattern[str], ...], folded: str, language: str) -> Moment | None:
    days: set[Moment] = set()
    for pattern in patterns:
        for label in _few(pattern, folded):
            behind = re.compile(r"[^\S\n]?[:=.-]?\s{0,3}(?:le |on )?").match(folded, label.end())
            written = _DAY.match(folded, behind.end() if behind else label.end())
            if written is not None and (day := _day(written["date"], language)) is not None:
                days.add(day)
    return days.pop() if len(days) == 1 else None


def _day(written: str, language: str) -> Moment | None:
    """A day in words or year first; numbers alone only where the day is known to stand first."""
    layouts = [Layout.YEAR_FIRST, Layout.NAMED, *([Layout.DAY_FIRST] if language == "fr" else [])]
    return next((found for layout in layouts if (found := _READERS[layout].moment(written)) is not None), None)


def _few(pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
    found = []
    for match in pattern.finditer(text, start, len(text) if end is None else end):
        found.append(match)
        if len(found) >= LABELS:
            break
    return found


def _pattern(written: str) -> re.Pattern[str]:
    """A pattern with its named pieces put in; a word begins where a label begins."""
    pieces: dict[str, str] = _TABLE["pieces"]
    for name, piece in pieces.items():
        written = written.replace(f"{{{name}}}", piece)
    return re.compile(rf"(?<![a-z0-9-]){written}" if not written.startswith(("(?<!", "^")) else written)


def _patterns(group: str, name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(written) for written in _TABLE[group][name])


def _any(written: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{_pattern(each).pattern})" for each in written)) if written else None


def _rule(given: dict[str, Any]) -> Rule:
    return Rule(
        id=given["id"],
        what=given["what"],
        kind=Kind(given["kind"]),
        number=given.get("number", ""),
        needs=tuple(filter(None, given.get("needs", "").split("|"))),
        subjects=tuple(
            (_pattern(written), language) for language in ("fr", "en") for written in given["subject"][language]
        ),
        without=re.compile("|".join(given.get("without", []))) if given.get("without") else None,
        body=_any(given.get("body", [])),
    )


_NUMBERED_BY = {"order": ("booking",), "booking": ("order",), "parcel": ("order",)}
_NUMBERS = {name: _patterns("numbers", name) for name in _TABLE["numbers"]}
_TOTALS = (_patterns("totals", "sure"), _patterns("totals", "plain"))
_DATES = {name: _patterns("dates", name) for name in _TABLE["dates"]}
NO_TOTAL = Money()
"""No amount."""

RULES: tuple[Rule, ...] = tuple(_rule(given) for given in _TABLE["rule"])
"""All rules, in the order in which they are asked."""
