"""A vault in which every value of every fact and sample is unlike any other, so that what leaves it can be told by sight."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from importers.batches import ItemBatch
from importers.columns import numbers, times
from importers.records import Handle, Item, Kind, Moment, Role, Samples
from tests.promises.workloads import attach, found
from tests.vault.content import DAY
from vault_app.explore.selection import Selection
from vault_app.intake import checks
from vault_app.intake.collector import Collector
from vault_app.intake.frames import ItemRows

SOURCES = ("google", "netflix", "spotify", "mail")
KINDS = (Kind.MESSAGE, Kind.WATCH, Kind.PURCHASE, Kind.TRIP, Kind.SEARCH)
WORDS = ("zeppelin", "mirabelle", "tournesol")
ITEMS = 30
"""Facts of each source."""

_FIRST = 18_000 * DAY
_DAYS = 300
_TOKEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z|qz[0-9a-z]{10}|77\d{7}(?!\d)|(?<=\.)77\d{6}(?!\d)")


@dataclass(frozen=True)
class Fact:
    """One fact as it was planted. ``start``: us, None for none; ``people``: names of its people, and their keys."""

    source: str
    kind: Kind
    start: int | None
    words: frozenset[str]
    people: frozenset[str]
    tokens: frozenset[str]


@dataclass(frozen=True)
class Sample:
    """One value of a series."""

    source: str
    start: int
    tokens: frozenset[str]


@dataclass(frozen=True)
class Planted:
    """What is in the vault, known without asking it. ``hidden``: tokens that no export ever shows."""

    code: str
    facts: tuple[Fact, ...]
    samples: tuple[Sample, ...]
    hidden: frozenset[str]

    @property
    def tokens(self) -> frozenset[str]:
        """All of them."""
        return self.hidden.union(*(one.tokens for one in (*self.facts, *self.samples)))

    def allowed(self, plan: Selection) -> frozenset[str]:
        """The tokens of what a plan selects: all of these may leave and must, and no others."""
        chosen: list[Fact | Sample] = [fact for fact in self.facts if _selects(plan, fact)]
        if not (plan.kinds or plan.text or plan.party or plan.person):
            chosen += [one for one in self.samples if _in(plan, one.source, one.start)]
        return frozenset().union(*(one.tokens for one in chosen))

    def plans(self, count: int, seed: int) -> Iterator[Selection]:
        """Selections at random: narrow and wide, some empty, the first of everything."""
        chance = random.Random(seed)
        people = sorted(set().union(*(fact.people for fact in self.facts)))
        yield Selection()
        for _ in range(count - 1):
            somebody = chance.choice(("", "", "", chance.choice(people)))
            since, until = sorted(_FIRST + chance.randrange(-20, _DAYS + 20) * DAY // 2 * 2 for _ in range(2))
            yield Selection(
                sources=tuple(chance.sample(SOURCES, chance.choice((0, 0, 1, 2)))),
                kinds=tuple(chance.sample(KINDS, chance.choice((0, 0, 1, 2)))),
                since=chance.choice((None, since)),
                until=chance.choice((None, until)),
                text=chance.choice(("", "", "", *WORDS)),
                party="" if ":" in somebody else somebody,
                person=somebody if ":" in somebody else "",
            )


def tokens_in(content: bytes) -> frozenset[str]:
    """Everything in some bytes that looks like a token."""
    return frozenset(_TOKEN.findall(content.decode("utf-8", "replace")))


def plant(place: Path) -> Planted:
    """Make the vault, closed."""
    chance = random.Random(12)
    vault, code = found(place)
    people = [(_word(chance), Handle("email", f"{_word(chance)}@example.org")) for _ in range(6)]
    facts: list[Fact] = []
    samples: list[Sample] = []
    hidden: set[str] = set()
    for source in SOURCES:
        archive, member, attached = (_word(chance) for _ in range(3))
        hidden |= {archive, attached}
        made = [_fact(chance, source, people, member, number) for number in range(ITEMS)]
        writer = vault.imports.begin(f"{archive}.zip", 10, archive, [source], [(f"{member}.json", 5)])
        writer.items(source, _batch(source, [item for item, _ in made]), {})
        facts += [fact for _, fact in made]
        if source in SOURCES[:2]:
            given = sorted(
                (_FIRST + chance.randrange(_DAYS) * DAY, 770_000_000 + chance.randrange(10**7)) for _ in range(40)
            )
            writer.samples(source, 0, Samples(
                series="heart-rate", unit="count/min", subject="", start=times(start for start, _ in given),
                value=numbers(str(value) for _, value in given),
            ))  # fmt: skip
            samples += [Sample(source, start, frozenset({str(value)})) for start, value in given]
        file = writer.file(f"{attached}.txt", "text/plain", 0)
        file.write(attached.encode() * 9)
        file.finish()
        attach(writer, 1, 40_000)
        writer.member_done(0, "read", ITEMS, "")
        writer.complete()
    vault.close()
    return Planted(code, tuple(facts), tuple(samples), frozenset(hidden))


def _fact(
    chance: random.Random, source: str, people: list[tuple[str, Handle]], member: str, number: int
) -> tuple[Item, Fact]:
    start = None if number % 15 == 0 else _FIRST + chance.randrange(_DAYS * 86_400) * 1_000_000 + _micros(chance)
    words = frozenset(word for word in WORDS if chance.random() < 0.3)
    who = chance.sample(people, chance.choice((0, 1, 1, 2)))
    title, text, detail, amount = _word(chance), _word(chance), _word(chance), f"77{chance.randrange(10**7):07}"
    place = [f"77{chance.randrange(10**5):05}{chance.randrange(1, 10)}" for _ in range(2)]
    kind = chance.choice(KINDS)
    item = Item(
        kind=kind,
        key=(source, number),
        when=None if start is None else Moment(start),
        title=f"{title} {' '.join(words)}",
        text=f'={text}, "été"\n{number}',
        details={"inner": [{"é": detail}]},
        amount=amount,
        currency="EUR",
        lat=float(f"48.{place[0]}"),
        lon=float(f"2.{place[1]}"),
        parties=tuple(Role("to", name, handle) for name, handle in who),
    )
    tokens = {title, text, detail, amount, *place, member}
    tokens |= {token for name, handle in who for token in (name, handle.value.removesuffix("@example.org"))}
    if start is not None:
        tokens.add((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=start)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    return item, Fact(source, kind, start, words, _people(who), frozenset(tokens))


def _people(who: list[tuple[str, Handle]]) -> frozenset[str]:
    return frozenset(text for name, handle in who for text in (name, f"email:{handle.value}"))


def _batch(source: str, given: list[Item]) -> ItemBatch:
    sent: list[object] = []
    collector = Collector(sent.append)
    collector.begin(source)
    for item in given:
        collector.item(0, item)
    collector.flush()
    (rows,) = sent
    assert isinstance(rows, ItemRows)
    return checks.item_batch(rows, members=1, files=0)


def _selects(plan: Selection, fact: Fact) -> bool:
    return (
        _in(plan, fact.source, fact.start)
        and (not plan.kinds or fact.kind in plan.kinds)
        and (not plan.text or plan.text in fact.words)
        and (not plan.party or plan.party in fact.people)
        and (not plan.person or plan.person in fact.people)
    )


def _in(plan: Selection, source: str, start: int | None) -> bool:
    if plan.sources and source not in plan.sources:
        return False
    if start is None:
        return plan.since is None and plan.until is None
    return (plan.since is None or start >= plan.since) and (plan.until is None or start < plan.until)


def _word(chance: random.Random) -> str:
    return "qz" + "".join(chance.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=10))


def _micros(chance: random.Random) -> int:
    """A fraction of a second that is written with all six digits."""
    return chance.randrange(1000) * 1000 + chance.randrange(1, 1000)
