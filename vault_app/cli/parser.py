"""The grammar of the command selfdata."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = argparse.ArgumentParser(prog="selfdata", description="Your data, encrypted, on your own machine. Offline.")
    _everywhere(top, at_top=True)
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, about: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        _everywhere(made, at_top=False)
        return made

    add("init", "make a vault and print its rescue code once")
    look = add("recognise", "say what files are and about how much is in them; nothing is written")
    _files(look)
    _recipes(look)
    bring = add("import", "show the plan, then import")
    _files(bring)
    _recipes(bring)
    bring.add_argument("--yes", action="store_true", help="do not ask before importing")
    bring.add_argument("--keep", action="store_true", help="keep the recipe in the vault, for the next such table")
    came = add("imports", "what came in, newest first")
    came.add_argument("--recipes", action="store_true", help="instead: the recipes that the vault keeps")
    back = add("undo", "take one import back")
    back.add_argument("id", type=int, metavar="ID")
    back.add_argument("--recipe", action="store_true", help="instead: remove the kept recipe with this number")
    items = add("items", "facts, newest first")
    _selection(items)
    items.add_argument("--count", action="store_true", help="only how many")
    series = add("series", "measured series, or the samples of one")
    series.add_argument("name", nargs="?", metavar="NAME")
    add("stats", "totals by source, kind and series")
    search = add("search", "facts with these words, newest first")
    search.add_argument("words", nargs="+", metavar="WORDS")
    _selection(search, text=False)
    watch = add("watch", "tell when an archive arrives in a folder")
    watch.add_argument("dir", nargs="?", type=Path, metavar="DIR", help="the downloads folder unless given")
    export = add("export", "write chosen facts to files")
    export.add_argument("--target", required=True, metavar="T", help="see selfdata targets")
    export.add_argument("--out", required=True, type=Path, metavar="DIR")
    _selection(export)
    add("importers", "what can be read")
    add("targets", "what can be written")
    _care(add)
    return top


def _care(add: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """The commands about the life of a vault."""
    add("verify", "look whether the vault is sound").add_argument(
        "--full", action="store_true", help="read every byte of it"
    )
    add("backup", "bring a backup in another folder up to date").add_argument("dir", type=Path, metavar="DIR")
    back = add("restore", "make a vault of a backup")
    back.add_argument("dir", type=Path, metavar="DIR", help="the backup")
    _to(back)
    _to(add("salvage", "save what still reads of a damaged vault into a new one"))
    _new_password(add("password", "change the passphrase"))
    sheet = add("rescue", "the small print of the rescue sheet")
    way = sheet.add_mutually_exclusive_group()
    way.add_argument("--renew", action="store_true", help="a new sheet; the old one opens the vault no more")
    way.add_argument("--block", action="store_true", help="bring back a vault whose header files are lost")
    sheet.add_argument("--sheet-file", type=Path, metavar="F", help="first line: the code, second: the small print")
    _new_password(sheet)
    key = add("rekey", "new keys, when somebody may have an old copy and its passphrase")
    key.add_argument("--deep", action="store_true", help="attachments are written anew as well")
    _new_password(key)
    add("ledger", "what was done to the vault, and its head in words")


def _to(to: argparse.ArgumentParser) -> None:
    to.add_argument("--to", required=True, type=Path, metavar="DIR", help="a new or empty folder")


def _new_password(to: argparse.ArgumentParser) -> None:
    to.add_argument("--new-password-file", type=Path, metavar="F", help="first line: the new passphrase")


def _everywhere(to: argparse.ArgumentParser, *, at_top: bool) -> None:
    missing = None if at_top else argparse.SUPPRESS
    to.add_argument("--vault", type=Path, metavar="DIR", default=missing, help="the vault folder")
    to.add_argument("--password-file", type=Path, metavar="F", default=missing, help="first line: the passphrase")
    to.add_argument("--json", action="store_true", default=False if at_top else argparse.SUPPRESS, help="print JSON")


def _files(to: argparse.ArgumentParser) -> None:
    to.add_argument("files", nargs="+", type=Path, metavar="FILE")


def _recipes(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "--recipe", action="append", default=[], type=Path, metavar="TOML", help="your own recipe for a table"
    )


def _selection(to: argparse.ArgumentParser, *, text: bool = True) -> None:
    group = to.add_argument_group("selection")
    group.add_argument("--source", action="append", default=[], metavar="S", help="several times: any of them")
    group.add_argument("--kind", action="append", default=[], metavar="K", help="several times: any of them")
    group.add_argument("--since", metavar="T", help="2024, 2024-03, 2024-03-12 or a time; UTC")
    group.add_argument("--until", metavar="T", help="2024 includes all of 2024")
    group.add_argument(
        "--party",
        default="",
        metavar="P",
        help="a name, address or number: all facts of these people, over all sources",
    )
    if text:
        group.add_argument("--text", default="", metavar="W", help="words that must occur")
