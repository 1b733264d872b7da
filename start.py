#!/usr/bin/env python3
"""One door for everybody: sets up what is missing, then runs one command. Standard library only.

python3 start.py            open the application; without a screen: walk the main way once on an invented person's
                            archives, print the account, and write a picture of each screen to out/
python3 start.py test       every check: style, types, floors, tests
python3 start.py perf       how fast, against the goals; --large, or numbers of goals (never part of the checks)
python3 start.py promises   whether the vault keeps its promises: power cuts, kills, full disks, damage; --ci, --release
python3 start.py lint       style, types and floors only
python3 start.py shots      a picture of every screen, in French and English, light and dark, to out/shots
python3 start.py i18n       collect the window's sentences for translation and pack the translations
python3 start.py index      write importers/index.json anew, after an importer or its rules have changed
python3 start.py lock       resolve the dependencies anew (for maintainers)
python3 start.py selfdata   the command line (add its own arguments)
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
LOCK = HERE / "requirements.lock"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST = (3, 11)
TOO_OLD = (
    "Il faut Python 3.11 ou plus récent : https://www.python.org/downloads/\n"
    "Python 3.11 or newer is needed: https://www.python.org/downloads/"
)

LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
"""What Qt needs on Linux even without a screen, and the Debian package that brings it."""

DESKTOP = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What a window under X11 needs besides."""


def main(arguments: list[str]) -> int:
    """Set up, then run the named command; returns its exit code."""
    if sys.version_info < OLDEST:
        print(TOO_OLD)
        return 2
    command, rest = (arguments[0], arguments[1:]) if arguments else ("run", [])
    if command in {"-h", "--help", "help"}:
        print(__doc__)
        return 0
    commands = {
        "run": run, "test": test, "lint": lint, "lock": lock, "selfdata": selfdata, "shots": shots, "i18n": i18n,
        "index": index, "perf": perf, "promises": promises,
    }  # fmt: skip
    if command not in commands:
        print(__doc__)
        return 2
    set_up_libraries()
    set_up_environment()
    return commands[command](rest)


def set_up_libraries() -> None:
    """Linux: find the system libraries that Qt needs; name, and where allowed install, the missing ones."""
    if not sys.platform.startswith("linux"):
        return
    wanted = LIBRARIES | (DESKTOP if os.environ.get("DISPLAY") else {})
    packages = [package for library, package in wanted.items() if not loads(library)]
    if not has_venv():
        packages.append("python3-venv")
    if packages:
        install(packages)


def loads(library: str) -> bool:
    """Whether the dynamic loader finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_venv() -> bool:
    """Debian splits ensurepip off into a package of its own."""
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        return False
    return True


def install(packages: list[str]) -> None:
    """Print the apt line; run it when root and nobody can answer, or when the person says yes. Exits otherwise."""
    prefix = [] if getattr(os, "geteuid", lambda: 1)() == 0 else ["sudo"]
    line = [*prefix, "apt-get", "install", "-y", "--no-install-recommends", *packages]
    print("Il manque des bibliothèques du système / System libraries are missing:\n  " + " ".join(line), flush=True)
    if not shutil.which("apt-get"):
        sys.exit(2)
    unattended = not prefix and (os.environ.get("CI") or not sys.stdin.isatty())
    if not unattended and (not sys.stdin.isatty() or input("[O/n] [Y/n] ").strip().lower() not in {"", "o", "y"}):
        sys.exit(2)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run([*prefix, "apt-get", "update", "-qq"], env=quiet, check=False).returncode:
        print("apt-get update: ?", flush=True)
    if subprocess.run(line, env=quiet, check=False, stdout=subprocess.DEVNULL).returncode:
        sys.exit(2)


def set_up_environment() -> None:
    """Make .venv from the lock; nothing to do when the stamps say that it was made from this lock and this project."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    if not is_stamped("packages", LOCK.read_bytes() + sys.version.encode()):
        print("Préparation, une minute environ / Setting up, about a minute ...", flush=True)
        venv.create(VENV, with_pip=True, clear=True)
        step([*pip, "--require-hashes", "--only-binary=:all:", "-r", str(LOCK)])
        stamp("packages", LOCK.read_bytes() + sys.version.encode())
    project = (HERE / "pyproject.toml").read_bytes()
    if not is_stamped("project", project):
        step([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(HERE)])
        stamp("project", project)


def is_stamped(name: str, made_from: bytes) -> bool:
    """Whether a part of .venv was made from these bytes."""
    file = VENV / f".stamp-{name}"
    return file.is_file() and file.read_text() == hashlib.sha256(made_from).hexdigest()


def stamp(name: str, made_from: bytes) -> None:
    """Remember what a part of .venv was made from."""
    (VENV / f".stamp-{name}").write_text(hashlib.sha256(made_from).hexdigest())


