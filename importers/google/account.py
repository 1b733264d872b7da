"""The person's profile, and what is kept whole: files of Drive, pages about the account, gems of Gemini, news."""

from __future__ import annotations

from collections.abc import Iterator

from importers.contract import Member, Rule, importer, keep
from importers.google.elements import Element, single, within, words
from importers.google.fields import objects
from importers.records import Handle, Party, Record

keep(Rule(members=("**/Takeout/Drive/**",), named=True), source="google")
keep(
    Rule(
        members=(
            *("**/*.SubscriberInfo.html", "**/*.ChangeHistory.html", "**/gemini_gems_data.html"),
            *("**/gemini_scheduled_actions_data.html", "**/Takeout/News/**/*.txt", "**/Takeout/Keep/Labels.txt"),
            "**/Takeout/NotebookLM/**",
        ),
        named=True,
    ),
    source="google",
    weight=1,
)


@importer(
    Rule(shape="json-object", keys=frozenset({"givenName", "formattedName", "displayName", "emails"})),
    Rule(members=("**/Profile/Profile.json", "**/Profil/Profil.json"), shape="json-object", named=True),
    source="google",
    product="profile",
    reads="profile",
    languages=("fr", "en", "de"),
)
def profile(member: Member) -> Iterator[Record]:
    """The person who holds the account."""
    for found in single(member):
        if not isinstance(found, Element):
            yield found
            continue
        mails = [address for entry in objects(found.fields.get("emails")) if (address := words(entry, "value"))]
        name = words(found.fields, "displayName") or words(found.fields, "name", "formattedName")
        inner = within(found.fields, "name")
        yield Party(
            key=("profile", mails[0] if mails else name or found.plain),
            name=name or (words(inner, "givenName") if isinstance(inner, dict) else ""),
            handles=tuple(Handle("email", address) for address in mails),
            details=found.details(),
        )
