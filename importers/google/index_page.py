"""The index page of a Takeout: which products it holds. Kept whole; it names the account."""

from __future__ import annotations

from importers.contract import Rule, keep

keep(
    Rule(members=("Takeout/archive_browser.html", "Takeout/Archiv_Übersicht.html"), shape="html"),
    Rule(shape="html", contains=("data-english-name", "data-folder-name")),
    source="google",
)
