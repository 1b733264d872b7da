"""The real command in a process that kills itself with SIGKILL at a chosen call to the system.

``python -m tests.share.killed EVENT NAME -- ARGUMENTS``: at the first audit event of that name (``open``, ``os.mkdir``,
``os.rename``, ...) about a path that ends with NAME, before anything of it is done.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from tests.cli.selfdata import Selfdata

ROOT = Path(__file__).resolve().parents[2]


def killed_export(selfdata: Selfdata, out: Path, event: str, name: str, here: Path | None = None) -> None:
    """An export of everything as CSV that is killed there. ``here``: the folder in which the command is given."""
    line = [sys.executable, "-m", "tests.share.killed", event, name, "--", "--vault", str(selfdata.vault)]
    line += ["export", "--target", "csv", "--out", str(out)]
    around = selfdata.environment() | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(line, env=around, cwd=here, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == -signal.SIGKILL, (done.returncode, done.stderr)


def main(arguments: list[str]) -> int:
    """Set the trap, then run the command."""
    wanted, name, rest = arguments[0], arguments[1], arguments[3:]

    def watch(event: str, about: tuple[object, ...]) -> None:
        if event == wanted and isinstance(about[0], str | os.PathLike) and os.fspath(about[0]).endswith(name):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    from vault_app.cli.main import main as selfdata

    return selfdata(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
