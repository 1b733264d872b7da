"""Nothing leaves the machine: no code for it, no library for it, and no system call in a whole run from end to end."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.selfdata import PASSPHRASE, Selfdata
from vault_app.learn.camille import write_archives

ROOT = Path(__file__).resolve().parents[2]

NETWORK_MODULES = frozenset(
    [
        "_socket",
        "_ssl",
        "aiohttp",
        "asyncio",
        "asyncore",
        "ftplib",
        "http",
        "httpx",
        "imaplib",
        "nntplib",
        "paramiko",
        "poplib",
        "PySide6.QtNetwork",
        "PySide6.QtWebEngineCore",
        "PySide6.QtWebSockets",
        "requests",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "telnetlib",
        "urllib.request",
        "urllib3",
        "websockets",
        "wsgiref",
        "xmlrpc",
    ]
)
"""Modules that can reach a network, with everything inside them."""

NETWORK_LIBRARIES = frozenset(
    [
        "aiohttp",
        "anyio",
        "boto3",
        "certifi",
        "dnspython",
        "grpcio",
        "h11",
        "h2",
        "httpcore",
        "httplib2",
        "httpx",
        "paramiko",
        "pycurl",
        "pyopenssl",
        "requests",
        "sentry-sdk",
        "tornado",
        "twisted",
        "urllib3",
        "websocket-client",
        "websockets",
        "zeroconf",
    ]
)

INTERNET = re.compile(r"AF_(?!UNIX\b|LOCAL\b)[A-Z0-9]+|PF_(?!UNIX\b|LOCAL\b)[A-Z0-9]+")


def imported_modules(source: str) -> Iterator[str]:
    """Every module that a file imports, at the top, late, or by its name as a text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called.endswith(("import_module", "__import__", "find_spec")):
                yield str(node.args[0].value)


def network_modules(source: str) -> set[str]:
    """Those of the imported modules that can reach a network."""
    found = set()
    for module in imported_modules(source):
        parts = module.split(".")
        found |= NETWORK_MODULES & {".".join(parts[:end]) for end in range(1, len(parts) + 1)}
    return found


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "def late():\n    from urllib import request",
        "import http.client as h",
        "from PySide6 import QtNetwork",
        "importlib.import_module('ssl')",
        "__import__('asyncio')",
    ],
)
def test_the_search_for_network_modules_finds_them(line: str) -> None:
    assert network_modules(line)


def test_no_module_of_the_application_imports_anything_that_reaches_a_network() -> None:
    files = [path for room in ("importers", "vault_app") for path in sorted((ROOT / room).rglob("*.py"))]
    assert len(files) > 50
    found = {path.relative_to(ROOT).as_posix(): network_modules(path.read_text(encoding="utf-8")) for path in files}
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_the_lock_file_names_no_network_library() -> None:
    locked = {package["name"].lower() for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]}
    assert "msgspec" in locked
    assert locked & NETWORK_LIBRARIES == set()
    required = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()
    assert set(re.findall(r"^([a-z0-9_.-]+)==", required, re.MULTILINE)) & NETWORK_LIBRARIES == set()


@pytest.fixture(scope="module")
def isolated() -> tuple[str, ...]:
    """The start of a command line that runs the rest in an empty network namespace."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("no network namespaces: not Linux, or no command unshare")
    tried = subprocess.run(["unshare", "-rn", "true"], capture_output=True, text=True, timeout=20, check=False)
    if tried.returncode:
        pytest.skip(f"this machine refuses an empty network namespace: {tried.stderr.strip()[:200]}")
    return ("unshare", "-rn")


@pytest.fixture(scope="module")
def traced(isolated: tuple[str, ...]) -> tuple[str, ...]:
    """The same, with every system call about sockets written to the file that follows."""
    if shutil.which("strace") is None:
        pytest.skip("the command strace is not on this machine")
    line = (*isolated, "strace", "-f", "-A", "-qq", "-e", "trace=socket,socketpair,connect", "-o")
    tried = subprocess.run([*line, "/dev/null", "true"], capture_output=True, text=True, timeout=20, check=False)
    if tried.returncode:
        pytest.skip(f"this machine refuses system-call traces: {tried.stderr.strip()[:200]}")
    return line


def test_a_trace_shows_a_socket_when_there_is_one(traced: tuple[str, ...], tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET6)"
    subprocess.run([*traced, tmp_path / "calls", sys.executable, "-c", code], timeout=60, check=False)
    assert INTERNET.search((tmp_path / "calls").read_text(encoding="ascii"))


def test_the_namespace_of_the_run_is_empty(isolated: tuple[str, ...]) -> None:
    line = [*isolated, "cat", "/proc/net/dev"]
    cards = subprocess.run(line, capture_output=True, text=True, timeout=20, check=True).stdout.splitlines()[2:]
    assert [card.split(":")[0].strip() for card in cards] == ["lo"]


@pytest.mark.slow
def test_a_whole_run_from_end_to_end_opens_no_socket(traced: tuple[str, ...], tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    archives = write_archives(downloads)
    calls = tmp_path / "calls"
    calls.touch()
    prefix = (*traced, str(calls))
    assert Selfdata(tmp_path / "new", prefix=prefix)("init").code == 0
    selfdata = Selfdata(tmp_path / "home", prefix=prefix).make()
    steps: list[tuple[str | Path, ...]] = [
        ("recognise", archives[2]),
        ("import", *archives, "--yes", "--json"),
        ("import", archives[0], "--yes"),
        ("imports",),
        ("items", "--json", "--kind", "listen"),
        ("items", "--count"),
        ("series", "--json"),
        ("series", "electricity-power"),
        ("stats",),
        ("search", "gratin"),
        ("importers",),
        ("targets",),
        ("export", "--target", "csv", "--out", tmp_path / "csv"),
        ("export", "--target", "json", "--out", tmp_path / "json", "--source", "spotify"),
        ("undo", "2"),
        ("verify",),
    ]
    for step in steps:
        answer = selfdata(*step)
        assert answer.code == 0, (step, answer.err)
    trace = calls.read_text(encoding="utf-8", errors="replace")
    assert INTERNET.findall(trace) == []
    assert PASSPHRASE not in trace
