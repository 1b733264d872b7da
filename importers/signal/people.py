"""Recipients and chats of a Signal export: they stand before the messages, which name them by number."""

from __future__ import annotations

import hashlib
from typing import Any

from importers.formats.json_records import inner
from importers.formats.json_records import text as text_of
from importers.records import Handle, Party, Role

SECRETS = frozenset({"mediaRootBackupKey", "profileKey", "masterKey"})
"""Keys with which other data can be read: they are never stored and never shown."""


def without_secrets(value: Any) -> Any:
    """The same value without the fields that are secrets, at any depth."""
    if isinstance(value, dict):
        return {name: without_secrets(entry) for name, entry in value.items() if name not in SECRETS}
    return [without_secrets(entry) for entry in value] if isinstance(value, list) else value


class People:
    """Who the numbers are, as far as the file has told."""

    def __init__(self) -> None:
        self._recipients: dict[str, dict[str, Any]] = {}
        self._chats: dict[str, str] = {}

    def recipient(self, fields: dict[str, Any]) -> Party | None:
        """Take a recipient; the party that it is, None for lists and links of the app itself."""
        number = text_of(fields, "id")
        self._recipients[number] = fields
        if not ({"contact", "group", "self"} & fields.keys()):
            return None
        return Party(
            key=("recipient", self.identity(number)),
            name=self.name(number),
            type="group" if "group" in fields else "person",
            handles=self._handles(fields),
            details=without_secrets(fields),
        )

    def chat(self, fields: dict[str, Any]) -> None:
        """Take a chat: a message names it, it names its recipient."""
        self._chats[text_of(fields, "id")] = text_of(fields, "recipientId")

    def name(self, number: str) -> str:
        """The name of a recipient; '' when the file does not say."""
        fields = self._recipients.get(number, {})
        contact = inner(fields, "contact")
        own = " ".join(
            text_of(contact, name) for name in ("profileGivenName", "profileFamilyName") if contact.get(name)
        )
        title = text_of(inner(fields, "group", "snapshot", "title"), "title")
        return own or text_of(contact, "nickname", "username", "e164") or title

    def chat_name(self, chat: str) -> str:
        """Who a chat is with."""
        return self.name(self._chats.get(chat, ""))

    def identity(self, number: str) -> str:
        """What stays the same in another export: the service's identifier, never the number in this file."""
        fields = self._recipients.get(number, {})
        contact, group = inner(fields, "contact"), inner(fields, "group")
        if "self" in fields:
            return "self"
        secret = text_of(group, "masterKey")
        if secret:
            return hashlib.blake2b(secret.encode(), digest_size=8).hexdigest()
        return text_of(contact, "aci", "pni", "e164") or self.name(number) or number

    def chat_identity(self, chat: str) -> str:
        """The identity of whom a chat is with."""
        return self.identity(self._chats.get(chat, "")) if chat in self._chats else chat

    def roles(self, chat: str, author: str, *, sent: bool) -> tuple[Role, ...]:
        """Who wrote, and to whom."""
        other = self._chats.get(chat, "")
        to = (self._role("to", other),) if other and other != author else ()
        mine = author in self._recipients and "self" in self._recipients[author]
        return to if (sent and not author) or mine else (self._role("from", author), *to)

    def _role(self, role: str, number: str) -> Role:
        handles = self._handles(self._recipients.get(number, {}))
        return Role(role, self.name(number), handles[0] if handles else None)

    def _handles(self, fields: dict[str, Any]) -> tuple[Handle, ...]:
        contact = inner(fields, "contact")
        phone, user, aci = text_of(contact, "e164"), text_of(contact, "username"), text_of(contact, "aci")
        return (
            *((Handle("phone", "+" + phone.lstrip("+")),) if phone else ()),
            *((Handle("user", user),) if user else ()),
            *((Handle("id", aci),) if aci else ()),
        )
