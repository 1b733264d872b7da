"""An account export of GitHub (``issues_000001.json`` and its neighbours), and lists of starred repositories.

Facts come from what others have read; lists of stars are proven. A record's ``url`` is its identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.contract import Member, Rule, importer, keep
from importers.formats.few_notices import few_notices
from importers.formats.json_leaves import leaves
from importers.formats.json_records import Alike, text
from importers.formats.named_fields import NO_TIME, Fields, moment
from importers.records import Handle, Item, Kind, Notice, Party, Record, Role

_KINDS = {
    **dict.fromkeys(("issues", "issue_comments", "pull_requests", "pull_request_reviews"), Kind.POST),
    **dict.fromkeys(("pull_request_review_comments", "commit_comments", "releases", "discussions"), Kind.POST),
    **dict.fromkeys(("milestones", "projects"), Kind.TASK),
    **dict.fromkeys(("attachments", "repository_files"), Kind.DOCUMENT),
}
_PEOPLE = {"users": "person", "organizations": "organisation", "teams": "group", "bots": "device"}
_OTHERS = (
    *("repositories", "issue_events", "pull_request_review_threads", "discussion_categories", "protected_branches"),
    *("discussion_comments", "repository_labels"),
)
_KNOWN = frozenset({*_KINDS, *_PEOPLE, *_OTHERS})
_FORMS = (
    *({"repository", "user", "title", "labels", "assignees"}, {"issue", "user", "body", "created_at"}),
    *({"owner", "name", "description", "private"}, {"pull_request", "user", "body", "created_at"}),
)
"""Fields of records beside their type and address that tell a file under any name."""

_BESIDE = ("**/schema.json", "**/repositories_??????.json", "**/users_??????.json")


def _globs(*names: str) -> tuple[str, ...]:
    return tuple(f"**/{name}_??????.json" for name in names)


keep(
    Rule(members=("**/schema.json",), shape="json-object", named=True, beside=_globs("users", "repositories")),
    source="github",
)


@importer(
    Rule(members=_globs(*_KINDS, *_OTHERS), shape="json-array", named=True, beside=_BESIDE),
    Rule(members=_globs(*_KINDS, *_OTHERS), shape="json-array", keys=frozenset({"type", "url"}), named=True),
    *(
        Rule(shape="json-array", keys=frozenset({"type", "url", *form}), contains=('"https://github.com/',))
        for form in _FORMS
    ),
    source="github",
    reads="issues, comments, repositories and the rest",
)
def activity(member: Member) -> Iterator[Record]:
    """Everything that was written or done, with its repository; UTC. The code itself is kept as it is."""
    yield from few_notices(_activity(member))


def _activity(member: Member) -> Iterator[Record]:
    alike = Alike()
    for number, record in _records(member):
        if isinstance(record, Notice):
            yield record
            continue
        fields, what = Fields(record), _file(member, record)
        written = fields.text("created_at", "submitted_at", "published_at", "updated_at")
        when = moment(written)
        if when is None and written:
            yield Notice(NO_TIME, f"record {number}", "created_at")
        elif when is not None and fields.text("created_at") == written:
            fields.take("created_at")
        own = fields.text("url")
        yield Item(
            kind=_KINDS.get(what, Kind.OTHER),
            key=("record", own) if own else alike.key(what, written, fields.digest()),
            stable=bool(own),
            when=when,
            title=fields.take("title", "name", "event", "asset_name"),
            text=fields.take("body", "description"),
            parties=tuple(_people(record)),
            details={"file": what} | fields.rest(),
        )


def _file(member: Member, record: dict[str, Any]) -> str:
    """What GitHub calls the file that a record stands in: by its name, else by what the record says that it is."""
    name = member.path.rpartition("/")[2].rpartition("_")[0]
    said = text(record, "type")
    if name in _KNOWN or not said:
        return name
    plural = f"{said[:-1]}ies" if said.endswith("y") else f"{said}s"
    return plural if plural in _KNOWN else name


def _people(record: dict[str, Any]) -> Iterator[Role]:
    for role, name in (("author", "user"), ("author", "actor"), ("place", "repository")):
        address = text(record, name)
        if address:
            yield Role(role, address.rstrip("/").rpartition("/")[2], Handle("url", address))


@importer(
    Rule(members=_globs(*_PEOPLE), shape="json-array", named=True, beside=_BESIDE),
    Rule(members=_globs(*_PEOPLE), shape="json-array", keys=frozenset({"type", "url"}), named=True),
    Rule(
        shape="json-array",
        keys=frozenset({"type", "url", "login", "emails", "created_at"}),
        contains=('"https://github.com/',),
    ),
    source="github",
    reads="people and organisations",
)
def people(member: Member) -> Iterator[Record]:
    """The person, and everybody who took part."""
    yield from few_notices(_parties(member))


def _parties(member: Member) -> Iterator[Record]:
    for _, record in _records(member):
        if isinstance(record, Notice):
            yield record
            continue
        fields, what = Fields(record), _file(member, record)
        own = fields.text("url")
        handles = [Handle("url", own), Handle("user", fields.text("login"))]
        emails = record.get("emails")
        handles += [
            Handle("email", text(one, "address", "email") if isinstance(one, dict) else str(one))
            for one in (emails if isinstance(emails, list) else ())
        ]
        yield Party(
            key=("party", own or fields.digest()),
            name=fields.text("name", "login"),
            type=_PEOPLE.get(what, "person"),
            handles=tuple(handle for handle in handles if handle.value),
            details=record,
        )


@importer(
    Rule(shape="json-array", keys=frozenset({"starred_at", "html_url"})),
    Rule(shape="json-array", keys=frozenset({"starred_at", "repo"})),
    source="github",
    reads="starred repositories",
    status="proven",
)
def stars(member: Member) -> Iterator[Record]:
    """A ``bookmark`` a star, UTC. An element that is no star is told and left out of the count."""
    yield from few_notices(_stars(member))


def _stars(member: Member) -> Iterator[Record]:
    for number, record in _records(member):
        if isinstance(record, Notice):
            yield record
            continue
        inner = record.get("repo")
        repo = inner if isinstance(inner, dict) else record
        starred, address = text(record, "starred_at"), text(repo, "html_url")
        if not starred or not address:
            yield Notice("table-record", f"record {number}", "html_url" if starred else "starred_at")
        when = moment(starred)
        if starred and when is None:
            yield Notice(NO_TIME, f"record {number}", "starred_at")
        star = bool(starred and address)
        yield Item(
            kind=Kind.BOOKMARK if star else Kind.OTHER,
            key=("star" if star else "record", address or Fields(record).digest()),
            stable=star,
            when=when,
            title=text(repo, "full_name", "name"),
            text=text(repo, "description"),
            details=record,
        )


def _records(member: Member) -> Iterator[tuple[int, dict[str, Any] | Notice]]:
    with member.open() as stream:
        for leaf in leaves(stream):
            yield (0, leaf) if isinstance(leaf, Notice) else (leaf.number, leaf.fields)
