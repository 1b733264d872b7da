"""The tables of a HER archive. Facts: real files of 2022, with a typo in a header (``Notifcation``).

Times are UTC where a header says so, and taken as UTC elsewhere. In profiles a row may be shifted against its header:
cells stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, importer
from importers.formats import tables
from importers.formats.few_notices import few_notices
from importers.formats.named_fields import Fields, Shape
from importers.formats.named_tables import Table, records, rules
from importers.records import Handle, Kind, Notice, Party, Record

_BESIDE = ("**/skipped.csv", "**/liked.csv", "**/notifications.csv")
_PROFILES = Table(("profiles",), ("Name", "Full name", "Last online UTC", "Email"), Shape(Kind.SETTING, "profile"))
_MESSAGES = (
    Table(("messages",), ("Conversation", "Message", "Message type", "Sender", "Message Sent At"), Shape(
        Kind.MESSAGE, "message", time=("Message Sent At",), text=("Message",), party=("Sender",), role="from",
        key=("Conversation", "Sender", "Message"),
    )),
)  # fmt: skip
_CHOICES = (
    Table(("liked",), ("Name", "Matched", "Liked at"), Shape(
        Kind.REACTION, "liked", time=("Liked at",), title=("Name",), party=("Name",), key=("Name",),
    )),
    Table(("skipped",), ("Name", "Skipped at"), Shape(
        Kind.REACTION, "skipped", time=("Skipped at",), title=("Name",), party=("Name",), key=("Name",),
    )),
    Table(("blocked",), ("Name", "Blocked at"), Shape(
        Kind.REACTION, "blocked", time=("Blocked at",), title=("Name",), party=("Name",), key=("Name",),
    )),
    Table(("reported",), ("Reported type", "Reason", "Reported at"), Shape(
        Kind.REACTION, "reported", time=("Reported at",), title=("Reason",), key=("Reported type", "Reason"),
    )),
    Table(("notifications",), ("Sender", "Notification type", "Notifcation sent at"), Shape(
        Kind.OTHER, "notification", time=("Notifcation sent at",), title=("Notification type",), party=("Sender",),
        role="from", key=("Sender", "Notification type"),
    )),
)  # fmt: skip


@importer(*rules(_MESSAGES, _BESIDE), source="her", reads="messages", status="proven")
def messages(member: Member) -> Iterator[Record]:
    """Messages of both sides; what the person wrote has the sender ``User``."""
    yield from records(member, _MESSAGES)


@importer(*rules(_CHOICES, _BESIDE), source="her", reads="likes, refusals and notifications", status="proven")
def choices(member: Member) -> Iterator[Record]:
    """Who was liked, passed over, blocked or reported, and what the application announced."""
    yield from records(member, _CHOICES)


@importer(*rules((_PROFILES,), _BESIDE), source="her", reads="profile", status="proven")
def profile(member: Member) -> Iterator[Record]:
    """The person, as the row stands."""
    yield from few_notices(_profile(member))


def _profile(member: Member) -> Iterator[Record]:
    with member.open() as stream:
        for row in tables.rows(stream, _PROFILES.header):
            if isinstance(row, tables.Trouble):
                yield Notice(row.reason, row.position)
                continue
            fields = Fields(row.cells)
            email = next((cell for cell in row.cells.values() if "@" in cell), "")
            yield Party(
                key=("profile", email or fields.digest()),
                name=fields.text("Full name", "Name"),
                handles=(Handle("email", email),) if email else (),
                details=fields.rest(),
            )
