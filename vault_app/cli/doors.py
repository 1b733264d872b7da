"""What every command needs: the vault folder, the passphrase, and errors as exit codes and sentences."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from vault_app import words
from vault_app.vault.vault import Vault

DONE, NOTHING, WRONG_USE, WRONG_PASSWORD, DAMAGED, DISK = 0, 1, 2, 3, 4, 5
"""Exit codes."""


class Refused(Exception):
    """A command ends with a sentence (an id of ``errors``) and an exit code."""

    def __init__(self, reason: str, code: int = WRONG_USE, what: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.what = what


def folder(options: argparse.Namespace) -> Path:
    """The vault folder: ``--vault``, else ``SELFDATA_VAULT``, else ``Coffre`` among the person's documents."""
    given = options.vault or os.environ.get("SELFDATA_VAULT")
    return Path(given) if given else Path(platformdirs.user_documents_dir()) / "Coffre"


def passphrase(options: argparse.Namespace, *, twice: bool = False) -> str:
    """The passphrase: the first line of a file that is named, else asked for. Raises Refused."""
    named = options.password_file or os.environ.get("SELFDATA_PASSWORD_FILE")
    if named:
        try:
            return Path(named).read_text(encoding="utf-8-sig").splitlines()[0]
        except (OSError, IndexError, UnicodeDecodeError) as error:
            raise Refused("no-such-file") from error
    prompt = "Phrase de passe : " if words.language() == "fr" else "Passphrase: "
    if not sys.stdin.isatty():
        raise Refused("no-passphrase")
    given = getpass.getpass(prompt)
    if twice and getpass.getpass(prompt) != given:
        raise Refused("wrong-password", WRONG_PASSWORD)
    return given


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Vault]:
    """The vault, open; closed cleanly afterwards whatever happens."""
    place = folder(options)
    if not Vault.is_vault(place):
        raise Refused("no-vault")
    vault = Vault.open(place, passphrase(options))
    if vault.at_opening is not None and vault.at_opening.problems:
        say(words.sentence("verdicts", "wrong", words.language()))
    try:
        yield vault
    finally:
        vault.close()


def say(text: str) -> None:
    """A line for the person, on standard error where it does not mix with data."""
    print(text, file=sys.stderr)
