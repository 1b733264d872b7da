"""The lists of a Snapchat archive and what their fields mean. Times are UTC and say so."""

from __future__ import annotations

import re
from dataclasses import replace

from importers.formats.entities import unescaped
from importers.formats.named_fields import Shape
from importers.records import Kind

_FOLDED = re.compile(r"[\s_/&.-]+")
_DATES = ("Date", "Created", "Creation Timestamp", "Start Time", "Time", "Timestamp", "Purchase Date", "Created At")


def _person(kind: Kind, what: str) -> Shape:
    return Shape(
        kind, what, time=("Creation Timestamp",), title=("Display Name", "Username"), party=("Display Name",),
        user=("Username",), key=("Username",),
    )  # fmt: skip


def _change(what: str) -> Shape:
    return Shape(
        Kind.SETTING, what, time=("Date",), title=("Display Name", "Email Address", "Mobile Number", "Status"),
        key=("Display Name", "Email Address", "Mobile Number", "Status"),
    )  # fmt: skip


_SHAPES = {
    "friends": _person(Kind.OTHER, "friend"),
    "friendrequestssent": _person(Kind.OTHER, "friend-request-sent"),
    "blockedusers": _person(Kind.REACTION, "blocked"),
    "deletedfriends": _person(Kind.OTHER, "deleted-friend"),
    "hiddenfriendsuggestions": _person(Kind.OTHER, "hidden-suggestion"),
    "ignoredsnapchatters": _person(Kind.OTHER, "ignored"),
    "pendingrequests": _person(Kind.OTHER, "friend-request-received"),
    "shortcuts": _person(Kind.OTHER, "shortcut"),
    "loginhistory": Shape(
        Kind.SIGN_IN, "login", time=("Created",), title=("IP",), party=("Device",), role="device", key=("IP", "Device")
    ),
    "devicehistory": Shape(
        Kind.DEVICE, "device", time=("Start Time",), title=("Model", "Make"), key=("Make", "Model", "Device Type")
    ),
    "privacypolicyandtermsofserviceacceptancehistory": Shape(Kind.CONSENT, "terms", time=_DATES),
    "searchhistory": Shape(Kind.SEARCH, "search", time=_DATES, title=("Search Term", "Query")),
    "displaynamechange": _change("display-name"),
    "emailchange": _change("email"),
    "mobilenumberchange": _change("mobile-number"),
    "passwordchange": _change("password"),
    "snapchatlinkedtobitmoji": _change("bitmoji"),
    "spectacles": _change("spectacles"),
    "twofactorauthentication": _change("two-factor"),
    "accountdeactivatedreactivated": _change("deactivation"),
    "downloadmydatareports": _change("data-report"),
}  # fmt: skip

OTHER = Shape(
    Kind.OTHER, "other", time=_DATES, title=("Name", "Title", "Search Term", "Display Name", "Username"),
    text=("Text", "Content", "Description"),
)  # fmt: skip


def of_list(path: tuple[str, ...]) -> Shape:
    """What the records of a list are; those of lists that nobody has described have its name in their identity."""
    name = _FOLDED.sub("", path[-1]).casefold() if path else ""
    return _SHAPES.get(name) or replace(OTHER, what=f"other {name}")


def readable(text: str) -> str:
    """Words with their HTML escapes (``&#39;``) undone once."""
    return unescaped(text)
