"""What an archive is expected to bring, in words: ``about 12,000 messages``. The window and the command share it.

No Qt here. A guess says so and has two significant digits; a number that was counted stands as it is.
"""

from __future__ import annotations

from importers.records import Kind
from vault_app import words
from vault_app.intake.expected import Expectation, rounded

_GROUPING = {"fr": "\u202f", "en": ","}


def count_text(count: int, tongue: str, *, exact: bool) -> str:
    """A number alone: ``12,431``, or ``about 12,000`` where it is a guess."""
    if exact:
        return _grouped(count, tongue)
    return words.sentence("plan", "about", tongue, n=_grouped(rounded(count), tongue))


def total_text(expected: Expectation, tongue: str) -> str:
    """All facts in one number: ``about 12,000 facts``."""
    return _some("fact", "facts", expected.total, tongue, exact=expected.exact)


def lines(expected: Expectation, tongue: str, most: int = 12) -> list[str]:
    """A line for each kind and series, the most frequent first; those after the first ``most`` in one line."""
    exact = expected.exact
    told: list[tuple[int, str]] = []
    for name, count in expected.kinds.items():
        kind = words.kind(Kind(name), tongue)
        what = kind.one if count == 1 else kind.many
        told.append((count, f"{count_text(count, tongue, exact=exact)} {what}"))
    for name, count in expected.series.items():
        what = _series(name, tongue)
        told.append((count, _some("of-series-one", "of-series", count, tongue, exact=exact, what=what)))
    unnamed = "facts-unnamed" if expected.kinds else "facts"
    told += [
        (expected.facts, _some("fact", unnamed, expected.facts, tongue, exact=exact)),
        (expected.samples, _some("sample", "samples", expected.samples, tongue, exact=exact)),
        (expected.parties, _some("party", "parties", expected.parties, tongue, exact=exact)),
    ]
    told = sorted((one for one in told if one[0]), key=lambda one: -one[0])
    shown = [text for _, text in told[:most]]
    rest = sum(count for count, _ in told[most:])
    if rest:
        shown.append(words.sentence("plan", "others", tongue, n=count_text(rest, tongue, exact=exact)))
    return shown


def _series(name: str, tongue: str) -> str:
    """The name of a series; one that nobody knows comes from the archive, and is cut."""
    found = words.sentences("series").get(name)
    return found[tongue] if found else " ".join(name.replace("-", " ").split())[:80]


def _some(one: str, many: str, count: int, tongue: str, *, exact: bool, what: str = "") -> str:
    shown = count_text(count, tongue, exact=exact)
    return words.sentence("plan", one if count == 1 else many, tongue, n=shown, what=what)


def _grouped(count: int, tongue: str) -> str:
    return f"{count:,}".replace(",", _GROUPING[tongue])
