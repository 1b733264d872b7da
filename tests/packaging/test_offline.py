"""A package without networking: what it may not hold is found, and the application runs without the module ``socket``."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.ui.driven import PHRASE
from tests.vault.bare_vault import QUICK
from vault_app.learn.camille import write_archives
from vault_app.vault.vault import Vault

ROOT = Path(__file__).resolve().parents[2]
STUB = ROOT / "packaging" / "no_network"

START = """
import importlib.abc, runpy, sys
sys.path.insert(0, {stub!r})

class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in {absent!r}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Absent())
import socket
assert socket.__file__.startswith({stub!r}), socket.__file__
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=False)
"""


@pytest.fixture(scope="module")
def offline() -> ModuleType:
    spec = importlib.util.spec_from_file_location("offline", ROOT / "packaging" / "offline.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "name",
    [
        "_internal/_socket.cpython-311-x86_64-linux-gnu.so",
        "_internal/_ssl.pyd",
        "_internal/PySide6/Qt/lib/libQt6Network.so.6",
        "_internal/PySide6/QtNetwork.abi3.so",
        "_internal/PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "_internal/PySide6/Qt/plugins/generic/libqtuiotouchplugin.so",
        "_internal/PySide6/Qt/plugins/platforms/libqvnc.so",
        "_internal/PySide6/Qt/plugins/imageformats/libqsvg.so",
        "_internal/asyncio/events.pyc",
        "_internal/http/client.pyc",
    ],
)
def test_what_a_package_must_not_hold_is_found(offline: ModuleType, tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).touch()
    assert name in list(offline.wrong(tmp_path))
    assert offline.main([str(tmp_path)]) == 1


def test_an_unknown_library_that_names_a_socket_is_found(offline: ModuleType, tmp_path: Path) -> None:
    for name, content in (("libnew.so.1", b"\0socket\0"), ("libX11.so.6", b"\0connect\0"), ("quiet.so", b"\0read\0")):
        (tmp_path / name).write_bytes(content)
    assert list(offline.wrong(tmp_path)) == ["libnew.so.1: names socket, connect or getaddrinfo"]


def test_a_clean_folder_is_clean(offline: ModuleType, tmp_path: Path) -> None:
    for name in ("_internal/PySide6/QtWidgets.abi3.so", "_internal/PySide6/Qt/lib/libQt6Core.so.6", "selfdata"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert offline.main([str(tmp_path)]) == 0


def test_the_libraries_of_the_application_that_stay_in_a_package_name_no_socket(offline: ModuleType) -> None:
    import msgspec
    import nacl
    import numpy as np
    import sqlcipher3

    for module in (msgspec, nacl, np, sqlcipher3):
        found = [line for line in offline.wrong(Path(str(module.__file__)).parent) if "names" in line]
        assert found == [], module.__name__


def without_network(offline: ModuleType, world: Path, *line: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a module of the application in a process that has the stub and none of the absent modules."""
    code = START.format(stub=str(STUB), absent=set(offline.MODULES))
    secret = world / "secret"
    secret.write_text(PHRASE, encoding="utf-8")
    environment = {
        "HOME": str(world),
        "PATH": os.environ.get("PATH", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "QT_QPA_PLATFORM": "offscreen",
        "SELFDATA_PASSWORD_FILE": str(secret),
    }
    command = [sys.executable, "-c", code, *map(str, line)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_runs_with_the_stub_in_place_of_the_socket_module(offline: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "downloads").mkdir()
    archive = write_archives(tmp_path / "downloads")[0]
    for step in (("init",), ("import", str(archive), "--yes"), ("stats",)):
        done = without_network(offline, tmp_path, "vault_app.cli.main", "--vault", tmp_path / "Coffre", *step)
        assert done.returncode == 0, done.stderr


def test_the_window_runs_with_the_stub_and_draws_every_screen(offline: ModuleType, tmp_path: Path) -> None:
    Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault.close()
    steps = "unlock,screens,leave"
    done = without_network(offline, tmp_path, "tests.ui.driven", steps, "--", "--vault", tmp_path / "Coffre")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == steps.split(",")[:-1], done.stderr


def test_the_stub_opens_nothing() -> None:
    spec = importlib.util.spec_from_file_location("stub", STUB / "socket.py")
    assert spec is not None
    assert spec.loader is not None
    stub = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(stub)
    for call in (stub.socket, stub.create_connection, stub.getaddrinfo, stub.socketpair):
        with pytest.raises(OSError, match="no network"):
            call("example.org", 80)
