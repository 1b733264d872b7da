"""Nothing is left outside the vault folder: not by the window, not by the command, not after a kill."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.cli.selfdata import Selfdata
from tests.ui.driven import PHRASE
from tests.ui.person import Person, changes, listing, shared_program
from tests.vault.bare_vault import QUICK
from vault_app.learn.camille import write_archives
from vault_app.learn.left_trials import PREFIX, sweep
from vault_app.vault.lock import VaultLock
from vault_app.vault.session_folder import SessionFolder
from vault_app.vault.vault import Vault

SETTINGS = {"home/.config", "home/.config/selfdata", "home/.config/selfdata/selfdata.ini"}
"""The one file that the window keeps of its own, with its folders."""


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
    shared = shared_program(person)
    program = shared.program
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
