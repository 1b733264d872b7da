"""The report at the end on a computer that others use: what stays on it, and what is left for the person to do."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from vault_app.ui.flows import traces
from vault_app.ui.language import now_text
from vault_app.ui.paper import Lines
from vault_app.ui.settings import Settings

translate = QCoreApplication.translate


def report(settings: Settings, vault: Path) -> list[str]:
    """The report as sentences; the first is its title. Looks at the disk: call it off the window's thread."""
    kept = None if settings.shared else settings.file
    left = traces.left(Path.home(), traces.system_temporary(), vault, kept)
    return [
        translate("ClosingReport", "What stays on this computer"),
        translate("ClosingReport", "Vault: {name}. Report of {date}.").format(name=vault.name, date=now_text()),
        *_found(left),
        translate(
            "ClosingReport",
            "The system itself notes, and no program can prevent it: that this program ran and when, that a key was"
            " plugged in, what your browser downloaded, and pieces of memory that it moved to the disk.",
        ),
        translate("ClosingReport", "For you to do before you leave:"),
        "1. " + translate("ClosingReport", "Sign out of the services that you opened in the browser."),
        "2. " + translate("ClosingReport", "Empty the browser's list of downloads, or its history."),
        "3. "
        + translate(
            "ClosingReport", "Delete the archives from the download folder and from the bin. They are not encrypted."
        ),
        "4. " + translate("ClosingReport", "Lock the vault, then eject your key before you pull it out."),
        translate(
            "ClosingReport",
            "On memory keys and fast disks deleted files can sometimes be found again by specialists. Writing over them"
            " does not help there.",
        ),
    ]


def paper_lines(sentences: list[str]) -> Lines:
    """The report for paper."""
    return [(text, 20 if not number else 11, False) for number, text in enumerate(sentences)]


def _found(left: tuple[Path, ...]) -> list[str]:
    if not left:
        return [translate("ClosingReport", "Left by this program outside the vault folder: nothing.")]
    text = translate("ClosingReport", "Made or changed outside the vault folder since the start, to be looked at:")
    return [text, *(f"– {path}" for path in left)]
