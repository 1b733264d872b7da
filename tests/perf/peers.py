"""Other programs at the same work, when they are installed: their time, memory and file.

They know the English names of files only, so they get a copy of the workload under these.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tests.perf import clock

PEERS = "SELFDATA_PEERS"
"""Names the folders of environments in which the peers are installed (``bin/healthkit-to-sqlite`` and so on), with the
system's mark between them: some want another release of a library than others."""

_ENGLISH = (
    (r"Mon activité/(Recherche)(\d*)/", r"My Activity/Search\2/"),
    (r"Mon activité/", "My Activity/"),
    (r"MonActivité\.json", "My Activity.json"),
    (r"apple_health_export/export\w*\.xml", "apple_health_export/export.xml"),
)


@dataclass(frozen=True)
class Run:
    """One run: ``seconds``, ``megabytes`` of memory at its peak, ``size`` of its file in bytes. ``failed``: it ended
    with an error, so that the other figures say nothing."""

    seconds: float
    megabytes: float
    size: int
    failed: bool


def program(name: str) -> Path | None:
    """Where a peer is installed; None when it is not."""
    homes = filter(None, os.environ.get(PEERS, "").split(os.pathsep))
    return next((path for home in homes if (path := Path(home) / "bin" / name).exists()), None)


def healthkit(path: Path, archive: Path) -> Run:
    """``healthkit-to-sqlite``."""
    with tempfile.TemporaryDirectory() as place:
        given, out = _renamed(archive, Path(place)), Path(place) / "peer.db"
        return run([str(path), str(given), str(out)], out)


def takeout(path: Path, archive: Path) -> Run:
    """``google-takeout-to-sqlite``, activities."""
    with tempfile.TemporaryDirectory() as place:
        given, out = _renamed(archive, Path(place)), Path(place) / "peer.db"
        return run([str(path), "my-activity", str(out), str(given)], out)


def positions(path: Path, archive: Path) -> Run:
    """``google-takeout-to-sqlite``, positions, in the older form that it knows: milliseconds under another name."""
    with tempfile.TemporaryDirectory() as place:
        given, out = Path(place) / "older.zip", Path(place) / "peer.db"
        with zipfile.ZipFile(archive) as old, zipfile.ZipFile(given, "w", zipfile.ZIP_DEFLATED) as new:
            (name,) = old.namelist()
            fixes = json.loads(old.read(name))["locations"]
            for fix in fixes:
                moment = datetime.fromisoformat(fix.pop("timestamp"))
                fix["timestampMs"] = str(round(moment.timestamp() * 1000))
            new.writestr("Takeout/Location History/Location History.json", json.dumps({"locations": fixes}))
        return run([str(path), "location-history", str(out), str(given)], out)


def parser(path: Path, archive: Path) -> Run:
    """``google_takeout_parser``, which reads an unpacked folder and keeps nothing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "unpacked"
        with zipfile.ZipFile(_renamed(archive, Path(place))) as file:
            file.extractall(folder)
        return run([str(path), "parse", "-a", "summary", str(folder / "Takeout")], Path(place) / "none")


def _renamed(archive: Path, place: Path) -> Path:
    """A copy whose members have English names."""
    copy = place / "english.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            name = info.filename
            for pattern, english in _ENGLISH:
                name = re.sub(pattern, english, name)
            with old.open(info) as source, new.open(name, "w", force_zip64=True) as target:
                while block := source.read(1 << 20):
                    target.write(block)
    return copy


def run(line: list[str], out: Path) -> Run:
    start = clock.now()
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = clock.now() - start
    size = out.stat().st_size if out.exists() else 0
    return Run(seconds, usage.ru_maxrss / 1024, size, process.returncode != 0)
