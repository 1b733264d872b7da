"""How an archive differs travels from the reading process to the account: checked on the way, told without a value."""

from __future__ import annotations

import io
import shutil
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from importers.drift.drift import Drift, Missing, New
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake import drifts
from vault_app.intake.frames import Drifted, FrameError, receive, send
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import run_import
from vault_app.vault.account import Account
from vault_app.vault.vault import Vault

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
HONEST = Drift(
    "netflix.viewing_history",
    1,
    (New("", "Rating Given", "text", 100), New("", "", "mixed", 10)),
    (Missing("", "Date"),),
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()


def imported(vault: Vault, path: Path) -> Account:
    with closing_parts([path]) as parts:
        return run_import(vault, recognise(parts))


def test_an_honest_drift_comes_through_whole() -> None:
    pipe = io.BytesIO()
    send(pipe, drifts.as_frame(HONEST))
    pipe.seek(0)
    (found,) = receive(pipe)
    assert isinstance(found, Drifted)
    assert drifts.checked(found) == HONEST


@pytest.mark.parametrize(
    "change",
    [
        {"reader": "nobody.nothing"},
        {"new": [("/secret", "Name", "text", 1)]},
        {"new": [("", "zoe@exemple.org", "text", 1)]},
        {"new": [("", "06 12 34 56 78", "text", 1)]},
        {"new": [("", "Name", "verse", 1)]},
        {"new": [("", "Name", "text", 42)]},
        {"new": [("", "Name", "text", 0)]},
        {"missing": [("", "Zoé")]},
        {"missing": [("/secret", "Date")]},
    ],
)
def test_a_reading_process_that_tells_more_than_it_may_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(FrameError):
        drifts.checked(msgspec.structs.replace(drifts.as_frame(HONEST), **change))


def test_the_description_is_toml_of_names_and_rounded_counts() -> None:
    found = tomllib.loads(drifts.description((HONEST,), "1.2", "2026-11"))
    assert found == {
        "drift": 1,
        "application": "1.2",
        "month": "2026-11",
        "reader": [
            {
                "id": "netflix.viewing_history",
                "files": "1",
                "new": [
                    {"place": "", "name": "Rating Given", "type": "text", "count": "100+"},
                    {"place": "", "unnamed": True, "type": "mixed", "count": "10+"},
                ],
                "missing": [{"place": "", "name": "Date"}],
            }
        ],
    }
    assert drifts.counted((HONEST,)) == (2, 1)


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0"), (1, "1"), (2, "2+"), (9, "2+"), (10, "10+"), (99, "10+"), (123456, "100000+")]
)
def test_counts_are_rounded(count: int, told: str) -> None:
    assert drifts.about(count) == told


def test_a_changed_archive_is_told_in_its_account_and_an_unchanged_one_is_not(vault: Vault, tmp_path: Path) -> None:
    same = imported(vault, FIXTURES / "imdb" / "ratings.csv")
    assert same.drift == []
    changed = tmp_path / "ratings.csv"
    lines = (FIXTURES / "imdb" / "ratings.csv").read_text(encoding="utf-8").splitlines()
    changed.write_text("\n".join([f"{lines[0]},Mood Then", *(f"{line},calm" for line in lines[1:])]), encoding="utf-8")
    account = imported(vault, changed)
    assert account.drift == [Drift("imdb.ratings", 1, (New("", "Mood Then", "text", 1),), ())]
    assert vault.imports.account(account.id).drift == account.drift
    kept = " ".join(details for (details,) in vault.read().execute("SELECT details FROM added"))
    assert kept.count("Mood Then") == len(lines) - 1


def test_what_a_database_has_got_is_told_in_its_account(vault: Vault, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    shutil.copytree(FIXTURES / "browsers" / "profile", profile)
    with closing(sqlite3.connect(profile / "places.sqlite")) as base:
        base.execute("ALTER TABLE moz_places ADD COLUMN mood_then INTEGER")
        base.commit()
    (drift,) = imported(vault, profile).drift
    assert (drift.reader, drift.missing) == ("firefox.places", ())
    assert drift.new == (New("|moz_places|", "mood_then", "number", 1),)


def test_an_account_of_before_has_none(vault: Vault) -> None:
    account = imported(vault, FIXTURES / "imdb" / "ratings.csv")
    plain = {name: value for name, value in msgspec.to_builtins(account).items() if name != "drift"}
    assert msgspec.convert(plain, Account).drift == []


def test_files_that_the_parent_serves_are_heard_as_well(vault: Vault, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "listenbrainz", tmp_path / "folder", ignore=shutil.ignore_patterns("*.golden.jsonl"))
    for path in (tmp_path / "folder").rglob("*.jsonl"):
        path.write_text(path.read_text("utf-8").replace('{"listened_at"', '{"heard_on": "x", "listened_at"'), "utf-8")
    account = imported(vault, tmp_path / "folder")
    assert [(one.place, one.name) for drift in account.drift for one in drift.new] == [("[]", "heard_on")]
