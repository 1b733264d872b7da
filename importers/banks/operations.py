"""Operations of one file as items, and balances as samples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from importers.banks.amounts import same
from importers.banks.days import iso
from importers.columns import numbers, texts, times
from importers.formats.json_records import Alike
from importers.formats.sniff import plain
from importers.records import Item, Kind, Moment, Notice, Record, Role, Samples

NO_DATE = "row-date"
NO_AMOUNT = "row-number"


class Operations:
    """Gives each operation of a file its identity: account, day, amount and label, and a running number for those that
    are alike (two tickets bought on one day), so that a second export of the same days adds nothing."""

    def __init__(self) -> None:
        self._alike = Alike()

    def read(
        self,
        position: str,
        *,
        when: Moment | None,
        amount: str | None,
        label: str,
        details: Mapping[str, Any],
        account: str = "",
        number: str = "",
        day: str = "",
        currency: str = "EUR",
        title: str = "",
        text: str = "",
        also: Sequence[str] = (),
        parties: tuple[Role, ...] = (),
        kind: Kind = Kind.TRANSACTION,
    ) -> Iterator[Record]:
        """The item; before it what could not be read of it.

        ``title``: '' for the label. ``number``: the bank's own identifier of the operation, which takes the place of
        the label in its identity; ``also``: what else tells it from those that are alike; ``day``: the day that is
        written, where the day in UTC may be another.
        """
        if when is None:
            yield Notice(NO_DATE, position)
        if amount is None:
            yield Notice(NO_AMOUNT, position)
        key = ("operation", account, day or iso(when), same(amount or ""), number or plain(label), *also)
        yield Item(
            kind=kind,
            key=self.numbered(key),
            when=when,
            title=title or label,
            text=text,
            amount=amount or "",
            currency=currency,
            parties=parties,
            details=details if not account or account in details.values() else {"account": account} | dict(details),
        )

    def numbered(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """The key, with a running number from the second time on."""
        return self._alike.key(*key)


def balance(account: str, when: Moment, amount: str, currency: str, type_: str = "") -> Samples:
    """What was on an account on a day. ``type_``: which balance, in the bank's own word."""
    return Samples(
        series="account-balance",
        unit=currency,
        subject=account,
        start=times([when.us]),
        value=numbers([amount]),
        columns={"type": texts([type_])} if type_ else {},
    )


def head(account: str, lines: Sequence[Sequence[str]], title: str = "") -> Iterator[Item]:
    """What stands above the operations (holder, account, balance), whole; nothing when nothing stands there."""
    shown = [cells for line in lines if (cells := [cell.strip() for cell in line if cell.strip()])]
    if shown:
        yield Item(
            kind=Kind.SETTING,
            key=("head", account, *(" ".join(cells) for cells in shown)),
            title=title or " ".join(shown[0])[:200],
            details={"lines": shown},
        )
