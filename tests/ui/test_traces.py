"""Nothing is left outside the vault folder: not by the window, not by the command, not after a kill."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

import pytest

from tests.cli.selfdata import Selfdata
from tests.ui.driven import PHRASE
from tests.vault.bare_vault import QUICK
from vault_app.learn.camille import write_archives
from vault_app.learn.left_trials import PREFIX, sweep
from vault_app.vault.lock import VaultLock
from vault_app.vault.session_folder import SessionFolder
from vault_app.vault.vault import Vault

ROOT = Path(__file__).resolve().parents[2]

SETTINGS = {"home/.config", "home/.config/selfdata", "home/.config/selfdata/selfdata.ini"}
"""The one file that the window keeps of its own, with its folders."""

Listing = dict[str, tuple[int, int]]


def listing(place: Path) -> Listing:
    """Every file and folder below a place: size and time of change of files, for folders only that they are there."""
    found = {}
    for path in sorted(place.rglob("*")):
        status = path.lstat()
        found[path.relative_to(place).as_posix()] = (0, 0) if path.is_dir() else (status.st_size, status.st_mtime_ns)
    return found


def changes(before: Listing, after: Listing) -> set[str]:
    """Names that were created, changed or removed."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@dataclass(frozen=True)
class Person:
    """A computer of one person: a home with some files, and a temporary folder; the vault lies beside."""

    world: Path
    program: Path = ROOT

    @property
    def vault(self) -> Path:
        return self.world / "key" / "Coffre"

    def start(self, steps: str, *arguments: str | Path) -> subprocess.Popen[str]:
        """The application with steps of ``tests.ui.driven``."""
        line = [sys.executable, "-m", "tests.ui.driven", steps, "--", *map(str, arguments)]
        environment = {
            "HOME": str(self.world / "home"),
            "TMPDIR": str(self.world / "home" / "tmp"),
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join([str(self.program), str(ROOT)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "LANG": "fr_FR.UTF-8",
        }
        return subprocess.Popen(line, env=environment, cwd=self.program, stdout=subprocess.PIPE, text=True)

    def run(self, steps: str, *arguments: str | Path) -> None:
        """The same to its end."""
        with self.start(steps, *arguments) as process:
            watch = Timer(60, process.kill)
            watch.start()
            out, _ = process.communicate()
            watch.cancel()
        assert process.returncode == 0, out
        assert out.split() == steps.split(",")[:-1], "all steps but the last, which ends it"

    def run_until_killed(self, steps: str, word: str, *arguments: str | Path) -> None:
        """The same, killed as soon as it says a word."""
        with self.start(steps, *arguments) as process:
            assert process.stdout is not None
            watch = Timer(60, process.kill)
            watch.start()
            assert any(line.strip() == word for line in process.stdout)
            process.kill()
            watch.cancel()


@pytest.fixture
def person(tmp_path: Path) -> Person:
    for name in ("home/tmp", "home/Documents", "home/Downloads", "key"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "home/Documents/lettre.txt").write_text("Bonjour", encoding="utf-8")
    Vault.create(tmp_path / "key" / "Coffre", PHRASE, profile=QUICK).vault.close()
    return Person(tmp_path)


def test_a_whole_run_of_the_window_changes_nothing_but_its_settings(person: Person) -> None:
    before = listing(person.world)
    person.run("unlock,screens,pick,leave", "--vault", person.vault)
    changed = changes(before, listing(person.world))
    outside = {name for name in changed if not name.startswith("key/Coffre/")}
    assert outside == SETTINGS
    assert not (person.vault / "session").exists()


@pytest.mark.slow
def test_on_a_shared_computer_everything_lies_on_the_key_and_no_folder_is_left(person: Person) -> None:
    program = person.world / "key" / "programme"
    for name in ("vault_app", "importers", "resources"):
        shutil.copytree(ROOT / name, program / name, ignore=shutil.ignore_patterns("__pycache__", "samples"))
    (program / "portable.txt").touch()
    shared = Person(person.world, program)
    before = listing(person.world)
    shared.run_until_killed("trial,screens,wait", "waiting")
    assert list((program / "session").iterdir())
    assert {name.split("/")[0] for name in changes(before, listing(person.world))} == {"key"}
    shared.run("unlock,screens,leave", "--vault", shared.vault)
    assert {name for name in changes(before, listing(person.world)) if not name.startswith("key/Coffre/")} == {
        "key/programme/selfdata.ini"
    }


def test_what_a_killed_window_left_lies_in_the_vault_and_the_next_start_sweeps_it(person: Person) -> None:
    before = listing(person.world)
    person.run_until_killed("unlock,wait", "waiting", "--vault", person.vault)
    killed = changes(before, listing(person.world))
    assert killed
    assert {name for name in killed if not name.startswith("key/Coffre/")} <= SETTINGS
    assert (person.vault / "session").is_dir()
    person.run("unlock,leave", "--vault", person.vault)
    assert not (person.vault / "session").exists()


def test_a_whole_run_of_the_command_changes_nothing_but_the_vault(tmp_path: Path) -> None:
    selfdata = Selfdata(tmp_path / "home")
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    archives = write_archives(downloads)
    selfdata.environment()
    before = listing(tmp_path)
    for step in (("init",), ("import", archives[0], "--yes"), ("stats",)):
        assert selfdata(*step).code == 0
    assert {name for name in changes(before, listing(tmp_path)) if not name.startswith("home/Coffre/")} == {
        "home/Coffre"
    }


def test_a_session_gives_the_environment_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLCONFIGDIR", "/somewhere")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    before, temporary = dict(os.environ), tempfile.gettempdir()
    session = SessionFolder()
    session.refuse_caches()
    assert session.into(tmp_path)
    assert Path(tempfile.gettempdir()).is_relative_to(tmp_path)
    assert Path(os.environ["XDG_CACHE_HOME"]).is_dir()
    session.end()
    assert (dict(os.environ), tempfile.gettempdir()) == (before, temporary)
    assert list(tmp_path.iterdir()) == []


def test_a_second_session_leaves_the_first_alone_until_it_sweeps(tmp_path: Path) -> None:
    first, second = SessionFolder(), SessionFolder()
    first.into(tmp_path)
    second.into(tmp_path)
    first.end()
    assert second.place is not None
    assert second.place.is_dir()
    first.into(tmp_path)
    assert second.sweep() == 1
    second.end()
    assert list(tmp_path.iterdir()) == []
    first.end()


def test_a_session_refuses_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "session").write_bytes(b"")
    session = SessionFolder()
    assert not session.into(tmp_path)
    assert session.place is None
    session.end()


def test_trials_that_nobody_holds_are_swept_and_others_are_not(tmp_path: Path) -> None:
    left, held, new = (tmp_path / f"{PREFIX}{name}" for name in ("left", "held", "new"))
    for place in (left, held):
        (place / "vault").mkdir(parents=True)
        VaultLock(place / "vault" / "lock").release()
    new.mkdir()
    with VaultLock(held / "vault" / "lock"):
        assert sweep(tmp_path) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([held.name, new.name])
