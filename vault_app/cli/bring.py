"""Commands that bring archives in: recognise, import, imports, undo, watch."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from importers.recipes.recipe import RecipeError, parse
from vault_app import words
from vault_app.cli import shown
from vault_app.cli.doors import DONE, NOTHING, Refused, opened, say
from vault_app.explore.fact import stamp
from vault_app.intake import own_recipes
from vault_app.intake.handles import HandleError, closing_parts, together
from vault_app.intake.plan import Plan, foresee, recognise
from vault_app.intake.session import ImportFailed, Progress, resume_import, run_import
from vault_app.intake.watch import Find, downloads, watch_once, worth_telling
from vault_app.vault import compaction
from vault_app.vault.driver import OperationalError
from vault_app.vault.errors import DamagedVault
from vault_app.vault.imports import Account, ImportRow
from vault_app.vault.vault import Vault


def recognise_command(options: argparse.Namespace) -> int:
    """Say what files are; nothing is written, no vault is needed."""
    plans = []
    recipes = _recipes(options)
    for paths in _archives(options.files):
        try:
            with closing_parts(paths) as parts:
                plans.append(foresee(parts, recipes))
        except HandleError as error:
            raise Refused("no-such-file") from error
    if options.json:
        shown.as_json([shown.plan_json(plan) for plan in plans])
    else:
        for plan in plans:
            print("\n".join(shown.plan_lines(plan, words.language())))
    return DONE if any(plan.understood for plan in plans) else NOTHING


def import_command(options: argparse.Namespace) -> int:
    """Show the plan, ask, import; one account for each archive."""
    accounts: list[Account] = []
    understood = False
    recipes = _recipes(options)
    with opened(options) as vault:
        for paths in _archives(options.files):
            try:
                account = _import(vault, paths, recipes, options)
            except HandleError:
                say(f"{shown.safe(paths[0].name)} : {words.sentence('errors', 'no-such-file', words.language())}")
                account = None
            if account is not None:
                understood = True
                accounts.append(account)
        if understood and options.keep:
            _keep(vault, recipes)
    if options.json:
        shown.as_json([shown.account_json(account) for account in accounts])
    else:
        for account in accounts:
            print("\n".join(shown.account_lines(account, words.language())))
    return DONE if understood else NOTHING


def imports_command(options: argparse.Namespace) -> int:
    """What came in, newest first; interrupted imports are said on standard error. Or the recipes that are kept."""
    if options.recipes:
        return _recipes_command(options)
    with opened(options) as vault:
        accounts = [vault.imports.account(row.id) for row in vault.imports.complete()]
        interrupted = vault.imports.running()
    for row in interrupted:
        _say_about("import-interrupted", row)
    if options.json:
        shown.as_json([shown.account_json(account) for account in accounts])
    else:
        for account in accounts:
            print(f"{account.id:>4}  {account.source:<12} {account.new:>9}  {shown.safe(account.name)}")
    return DONE


def undo_command(options: argparse.Namespace) -> int:
    """Take one import back, also one that was interrupted; what other imports have too stays. Or remove a recipe."""
    with opened(options) as vault:
        if options.recipe:
            if not own_recipes.remove(vault, options.id):
                raise Refused("no-such-recipe")
            return DONE
        if any(row.id == options.id for row in vault.imports.running()):
            vault.imports.resume(options.id).abandon()
            return DONE
        if all(row.id != options.id for row in vault.imports.complete()):
            raise Refused("no-such-import")
        _remove_halves(vault)
        vault.imports.undo(options.id)
        with contextlib.suppress(DamagedVault, OperationalError, OSError):  # a courtesy: undo is done
            compaction.compact(vault)
    return DONE


def _recipes_command(options: argparse.Namespace) -> int:
    """The recipes that the vault keeps, oldest first."""
    with opened(options) as vault:
        recipes = own_recipes.listed(vault)
    if options.json:
        shown.as_json([shown.recipe_json(one) for one in recipes])
    else:
        for one in recipes:
            print(f"{one.id:>4}  {(stamp(one.kept) or '')[:10]}  {shown.safe(one.name)}")
    return DONE


def watch_command(options: argparse.Namespace) -> int:
    """Print a line for each archive that arrives and is recognised, until interrupted."""
    place = options.dir or downloads()
    if not place.is_dir():
        raise Refused("no-such-file")
    say(str(place))
    try:
        for find in watch_once(place):
            plan = _recognised(find)
            if plan is None:
                continue
            if options.json:
                files, told = ([str(path) for path in paths] for paths in (find.paths, find.told))
                shown.as_lines([shown.plan_json(plan) | {"files": files, "told_before": told}])
            else:
                print("\n".join(shown.plan_lines(plan, words.language())))
            sys.stdout.flush()
    except KeyboardInterrupt:
        return DONE
    return DONE


def _recognised(find: Find) -> Plan | None:
    """What a find is; None when no importer reads any of it, or when it has gone again."""
    try:
        with closing_parts(find.paths) as parts:
            plan = foresee(parts)
    except HandleError:
        return None
    return plan if worth_telling(plan) else None


def _import(vault: Vault, paths: list[Path], recipes: list[str], options: argparse.Namespace) -> Account | None:
    tongue = words.language()
    with closing_parts(paths) as parts:
        look = recognise if options.yes else foresee
        plan = look(parts, recipes, own_recipes.usable(vault))
        if not plan.understood:
            say("\n".join(shown.plan_lines(plan, tongue)))
            return None
        if not options.yes and not _agreed(plan, tongue):
            return None
        show = _Bar()
        try:
            half = _remove_halves(vault, but=plan.digest)
            if half is None:
                return run_import(vault, plan, show)
            _say_about("import-resumed", half)
            return resume_import(vault, half.id, plan, show)
        except ImportFailed as error:
            say(f"{shown.safe(plan.name)} : {words.sentence('errors', error.reason, tongue, what=error.what)}")
            return None
        finally:
            show.end()


def _remove_halves(vault: Vault, but: str = "") -> ImportRow | None:
    """Remove interrupted imports and say so; returns the one of the archive with the digest ``but``, which stays.

    A half import holds identities that nobody sees. Facts that another import shares with it would be hidden with it,
    so it goes before the vault changes in any other way.
    """
    kept = None
    for row in vault.imports.running():
        if but and row.digest == but and kept is None:
            kept = row
            continue
        vault.imports.resume(row.id).abandon()
        _say_about("half-import-removed", row)
    return kept


def _say_about(sentence: str, row: ImportRow) -> None:
    say(words.sentence("errors", sentence, words.language(), id=str(row.id), what=shown.safe(row.name)))


def _recipes(options: argparse.Namespace) -> list[str]:
    """The recipes that are named, as texts. Raises Refused, with the place of a mistake."""
    try:
        return [own_recipes.read_file(path) for path in options.recipe]
    except HandleError as error:
        raise Refused("no-such-file") from error
    except RecipeError as error:
        raise Refused(error.reason, what=shown.safe(error.what)) from error


def _keep(vault: Vault, recipes: list[str]) -> None:
    """Keep recipes, and say which of their words look like data. Raises Refused when there is no room."""
    tongue = words.language()
    for text in recipes:
        try:
            own_recipes.keep(vault, text)
        except RecipeError as error:
            raise Refused(error.reason) from error
        for name in own_recipes.telling(parse(text)):
            say(words.sentence("recipes", "recipe-tells", tongue, what=shown.safe(name, 60)))


def _archives(files: list[Path]) -> list[list[Path]]:
    """Files as archives: parts of one set belong together. Raises Refused when a file cannot be read."""
    for path in files:
        if not path.exists():
            raise Refused("no-such-file")
    return together(files)


def _agreed(plan: Plan, tongue: str) -> bool:
    say("\n".join(shown.plan_lines(plan, tongue)))
    if not sys.stdin.isatty():
        return False
    question = "Importer ? [o/N] " if tongue == "fr" else "Import? [y/N] "
    return input(question).strip().lower() in {"o", "oui", "y", "yes"}


class _Bar:
    """Progress on standard error, when that is a terminal."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()

    def __call__(self, progress: Progress) -> None:
        if self._on:
            percent = 100 * progress.done // max(1, progress.total)
            sys.stderr.write(f"\r{min(percent, 100):>3} %  {progress.records:>10}")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._on:
            sys.stderr.write("\r" + " " * 30 + "\r")
