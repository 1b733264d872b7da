"""The account: whose it is, its profiles, devices and connections, its subscription and the terms that were accepted.

Facts: a real archive of 2023. ``AccountDetails`` and ``Profiles`` are quoted with CRLF, all other tables are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from importers.contract import Member, Rule, importer
from importers.formats.json_records import Alike
from importers.formats.tables import rest
from importers.netflix.rows import Cells, items, named, rows
from importers.netflix.stamps import moment
from importers.records import Handle, Item, Kind, Moment, Notice, Party, Record, Role

_ACCOUNT = ("First Name", "Email Address", "Customer Creation Timestamp")
_PROFILES = ("Profile Name", "Profile Creation Time", "Maturity Level")
_AVATARS = ("Profile Name", "Icons")
_SUBSCRIPTION = ("Subscription Opened Ts", "Subscription Closed Ts")
_TERMS = ("Tou Accepted Date",)
_DEVICES = ("Esn", "Device Type", "Profile First Playback Date")
_CONNECTIONS = ("Esn", "Device Description", "Ip", "Ts")


@importer(
    Rule(members=("**/AccountDetails.csv",), header=frozenset(_ACCOUNT)),
    source="netflix",
    reads="account",
    status="proven",
)
def account(member: Member) -> Iterator[Record]:
    """The person who holds the account, with all choices about messages."""
    yield from _parties(member, _ACCOUNT, _holder)


def _holder(cells: Cells) -> Party:
    name = " ".join(part for part in named(cells, "First Name", "Last Name") if part)
    created = cells.get("Customer Creation Timestamp", "")
    return Party(
        key=("account", created or cells.get("Email Address", "")),
        name=name,
        handles=_handles(cells, email="Email Address", phone="Phone Number"),
        details=rest(cells, {"First Name", "Last Name"}),
    )


@importer(
    Rule(members=("**/Profiles.csv",), header=frozenset(_PROFILES)),
    source="netflix",
    reads="profiles",
    status="proven",
)
def profiles(member: Member) -> Iterator[Record]:
    """The profiles of the account; the main one may have no name."""
    yield from _parties(member, _PROFILES, _profile)


def _profile(cells: Cells) -> Party:
    created, name = named(cells, "Profile Creation Time", "Profile Name")
    return Party(
        key=("profile", created) if created else ("profile", "", name),
        name=name.strip(),
        handles=_handles(cells, email="Email Address", user="Game Handle"),
        details=rest(cells, ()),
    )


@importer(
    Rule(members=("**/AvatarHistory.csv",), header=frozenset(_AVATARS)),
    source="netflix",
    reads="pictures of profiles",
    status="proven",
)
def avatars(member: Member) -> Iterator[Record]:
    """The pictures that a profile has had, without times."""
    yield from items(member, _AVATARS, "", _avatar)


def _avatar(cells: Cells, when: Moment | None) -> Item:
    same = named(cells, *_AVATARS)
    return Item(
        kind=Kind.SETTING, key=("avatar", *same), when=when, title=cells.get("Icons", ""), details=rest(cells, ())
    )


@importer(
    Rule(members=("**/SubscriptionHistory.csv",), header=frozenset(_SUBSCRIPTION)),
    source="netflix",
    reads="subscription",
    status="proven",
)
def subscription(member: Member) -> Iterator[Record]:
    """The subscription from its opening (UTC) to its end; changes of plan are rows of their own."""
    yield from items(member, _SUBSCRIPTION, "Subscription Opened Ts", _subscribed)


def _subscribed(cells: Cells, when: Moment | None) -> Item:
    closed = moment(cells.get("Subscription Closed Ts", ""))
    change = cells.get("Plan Change Date", "")
    plan = cells.get("Plan Change New Category") or cells.get("Signup Plan Category", "")
    changed = moment(change)
    return Item(
        kind=Kind.SUBSCRIPTION,
        key=(
            "subscription",
            cells.get("Subscription Opened Ts", ""),
            change,
            cells.get("Plan Change New Category", ""),
        ),
        when=changed or when,
        end=closed.us if closed and not changed else None,
        title=plan,
        details=rest(cells, {"Subscription Opened Ts"} if when and not changed else ()),
    )


@importer(
    Rule(members=("**/TermsOfUse.csv",), header=frozenset(_TERMS)),
    source="netflix",
    reads="terms of use that were accepted",
    status="proven",
)
def terms(member: Member) -> Iterator[Record]:
    """When terms of use were accepted, to the minute (UTC)."""
    yield from items(member, _TERMS, "Tou Accepted Date", _accepted)


def _accepted(cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=Kind.CONSENT,
        key=("terms", cells.get("Tou Accepted Date", "")),
        when=when,
        title="Terms of use",
        details=rest(cells, ()),
    )


@importer(
    Rule(members=("**/Devices.csv",), header=frozenset(_DEVICES)),
    source="netflix",
    reads="devices",
    status="proven",
)
def devices(member: Member) -> Iterator[Record]:
    """A device for each profile that used it, from its first playback there (UTC, milliseconds)."""
    yield from items(member, _DEVICES, "", _device)


def _device(cells: Cells, when: Moment | None) -> Item:
    first = (
        when
        or moment(cells.get("Profile First Playback Date", ""))
        or moment(cells.get("Acct First Playback Date", ""))
    )
    return Item(
        kind=Kind.DEVICE,
        key=("device", *named(cells, "Profile Name", "Esn")),
        stable=bool(cells.get("Esn")),
        when=first,
        title=cells.get("Device Type", ""),
        parties=(_on(cells, "Device Type"),),
        details=rest(cells, ()),
    )


@importer(
    Rule(
        members=("**/IpAddressesLogin.csv", "**/IpAddressesAccountCreation.csv"),
        header=frozenset(_CONNECTIONS),
        named=True,
    ),
    source="netflix",
    reads="sign-ins with their addresses",
    status="proven",
)
def sign_ins(member: Member) -> Iterator[Record]:
    """Sign-ins and the creation of the account, with address, place and device. Times are UTC."""
    yield from items(member, _CONNECTIONS, "Ts", _signed_in)


def _signed_in(cells: Cells, when: Moment | None) -> Item:
    return _connected(Kind.SIGN_IN, "sign-in", cells, when)


@importer(
    Rule(members=("**/IpAddresses*.csv",), header=frozenset(_CONNECTIONS)),
    source="netflix",
    reads="addresses of playbacks",
    status="proven",
)
def connections(member: Member) -> Iterator[Record]:
    """The address, place and device of each playback: no sign-in, so `other`. Times are UTC, to the millisecond."""
    yield from items(member, _CONNECTIONS, "Ts", _streamed)


def _streamed(cells: Cells, when: Moment | None) -> Item:
    return _connected(Kind.OTHER, "connection", cells, when)


def _connected(kind: Kind, what: str, cells: Cells, when: Moment | None) -> Item:
    return Item(
        kind=kind,
        key=(what, *named(cells, "Ts", "Esn", "Ip")),
        when=when,
        title=cells.get("Device Description", ""),
        parties=(_on(cells, "Device Description"),),
        details=rest(cells, {"Ts"} if when else ()),
    )


def _on(cells: Cells, name: str) -> Role:
    own = cells.get("Esn", "")
    return Role("device", cells.get(name, ""), Handle("id", own) if own else None)


def _parties(member: Member, header: tuple[str, ...], make: Callable[[Cells], Party]) -> Iterator[Record]:
    alike = Alike()
    for row in rows(member, header):
        if isinstance(row, Notice):
            yield row
            continue
        party = make(row[1])
        yield msgspec.structs.replace(party, key=alike.key(*party.key))


def _handles(cells: Cells, **columns: str) -> tuple[Handle, ...]:
    return tuple(Handle(type_, cells[name]) for type_, name in columns.items() if cells.get(name))
