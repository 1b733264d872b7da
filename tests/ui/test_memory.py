"""After a lock nothing of what was shown is left in the process: it was replaced. Its whole memory is searched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.driven import PHRASE
from tests.ui.windows import closed_window, settings_in, wait_for
from tests.vault.bare_vault import QUICK
from vault_app.intake.handles import closing_parts, together
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.ui import lock_reasons
from vault_app.ui.screens.entrance import Entrance
from vault_app.vault.vault import Vault

ROOT = Path(__file__).resolve().parents[2]
TOKENS = 1000


def token(number: int) -> str:
    """A word that stands nowhere else."""
    return f"zq{number:04d}xk"


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A closed vault with a token in each of its facts."""
    archive = tmp_path / "agenda.ics"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for number in range(TOKENS):
        day = f"2024{number % 12 + 1:02d}{number % 28 + 1:02d}"
        lines += ["BEGIN:VEVENT", f"UID:{number}@example.org", f"DTSTART:{day}T100000Z"]
        lines += [f"SUMMARY:Rencontre {token(number)}", "END:VEVENT"]
    archive.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    for paths in together([archive]):
        with closing_parts(paths) as parts:
            run_import(made, recognise(parts))
    made.close()
    archive.unlink()
    return tmp_path / "Coffre"


def memory(process: int) -> Iterator[bytes]:
    """Every readable piece of a process's memory. Raises PermissionError where the system does not let us."""
    with (
        Path(f"/proc/{process}/maps").open(encoding="utf-8") as maps,
        Path(f"/proc/{process}/mem").open("rb", 0) as mem,
    ):
        for line in maps:
            span, rights, *rest = line.split()
            if "r" not in rights or "[v" in "".join(rest):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            if end - start > 256 << 20:
                continue
            try:
                mem.seek(start)
                yield mem.read(end - start)
            except OSError:
                continue


SECRETS = re.compile(
    b"|".join(
        [rb"zq\d{4}xk", rb"z\0q\0(?:\d\0){4}x\0k", re.escape(PHRASE.encode()), re.escape(PHRASE.encode("utf-16-le"))]
    )
)
"""Tokens and passphrase, in UTF-8 and in Qt's own UTF-16."""


def found(process: int) -> set[bytes]:
    """Which secrets stand in a process's memory."""
    return {hit.replace(b"\0", b"") for piece in memory(process) for hit in SECRETS.findall(piece)}


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="the process hides its memory: only root")
def test_after_a_lock_no_fact_and_no_passphrase_is_in_memory(vault: Path, tmp_path: Path) -> None:
    environment = {
        "HOME": str(tmp_path),
        "PATH": os.environ.get("PATH", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "fr_FR.UTF-8",
    }
    options = ["--vault", str(vault), "--settings", str(tmp_path / "settings.ini")]
    line = [sys.executable, "-m", "tests.ui.driven", "unlock,screens,ask,lock", "--", *options]
    with subprocess.Popen(
        line, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        watch = Timer(60, process.kill)
        watch.start()
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            assert any(said.strip() == "waiting" for said in process.stdout)
            try:
                before = found(process.pid)
            except PermissionError as error:
                pytest.skip(f"this machine lets nobody read a process's memory: {error}")
            assert len(before) > 20, "the search finds what is shown: else it would prove nothing"
            process.stdin.write("\n")
            process.stdin.flush()
            _wait_until_replaced(process.pid)
            assert found(process.pid) == set()
        finally:
            watch.cancel()
            process.kill()
            process.stdin.close()


def _wait_until_replaced(process: int) -> None:
    """Until the command line is the application's own, and its entrance has drawn."""
    deadline = time.monotonic() + 30
    while b"vault_app.ui.app" not in Path(f"/proc/{process}/cmdline").read_bytes():
        assert time.monotonic() < deadline, "the process was never replaced"
        time.sleep(0.02)
    while not any(b"libQt6Widgets" in line for line in Path(f"/proc/{process}/maps").read_bytes().splitlines()):
        assert time.monotonic() < deadline, "the new process never drew"
        time.sleep(0.02)


def test_a_key_that_is_pulled_out_locks_and_waits_for_its_return(
    qapp: QApplication, vault: Path, tmp_path: Path
) -> None:
    settings, again = settings_in(tmp_path), []
    settings.vault = vault
    away = vault.with_name("elsewhere")
    with closed_window(qapp, settings, lambda: again.append(True)) as window:
        window.open(Vault.open(vault, PHRASE))
        vault.rename(away)
        wait_for(lambda: again, "the window to see that the folder has gone", 5_000)
        assert window.house is None
        assert window.frame is None
        assert settings.vanished
    with closed_window(qapp, settings) as window:
        entrance = window.centralWidget()
        assert isinstance(entrance, Entrance)
        assert entrance.unlock is not None
        assert not entrance.unlock.field.isEnabled()
        away.rename(vault)
        wait_for(entrance.unlock.field.isEnabled, "the field to come back", 5_000)
        entrance.unlock.field.setText(PHRASE)
        entrance.unlock.go.click()
        wait_for(lambda: window.house, "the vault")
        assert not settings.vanished


def test_waking_up_locks_and_a_slow_minute_does_not(qapp: QApplication) -> None:
    sleep, woken = lock_reasons.Sleep(), []
    sleep.woke.connect(lambda: woken.append(True))
    now = lock_reasons.gap()
    for ahead, expected in ((0.5, 0), (1.0, 0), (3600.0, 1), (3600.0, 1), (7200.0, 2)):
        sleep.compare(now + ahead)
        assert len(woken) == expected
    sleep.stop()


def test_minimising_locks_only_when_asked_to(qapp: QApplication, vault: Path, tmp_path: Path) -> None:
    settings, again = settings_in(tmp_path), []
    with closed_window(qapp, settings, lambda: again.append(True)) as window:
        window.open(Vault.open(vault, PHRASE))
        window.showMinimized()
        qapp.processEvents()
        assert window.house is not None
        window.showNormal()
        settings.lock_minimised = True
        window.showMinimized()
        wait_for(lambda: again, "the lock", 5_000)
        assert window.house is None


def test_a_shared_computer_locks_sooner(tmp_path: Path) -> None:
    from vault_app.ui.settings import Settings

    assert Settings(tmp_path / "a.ini").idle_minutes == 5
    assert Settings(tmp_path / "b.ini", key=tmp_path).idle_minutes == 2
    assert Settings(tmp_path / "b.ini", key=tmp_path).shared
