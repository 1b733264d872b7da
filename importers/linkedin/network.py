"""The people of a LinkedIn account: connections, invitations, messages, uploaded contacts, and the person.

Facts: real files of 2021 for connections. Their table has a preamble since the middle of that year and addresses of
profiles since 2023, so that a connection is told by name and day in archives of all years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer
from importers.formats import html_entries, tables
from importers.formats.few_notices import few_notices
from importers.formats.json_records import Alike
from importers.formats.named_fields import NO_TIME, Fields, Shape, american_moment, moment, row_facts
from importers.records import Handle, Item, Kind, Notice, Party, Record, Role

_CONNECTIONS = ("First Name", "Last Name", "Company", "Position", "Connected On")
_MESSAGES = ("CONVERSATION ID", "FROM", "TO", "DATE", "CONTENT")
_INVITATIONS = ("From", "To", "Sent At", "Message", "Direction")
_SPONSORED = re.compile(r"<p\b|<br\b|spinmail", re.IGNORECASE)

_CONNECTION = Shape(
    Kind.OTHER,
    "connection",
    time=("Connected On",),
    title=("Position",),
    party=("First Name", "Last Name"),
    user=("URL",),
    handle="url",
    key=("First Name", "Last Name"),
)


@importer(
    Rule(members=("**/Connections.csv",), header=frozenset(_CONNECTIONS)),
    source="linkedin",
    reads="connections",
    status="proven",
)
def connections(member: Member) -> Iterator[Record]:
    """People that the person is connected with, from a day on. Those who hide themselves leave a day without a name."""
    yield from few_notices(row_facts(member, _CONNECTION, _CONNECTIONS))


@importer(Rule(members=("**/Invitations.csv",), header=frozenset(_INVITATIONS)), source="linkedin", reads="invitations")
def invitations(member: Member) -> Iterator[Record]:
    """Invitations to connect that were sent or received; month first, UTC."""
    yield from few_notices(_invitations(member))


def _invitations(member: Member) -> Iterator[Record]:
    for line, fields, alike in _rows(member, _INVITATIONS):
        if isinstance(fields, Notice):
            yield fields
            continue
        written = fields.take("Sent At")
        when = american_moment(written)
        if when is None:
            yield Notice(NO_TIME, f"line {line}", "Sent At")
        names = (("from", "From", "inviterProfileUrl"), ("to", "To", "inviteeProfileUrl"))
        roles = tuple(_person(role, fields.text(name), fields.text(url)) for role, name, url in names)
        same = tuple(fields.text(name) for name in ("From", "To", "Direction"))
        yield Item(
            kind=Kind.OTHER,
            key=alike.key("invitation", when.us if when else written, *same),
            when=when,
            text=fields.take("Message"),
            parties=tuple(role for role in roles if role.name or role.handle),
            details=fields.rest() | ({} if when else {"Sent At": written}),
        )


@importer(
    Rule(members=("**/messages.csv",), header=frozenset(_MESSAGES)),
    source="linkedin",
    reads="messages",
)
def messages(member: Member) -> Iterator[Record]:
    """Messages with their people, UTC. Sponsored ones are HTML, whose words are the text."""
    yield from few_notices(_messages(member))


def _messages(member: Member) -> Iterator[Record]:
    for line, fields, alike in _rows(member, _MESSAGES):
        if isinstance(fields, Notice):
            yield fields
            continue
        written = fields.take("DATE")
        when = moment(written)
        if when is None:
            yield Notice(NO_TIME, f"line {line}", "DATE")
        said = fields.text("CONTENT").replace("\r\n", "\n")
        page = _SPONSORED.search(said) is not None
        text = "\n".join(line.text for line in html_entries.lines(said)) if page else fields.take("CONTENT")
        yield Item(
            kind=Kind.MESSAGE,
            key=alike.key("message", fields.text("CONVERSATION ID"), written, fields.text("FROM"), said),
            when=when,
            title=fields.take("SUBJECT") or fields.take("CONVERSATION TITLE"),
            text=text,
            parties=tuple(_people(fields)),
            details=fields.rest() | ({} if when else {"DATE": written}),
        )


def _people(fields: Fields) -> Iterator[Role]:
    """Names are joined by a comma, and may hold one: they are told apart only where there are as many addresses."""
    sender, address = fields.text("FROM"), fields.text("SENDER PROFILE URL")
    if sender or address:
        yield _person("from", sender, address)
    written = fields.text("TO")
    addresses = [url.strip() for url in fields.text("RECIPIENT PROFILE URLS").split(",") if url.strip()]
    if len(addresses) == 1 or (written and not addresses):
        yield _person("to", written, addresses[0] if addresses else "")
        return
    names = written.split(", ")
    matched = names if len(names) == len(addresses) else [""] * len(addresses)
    for name, url in zip(matched, addresses, strict=True):
        yield _person("to", name, url)


def _person(role: str, name: str, url: str) -> Role:
    return Role(role, name, Handle("url", url) if "/" in url else None)


def _rows(member: Member, header: tuple[str, ...]) -> Iterator[tuple[int, Fields | Notice, Alike]]:
    alike = Alike()
    with member.open() as stream:
        for row in tables.rows(stream, header):
            trouble = isinstance(row, tables.Trouble)
            yield row.line, Notice(row.reason, row.position) if trouble else Fields(row.cells), alike  # type: ignore[union-attr]


@importer(
    Rule(members=("**/Profile.csv",), header=frozenset({"First Name", "Last Name", "Headline", "Summary", "Industry"})),
    source="linkedin",
    reads="profile",
)
def profile(member: Member) -> Iterator[Record]:
    """The person, with everything that the profile says."""
    for _, fields, _ in _rows(member, ("First Name", "Last Name", "Headline")):
        if isinstance(fields, Notice):
            yield fields
            continue
        name = f"{fields.text('First Name')} {fields.text('Last Name')}".strip()
        yield Party(key=("profile", name), name=name, details=fields.rest())


@importer(
    Rule(members=("**/ImportedContacts.csv", "**/Contacts.csv"), header=frozenset({"FirstName", "LastName", "Emails"})),
    source="linkedin",
    reads="uploaded address book",
)
def contacts(member: Member) -> Iterator[Record]:
    """People from an address book that was uploaded: facts about others."""
    for _, fields, _ in _rows(member, ("FirstName", "LastName", "Emails")):
        if isinstance(fields, Notice):
            yield fields
            continue
        name = " ".join(part for part in map(fields.text, ("FirstName", "MiddleName", "LastName")) if part)
        handles = [Handle("email", part.strip()) for part in fields.text("Emails").split(",") if part.strip()]
        handles += [Handle("phone", part.strip()) for part in fields.text("PhoneNumbers").split(",") if part.strip()]
        yield Party(
            key=("contact", name, *(handle.value for handle in handles)),
            name=name,
            handles=tuple(handles),
            details=fields.rest(),
        )


@importer(
    Rule(
        members=("**/Ad_Targeting.csv",), contains=("Member Age", "Job Functions", "Member Interests", "Company Names")
    ),
    source="linkedin",
    reads="what LinkedIn offers advertisers about the person",
    status="proven",
)
def targeting(member: Member) -> Iterator[Record]:
    """One row of lists: each word of each list is an ``inference``. Several columns have one name."""
    for _, fields, alike in _rows(member, ("Member Age", "Job Functions")):
        if isinstance(fields, Notice):
            yield fields
            continue
        for column, cell in fields.rest().items():
            yield from _targeted(column, cell, alike)


def _targeted(column: str, cell: Any, alike: Alike) -> Iterator[Record]:
    for value in str(cell).split(";"):
        if value.strip():
            yield Item(
                kind=Kind.INFERENCE,
                key=alike.key("targeting", column, value.strip()),
                title=value.strip(),
                details={"column": column},
            )
