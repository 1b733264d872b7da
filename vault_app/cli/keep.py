"""Commands about the vault itself and about what leaves it: init, export, importers, targets."""

from __future__ import annotations

import argparse

from importers.contract import Importer
from importers.registry import declarations
from vault_app import words
from vault_app.cli import shown
from vault_app.cli.doors import DONE, Refused, folder, opened, passphrase, say
from vault_app.cli.look import selection
from vault_app.share.export import ExportError, export
from vault_app.share.targets import TARGETS
from vault_app.vault.vault import Vault


def init_command(options: argparse.Namespace) -> int:
    """Make a vault; the rescue code is printed once and kept nowhere."""
    place = folder(options)
    if Vault.is_vault(place):
        raise Refused("vault-exists")
    created = Vault.create(place, passphrase(options, twice=True))
    created.vault.close()
    if options.json:
        shown.as_json({"vault": str(place), "rescue_code": created.rescue_code})
        return DONE
    tongue = words.language()
    say(
        "Coffre créé. Recopiez ce code de secours sur papier : il ne sera plus affiché."
        if tongue == "fr"
        else "Vault made. Copy this rescue code on paper: it will not be shown again."
    )
    print(created.rescue_code)
    return DONE


def export_command(options: argparse.Namespace) -> int:
    """Write chosen facts and series to files in a folder, with their data dictionary."""
    if options.target not in TARGETS:
        raise Refused("no-such-target")
    chosen = selection(options)
    with opened(options) as vault:
        try:
            receipt = export(vault, chosen, TARGETS[options.target], options.out)
        except ExportError as error:
            raise Refused(error.reason) from error
    if options.json:
        shown.as_json(receipt.plain())
    else:
        for file in receipt.files:
            print(f"{file.rows:>10}  {file.name}")
    return DONE


def importers_command(options: argparse.Namespace) -> int:
    """What can be read."""
    rows = [
        {
            "id": found.id,
            "source": found.source,
            "product": found.product,
            "reads": found.reads,
            "languages": list(found.languages),
            "status": found.status,
            "facts_as_of": found.facts_as_of,
        }
        for found in declarations()
        if isinstance(found, Importer)
    ]
    if options.json:
        shown.as_json(rows)
    else:
        for row in rows:
            print(f"{row['source']:<14} {row['reads']:<44} {row['status']}")
    return DONE


def targets_command(options: argparse.Namespace) -> int:
    """What can be written."""
    rows = [target.plain() for target in TARGETS.values()]
    if options.json:
        shown.as_json(rows)
    else:
        for row in rows:
            print(f"{row['id']:<10} {row[words.language()]}")
    return DONE
