"""The real command in a process of its own, with a vault and a profile in a folder of the test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.seen import everything
from tests.vault.bare_vault import QUICK
from vault_app.vault.vault import Vault

PASSPHRASE = "corbeau lampe violet treize"


@dataclass
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The output as one JSON value."""
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        """The output as one JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Selfdata:
    """The command on one vault. ``home`` is the whole world that it may see: profile, temporary folder, vault."""

    home: Path
    prefix: tuple[str, ...] = ()

    @property
    def vault(self) -> Path:
        return self.home / "Coffre"

    def make(self) -> Self:
        """A new vault that is opened with as little computing as the format allows; the command is ``init``."""
        Vault.create(self.vault, PASSPHRASE, profile=QUICK).vault.close()
        return self

    def environment(self) -> dict[str, str]:
        temporary = self.home / "tmp"
        temporary.mkdir(parents=True, exist_ok=True)
        secret = self.home / "secret"
        if not secret.exists():
            secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
        return {
            "HOME": str(self.home),
            "TMPDIR": str(temporary),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "SELFDATA_PASSWORD_FILE": str(secret),
            "LANG": "fr_FR.UTF-8",
            "PATH": os.environ.get("PATH", ""),
            "PYTHONDONTWRITEBYTECODE": "1",
            **({} if sys.pycache_prefix is None else {"PYTHONPYCACHEPREFIX": sys.pycache_prefix}),
        }

    def start(self, *arguments: str, **more: Any) -> subprocess.Popen[str]:
        """Start a command without waiting for it."""
        line = [*self.prefix, sys.executable, "-m", "vault_app.cli.main", "--vault", str(self.vault), *arguments]
        return subprocess.Popen(
            line, env=self.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
        )

    def __call__(self, *arguments: str | Path) -> Answer:
        """Run a command to its end."""
        process = self.start(*map(str, arguments))
        out, err = process.communicate(timeout=280)
        assert "Traceback" not in err, err
        return Answer(process.returncode, out, err)

    def seen(self) -> dict[str, str]:
        """What a person can see of the vault: what undo must give back."""
        vault = Vault.open(self.vault, PASSPHRASE)
        try:
            return everything(vault)
        finally:
            vault.close()
