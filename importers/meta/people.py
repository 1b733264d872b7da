"""Whose account it is, and the address books that were uploaded: parties with all their fields."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from importers.contract import Member, Rule, importer
from importers.meta.elements import elements
from importers.meta.labels import meaning
from importers.meta.media import Joined, addresses
from importers.records import Handle, Notice, Party, Record


@importer(
    Rule(members=("**/profile_information.json",), keys=frozenset({"profile_v2"})),
    Rule(members=("**/profile_information.json",), keys=frozenset({"profile"}), named=True),
    source="facebook",
    reads="profile",
)
def facebook_profile(member: Member) -> Iterator[Record]:
    """The person; everything that Facebook's profile says, work, schools and family among it, is in the details."""
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        fields = element.value if isinstance(element.value, dict) else {element.key: element.value}
        names = fields.get("name")
        name = names.get("full_name", "") if isinstance(names, dict) else names
        since = fields.get("registration_timestamp")
        yield Party(
            key=("profile", since if isinstance(since, int) else 0, _digest(fields)),
            name=name if isinstance(name, str) else "",
            handles=tuple(_profile_handles(fields)),
            details=fields,
        )


def _profile_handles(fields: dict[str, Any]) -> Iterator[Handle]:
    emails = fields.get("emails")
    for email in _list(emails.get("emails")) if isinstance(emails, dict) else ():
        yield Handle("email", str(email))
    for phone in _list(fields.get("phone_numbers")):
        if isinstance(phone, dict) and phone.get("phone_number"):
            yield Handle("phone", str(phone["phone_number"]))
    for kind, name in (("user", "username"), ("url", "profile_uri")):
        if isinstance(fields.get(name), str) and fields[name]:
            yield Handle(kind, fields[name])


@importer(
    *(
        Rule(members=("**/your_address_books.json",), keys=frozenset({key}))
        for key in ("address_book_v2", "address_book")
    ),
    source="facebook",
    reads="uploaded address books",
)
def address_books(member: Member) -> Iterator[Record]:
    """People from the telephone, as they were uploaded: facts about others."""
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        fields = element.value if isinstance(element.value, dict) else {"value": element.value}
        points = [entry.get("contact_point") for entry in _list(fields.get("details")) if isinstance(entry, dict)]
        yield _contact(str(fields.get("name") or ""), [point for point in points if isinstance(point, str)], fields)


@importer(
    Rule(members=("**/synced_contacts.json",), keys=frozenset({"contacts_contact_info"})),
    source="instagram",
    reads="uploaded address book",
    status="proven",
    weight=1,
)
def synced_contacts(member: Member) -> Iterator[Record]:
    """People from the telephone, as they were uploaded: facts about others."""
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        said = _said(element.value)
        name = " ".join(part for part in (said.get("first", ""), said.get("last", "")) if part)
        points = [said["contact"]] if said.get("contact") else []
        yield _contact(name, points, element.value if isinstance(element.value, dict) else {"value": element.value})


@importer(
    Rule(members=("**/personal_information.json",), keys=frozenset({"profile_user"})),
    source="instagram",
    reads="profile",
    status="proven",
    weight=1,
)
def instagram_profile(member: Member) -> Iterator[Record]:
    """The person, with the picture of the profile; a birth date of 1919-01-01 stands for none."""
    joined = Joined(member)
    for element in elements(member):
        if isinstance(element, Notice):
            yield element
            continue
        fields = element.value if isinstance(element.value, dict) else {"value": element.value}
        said = _said(fields)
        kinds = (("user", "username"), ("email", "email"), ("phone", "phone"))
        yield Party(
            key=("profile", said.get("username", ""), _digest(fields)),
            name=said.get("name") or said.get("username", ""),
            handles=tuple(Handle(kind, said[name]) for kind, name in kinds if said.get(name)),
            details=fields,
            files=joined.files(addresses(fields)),
        )
    yield from joined.told()


def _said(value: Any) -> dict[str, str]:
    """The texts of a record by what their labels mean."""
    entries = value.get("string_map_data") if isinstance(value, dict) else None
    found: dict[str, str] = {}
    for label, entry in entries.items() if isinstance(entries, dict) else ():
        said = entry.get("value") if isinstance(entry, dict) else None
        if isinstance(said, str) and said:
            found.setdefault(meaning(label), said)
    return found


def _contact(name: str, points: list[str], fields: dict[str, Any]) -> Party:
    handles = tuple(Handle("email" if "@" in point else "phone", point) for point in points)
    return Party(key=("contact", name, *points), name=name or next(iter(points), ""), handles=handles, details=fields)


def _digest(fields: dict[str, Any]) -> str:
    """A profile that has changed is told anew, so that neither state of it is lost."""
    values = fields["string_map_data"].values() if isinstance(fields.get("string_map_data"), dict) else fields
    said = fields if values is fields else sorted(map(str, values))
    return hashlib.blake2b(msgspec.json.encode(said, order="deterministic"), digest_size=8).hexdigest()


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