def step(line: list[str]) -> None:
    """Run one step of the set-up; leaves with its exit code when it fails."""
    code = subprocess.run(line, cwd=HERE, check=False).returncode
    if code:
        sys.exit(code)


def call(*line: str, **more: str) -> int:
    """Run a command of the environment from the top folder; prints it first. Returns its exit code."""
    print("$ " + " ".join(line), flush=True)
    return subprocess.run([str(PYTHON), *line], cwd=HERE, env=surroundings(**more), check=False).returncode


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a command.

    What Python compiles is kept inside ``.venv``, so that the second start is faster and the tree stays as it is.
    """
    return {**os.environ, "PYTHONPYCACHEPREFIX": str(VENV / "bytecode"), **more}


def run(rest: list[str]) -> int:
    """The window; on a machine without a screen the demonstration, with a picture of each screen in ``out/``."""
    if has_screen():
        return call("-m", "vault_app.ui.app", *rest)
    walked = call("-m", "vault_app.cli.demonstration", *rest)
    pictures = ["--language", "fr", "--mode", "light", "--out", "out"]
    return walked or call("-m", "vault_app.ui.shots", *pictures, QT_QPA_PLATFORM="offscreen")


def has_screen() -> bool:
    """Whether a window can be shown."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def shots(rest: list[str]) -> int:
    """A picture of every screen."""
    return call("-m", "vault_app.ui.shots", *rest, QT_QPA_PLATFORM="offscreen")


def i18n(_rest: list[str]) -> int:
    """Collect sentences into ``resources/i18n/*.ts`` and pack them into ``*.qm``."""
    tools = {name: str(PYTHON.parent / f"pyside6-{name}") for name in ("lupdate", "lrelease")}
    for tongue, place, extra in (("fr", "fr_FR", []), ("en", "en_US", ["-pluralonly"])):
        words = f"resources/i18n/vault_{tongue}"
        source = ["-extensions", "py", "-locations", "none", "-no-obsolete", "-source-language", "en"]
        step([tools["lupdate"], *source, *extra, "-target-language", place, "vault_app/ui", "-ts", f"{words}.ts"])
        step([tools["lrelease"], f"{words}.ts", "-qm", f"{words}.qm"])
    return 0


def index(_rest: list[str]) -> int:
    """Say in ``importers/index.json`` what the importers declare."""
    return call("-m", "importers.registry")


def lint(_rest: list[str]) -> int:
    """Style, types and floors."""
    codes = [
        call("-m", "ruff", "check", "."),
        call("-m", "ruff", "format", "--check", "."),
        call("-m", "mypy"),
        call("-c", "from importlinter.cli import lint_imports_command as lint; lint()"),
    ]
    return int(any(codes))


ALONE = ("tests/ui/test_freezes.py",)
"""What measures how long the window does not answer: nothing else runs meanwhile."""

HALF = ("tests/cli", "tests/intake", "tests/packaging", "tests/ui")
"""About half of the computing: what starts the application. The other half runs beside it, after style and types."""


def test(rest: list[str]) -> int:
    """Everything that CI runs, on two processors at once; with arguments style and types, then one pytest with them."""
    if rest:
        return int(any([lint([]), call("-m", "pytest", *rest, QT_QPA_PLATFORM="offscreen")]))
    codes = [call("-m", "pytest", *ALONE, QT_QPA_PLATFORM="offscreen")]
    with tempfile.TemporaryFile() as said:
        line = [str(PYTHON), "-m", "pytest", *HALF, *(f"--ignore={place}" for place in ALONE)]
        print("$ " + " ".join(line[1:]) + "  # its answer comes last", flush=True)
        half = subprocess.Popen(line, cwd=HERE, env=surroundings(QT_QPA_PLATFORM="offscreen"), stdout=said, stderr=said)
        others = [f"--ignore={place}" for place in HALF]
        codes += [lint([]), call("-m", "pytest", *others, QT_QPA_PLATFORM="offscreen"), half.wait()]
        said.seek(0)
        print("$ " + " ".join(line[1:]) + "\n" + said.read().decode(errors="replace"), flush=True)
    return int(any(codes))


def perf(rest: list[str]) -> int:
    """Measure on invented data; see tests/perf."""
    return call("-m", "tests.perf", *rest)


def promises(rest: list[str]) -> int:
    """Try what the vault promises; see tests/promises."""
    return call("-m", "tests.promises", *rest)


def lock(_rest: list[str]) -> int:
    """uv.lock is the source; requirements.lock is made from it, with hashes. Needs uv."""
    export = ["uv", "export", "--quiet", "--all-groups", "--all-extras", "--no-emit-project", "--no-header"]
    step(["uv", "lock"])
    step([*export, "--format", "requirements-txt", "-o", str(LOCK)])
    return 0


def selfdata(rest: list[str]) -> int:
    """The command line."""
    return call("-m", "vault_app.cli.main", *rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
