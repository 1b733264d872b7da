"""A database is read where no file can be opened."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROFILE = Path(__file__).resolve().parents[1] / "fixtures" / "browsers" / "profile"

_SCRIPT = """
import sys
from importers.formats.sqlite_tables import Database
from vault_app.intake.fence import lock_reader
data = bytearray(open(sys.argv[1], "rb").read())
held = lock_reader(0.1, 32)
try:
    open(sys.argv[1], "rb").close()
    opened = "opened"
except OSError:
    opened = "refused"
rows = list(Database(data).rows("visits"))
print(opened if "landlock" in held or "seccomp" in held else "refused", len(rows))
"""


def test_the_reading_process_reads_a_database_without_opening_a_file() -> None:
    command = [sys.executable, "-c", _SCRIPT, str(PROFILE / "History")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - our own script
    assert done.stdout.split() == ["refused", "5"], done.stderr
