"""Commands about the life of a vault: verify, backup, restore, salvage, password, rescue, rekey, ledger."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from vault_app import words
from vault_app.cli import shown
from vault_app.cli.doors import DAMAGED, DONE, NOTHING, Refused, folder, opened, passphrase, say
from vault_app.share import half
from vault_app.vault import (
    backup,
    header,
    ledger,
    lost_headers,
    rekey,
    rescue,
    salvage,
    slots,
    verify,
)
from vault_app.vault import passphrase as phrases
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault
from vault_app.vault.verify import Verdict


def verify_command(options: argparse.Namespace) -> int:
    """Look quickly, or at every byte; exit code 4 when something is wrong. Then what interrupted exports left."""
    with opened(options) as vault, _bar() as bar:
        if options.full:
            verdict = vault.verify(lambda progress: bar(progress.done, progress.total))
        else:
            verdict = verify.quick(vault.inside)
        if options.full and not verdict.problems:
            vault.note(Op.VERIFY, {"looks": list(verdict.checked)})
        left = [str(part) for part in half.halves(vault)]
    code = _judged(options, verdict, {"half_exports": left})
    for place in () if options.json else left:
        print(_told("half-export", place=shown.safe(place)))
    return code


def backup_command(options: argparse.Namespace) -> int:
    """Bring a backup up to date, and prove it."""
    with opened(options) as vault, _bar() as bar, _writing():
        done = backup.back_up(vault, options.dir, bar)
    return _judged(options, done.verdict, {"bytes": done.bytes, "packs": done.packs})


def restore_command(options: argparse.Namespace) -> int:
    """Make a vault of a backup in a new folder, and prove it."""
    options.vault = options.dir
    with opened(options) as kept, _bar() as bar, _writing():
        done = backup.restore(kept, options.to, bar)
    return _judged(options, done.verdict, {"bytes": done.bytes, "packs": done.packs})


def salvage_command(options: argparse.Namespace) -> int:
    """Save what still reads into a new vault. Exit code 4 when something was lost."""
    place = folder(options)
    if not Vault.is_vault(place):
        raise Refused("no-vault")
    unlocked = header.unlock(place, phrases.prepared(passphrase(options)))
    with _writing():
        done = salvage.salvage(place, unlocked, options.to)
    lost = bool(done.holes or done.lost_files)
    if options.json:
        shown.as_json({"holes": done.holes, "kept": done.kept, "lost_files": done.lost_files})
    else:
        name = "salvaged-parts" if lost else "salvaged-whole"
        numbers = {"holes": done.holes, "files": done.lost_files, "items": done.kept["item"]}
        print(_told(name, **{key: str(number) for key, number in numbers.items()}))
    return DAMAGED if lost or done.verdict.problems else DONE


def password_command(options: argparse.Namespace) -> int:
    """Another passphrase from now on."""
    with opened(options) as vault:
        slots.change_password(vault, _new_passphrase(options))
    say(_told("password-changed"))
    return DONE


def rescue_command(options: argparse.Namespace) -> int:
    """Print the small print of the sheet; or make a new sheet; or bring a vault without headers back."""
    if options.block:
        return _recover(options)
    if options.renew:
        with opened(options) as vault:
            code = slots.renew_rescue(vault)
        return _print_sheet(options, code)
    place = folder(options)
    if not Vault.is_vault(place):
        raise Refused("no-vault")
    print(_block(place))
    return DONE


def rekey_command(options: argparse.Namespace) -> int:
    """A new data key; the new rescue code is printed once."""
    place = folder(options)
    if not Vault.is_vault(place):
        raise Refused("no-vault")
    given = passphrase(options)
    wanted = _new_passphrase(options) if options.new_password_file else given
    way = rekey.deep_rekey if options.deep else rekey.rekey
    with _closing(Vault.open(place, given)) as holder, _writing():
        done = way(holder[0], wanted)
        holder[0] = done.vault
    return _print_sheet(options, done.rescue_code)


def ledger_command(options: argparse.Namespace) -> int:
    """What was done to the vault, the oldest first, and the head in words, for paper."""
    with opened(options) as vault:
        lines, head = ledger.lines(vault.read()), ledger.head(vault.read())
    if options.json:
        rows: list[dict[str, Any]] = [
            {"n": line.n, "time": _stamp(line.time), "op": line.op, "detail": dict(line.detail)} for line in lines
        ]
        shown.as_json({"lines": rows, "head": ledger.printed(head)})
        return DONE
    for line in lines:
        detail = " ".join(f"{name}={value}" for name, value in line.detail.items())
        print(f"{line.n:>5}  {_stamp(line.time)}  {line.op:<18} {shown.safe(detail, 100)}")
    print(ledger.printed(head))
    return DONE if lines else NOTHING


def _recover(options: argparse.Namespace) -> int:
    code, block = _sheet(options)
    vault = lost_headers.recover(folder(options), code, block, _new_passphrase(options))
    verdict = vault.at_opening
    vault.close()
    say(_told("headers-rebuilt"))
    return DAMAGED if verdict is not None and verdict.problems else DONE


def _sheet(options: argparse.Namespace) -> tuple[str, str]:
    """Code and small print: the first two lines of a file that is named, else asked for. Raises Refused."""
    if options.sheet_file:
        lines = [line for line in _text(options.sheet_file).splitlines() if line.strip()]
        if len(lines) < 2:
            raise Refused("no-such-file")
        return lines[0], lines[1]
    if not sys.stdin.isatty():
        raise Refused("no-sheet")
    return getpass.getpass(_told("ask-code")), getpass.getpass(_told("ask-block"))


def _new_passphrase(options: argparse.Namespace) -> str:
    """The first line of a file that is named, else asked for twice. Raises Refused."""
    if options.new_password_file:
        lines = _text(options.new_password_file).splitlines()
        if not lines:
            raise Refused("no-such-file")
        return lines[0]
    if not sys.stdin.isatty():
        raise Refused("no-passphrase")
    given = getpass.getpass(_told("ask-new"))
    if getpass.getpass(_told("ask-again")) != given:
        raise Refused("passphrases-differ")
    return given


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused("no-such-file") from error


def _print_sheet(options: argparse.Namespace, code: str) -> int:
    block = _block(folder(options))
    if options.json:
        shown.as_json({"rescue_code": code, "block": block})
        return DONE
    say(_told("new-sheet"))
    print(code)
    print(block)
    return DONE


def _block(place: Path) -> str:
    return rescue.spell_block(rescue.block_of(header.read(place)[0].header))


def _judged(options: argparse.Namespace, verdict: Verdict, more: Mapping[str, object]) -> int:
    tongue = words.language()
    if options.json:
        found = {"sound": not verdict.problems, "checked": verdict.checked, "problems": verdict.problems}
        shown.as_json({**found, **more})
    else:
        for name in verdict.checked:
            wrong = name in verdict.problems
            print(
                ("!!  " if wrong else "ok  ") + words.sentence("verdicts", f"{name}-wrong" if wrong else name, tongue)
            )
        print(words.sentence("verdicts", "wrong" if verdict.problems else "sound", tongue))
    return DAMAGED if verdict.problems else DONE


@contextmanager
def _closing(vault: Vault) -> Iterator[list[Vault]]:
    """A vault in a list of one, in which another may take its place; whichever it then is, is closed."""
    holder = [vault]
    try:
        yield holder
    finally:
        if not holder[0].closed:
            holder[0].close()


@contextmanager
def _writing() -> Iterator[None]:
    """A folder that takes no writes, or has no room, is a sentence."""
    try:
        yield
    except OSError as error:
        raise Refused("no-room-here") from error


class _Bar:
    """Percent on standard error, when that is a terminal."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        if self._on:
            sys.stderr.write(f"\r{min(100, 100 * done // max(1, total)):>3} %")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        if self._on:
            sys.stderr.write("\r" + " " * 8 + "\r")


@contextmanager
def _bar() -> Iterator[_Bar]:
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.end()


def _told(name: str, **values: str) -> str:
    return words.sentence("care", name, words.language(), **values)


def _stamp(time: int) -> str:
    """Seconds are enough; a clock that was far off shows as it was."""
    try:
        return datetime.fromtimestamp(time // 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return str(time)
