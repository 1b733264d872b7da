"""The command ``selfdata``: one function a command, errors as sentences and exit codes."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable

from vault_app import words
from vault_app.cli.parser import parser

Command = Callable[[argparse.Namespace], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 done, 1 nothing understood, 2 wrong use, 3 wrong password, 4 damaged vault.

    And 5 when the disk is full or fails.
    """
    options = parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    return _run(options)


def _run(options: argparse.Namespace) -> int:  # noqa: PLR0911 - one return an error class
    from vault_app import tripwire
    from vault_app.cli.doors import DAMAGED, DISK, WRONG_PASSWORD, WRONG_USE, Refused
    from vault_app.explore.selection import BadSelection
    from vault_app.intake import fence
    from vault_app.vault.errors import (
        BadPassphrase,
        BadRescueCode,
        DamagedVault,
        FolderInUse,
        NoRoom,
        TooLittleMemory,
        VaultBusy,
        VaultError,
        WrongPassword,
    )

    tripwire.arm()
    fence.deny_network()
    fence.hide_memory()
    try:
        return _command(options.command)(options)
    except Refused as error:
        return _said(error.reason, error.code, error.what)
    except BadSelection as error:
        return _said(error.reason, WRONG_USE, error.what)
    except WrongPassword:
        return _said("wrong-password", WRONG_PASSWORD)
    except DamagedVault as error:
        return _said("damaged-vault", DAMAGED, str(error))
    except VaultBusy:
        return _said("vault-busy", WRONG_USE)
    except (BadPassphrase, BadRescueCode, FolderInUse, NoRoom, TooLittleMemory) as error:
        return _said(error.reason, WRONG_USE, error.what)
    except VaultError as error:
        return _said(error.reason, DAMAGED, error.what)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        reason = _trouble_of_the_drive(error)
        if not reason:
            raise
        return _said(reason, DISK)


def _trouble_of_the_drive(error: Exception) -> str:
    """The id of the sentence about a full or failing drive; empty for anything else, which is a mistake of ours."""
    from vault_app.vault.driver import DatabaseError, OperationalError, is_full

    if not isinstance(error, OSError | OperationalError) and type(error) is not DatabaseError:
        return ""
    return "drive-full" if is_full(error) else "drive-fails"


def _command(name: str) -> Command:
    from vault_app.cli import bring, care, keep, look

    return {
        "init": keep.init_command,
        "recognise": bring.recognise_command,
        "import": bring.import_command,
        "imports": bring.imports_command,
        "undo": bring.undo_command,
        "items": look.items_command,
        "series": look.series_command,
        "stats": look.stats_command,
        "search": look.search_command,
        "watch": bring.watch_command,
        "export": keep.export_command,
        "importers": keep.importers_command,
        "targets": keep.targets_command,
        "verify": care.verify_command,
        "backup": care.backup_command,
        "restore": care.restore_command,
        "salvage": care.salvage_command,
        "password": care.password_command,
        "rescue": care.rescue_command,
        "rekey": care.rekey_command,
        "ledger": care.ledger_command,
    }[name]


def _said(reason: str, code: int, what: str = "") -> int:
    print(words.sentence("errors", reason, words.language(), what=what), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
