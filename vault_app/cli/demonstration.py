"""The main way walked once on Camille's invented archives, in a vault that is thrown away afterwards."""

from __future__ import annotations

import secrets
import sys
import tempfile
import time
from pathlib import Path

from vault_app import words
from vault_app.cli import shown
from vault_app.explore import facts, measures
from vault_app.explore.selection import Selection
from vault_app.intake.handles import closing_parts, together
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.learn.camille import write_archives
from vault_app.share.export import export
from vault_app.share.targets import TARGETS
from vault_app.vault.vault import Vault


def main() -> int:
    """Make a vault, import everything, print the accounts and some facts, export; returns the exit code."""
    tongue = words.language()
    with tempfile.TemporaryDirectory(prefix="selfdata-") as world:
        downloads = Path(world, "downloads")
        downloads.mkdir()
        archives = write_archives(downloads)
        vault = Vault.create(Path(world, "vault"), secrets.token_urlsafe(24)).vault
        try:
            for paths in together(archives):
                began = time.monotonic()
                with closing_parts(paths) as parts:
                    plan = recognise(parts)
                    if not plan.understood:
                        print("\n".join(shown.plan_lines(plan, tongue)))
                        continue
                    account = run_import(vault, plan)
                print(f"{time.monotonic() - began:.1f} s  " + "\n".join(shown.account_lines(account, tongue)))
            for fact in facts.page(vault, Selection(), 5):
                print(shown.fact_line(fact, tongue))
            print(f"{facts.count(vault, Selection())} + {sum(row.n for row in measures.series(vault))}")
            receipt = export(vault, Selection(), TARGETS["csv"], Path(world, "out"))
            print(" ".join(file.name for file in receipt.files))
            verdict = vault.verify()
            print("ok" if not verdict.problems else f"! {verdict.problems}")
        finally:
            vault.close()
    return 1 if verdict.problems else 0


if __name__ == "__main__":
    sys.exit(main())
