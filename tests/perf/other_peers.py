"""Other programs at the workloads of ``services``, when they are installed (see ``peers``)."""

from __future__ import annotations

import subprocess
import tempfile
import zipfile
from pathlib import Path

from tests.perf.peers import Run, program, run

_TO_SQL = """
import sys, sqlite3, pathlib, pandas
how, source, out = sys.argv[1:]
if how == "json":
    frame = pandas.concat([pandas.read_json(path) for path in sorted(pathlib.Path(source).rglob("*.json"))])
else:
    frame = pandas.read_csv(source, sep=";" if how != "comma" else ",", skiprows=2 if how == "energy" else 0)
frame.to_sql("rows", sqlite3.connect(out), index=False)
"""
_CHAT = "import sys; from whatstk import df_from_whatsapp; df_from_whatsapp(sys.argv[1])"


def pages(archive: Path) -> Run | None:
    """``google_takeout_parser`` reads a page of activities; it keeps nothing."""
    path = program("google_takeout_parser")
    with _unpacked(archive) as folder:
        return path and run([str(path), "parse", "-a", "summary", str(Path(folder) / "Takeout")], Path(folder) / "none")


def messages(rows: Path) -> Run | None:
    """``sqlite-utils`` inserts ready rows and makes a full text of their contents."""
    path = program("sqlite-utils")
    if path is None:
        return None
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "peer.db"
        one = run([str(path), "insert", str(out), "messages", str(rows), "--nl"], out)
        two = run([str(path), "enable-fts", str(out), "messages", "content"], out)
        return Run(
            one.seconds + two.seconds, max(one.megabytes, two.megabytes), two.size, failed=one.failed or two.failed
        )


def mails(mbox: Path) -> Run | None:
    """``mbox-to-sqlite``."""
    path = program("mbox-to-sqlite")
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "peer.db"
        return path and run([str(path), "mbox", str(out), str(mbox)], out)


def chat(text: Path) -> Run | None:
    """``whatstk`` reads a conversation into a table; it keeps nothing."""
    return _python("whatstk", [_CHAT, str(text)], text.with_suffix(".none"))


def table(how: str, source: Path) -> Run | None:
    """``pandas.to_sql`` of a file. ``how``: ``semicolon``, ``comma``, ``energy`` or ``json`` (of a zip)."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "peer.db"
        if how != "json":
            return _python("pandas", [_TO_SQL, how, str(source), str(out)], out)
        with _unpacked(source) as folder:
            return _python("pandas", [_TO_SQL, how, folder, str(out)], out)


def _python(library: str, arguments: list[str], out: Path) -> Run | None:
    python = program("python")
    if python is None or subprocess.run([str(python), "-c", f"import {library}"], check=False).returncode:
        return None
    return run([str(python), "-c", *arguments], out)


def _unpacked(archive: Path) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory()
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder.name)
    return folder
