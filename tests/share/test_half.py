"""What an interrupted export left is found by the ledger and deleted; nothing that is not an export's ever is."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.selfdata import PASSPHRASE, Selfdata
from tests.promises.exporting import files_of
from tests.share.killed import killed_export
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import DAY, bring, item, power
from vault_app.explore.selection import Selection
from vault_app.share import half
from vault_app.share.export import ExportError, export
from vault_app.share.half import NotRemoved, halves, remove
from vault_app.share.targets import TARGETS
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

CSV = TARGETS["csv"]
DICTIONARY = ("open", ".part/dictionary.csv")
"""The moment at which facts and series are written and the dictionary is about to be."""

kills = pytest.mark.skipif(sys.platform == "win32", reason="a process there does not die by SIGKILL")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made") / "Coffre"
    vault = Vault.create(place, PASSPHRASE, profile=QUICK).vault
    bring(vault, *(item(n) for n in range(3)), samples=power((DAY, "12"), (2 * DAY, "13.50")))
    vault.close()
    return place


@pytest.fixture
def selfdata(made: Path, tmp_path: Path) -> Selfdata:
    command = Selfdata(tmp_path / "home")
    shutil.copytree(made, command.vault)
    return command


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    bring(made, item(1))
    yield made
    made.close()


def offered(selfdata: Selfdata) -> list[Path]:
    """What the next start finds."""
    vault = Vault.open(selfdata.vault, PASSPHRASE)
    try:
        return list(halves(vault))
    finally:
        vault.close()


def prepared(vault: Vault, out: Path, *names: str) -> Path:
    """The line and the folder that an export leaves which is killed after these files."""
    vault.note(Op.EXPORT_PREPARED, {"items": 1, "target": "csv", "to": str(out)})
    part = out.with_name(out.name + ".part")
    part.mkdir(parents=True)
    for name in names:
        (part / name).write_text("half", encoding="utf-8")
    return part


def found(vault: Vault) -> list[Path]:
    return list(halves(vault))


@kills
def test_what_a_killed_export_left_is_found_and_it_alone_is_deleted(selfdata: Selfdata, tmp_path: Path) -> None:
    place = tmp_path / "clé"
    (place / "autre.part").mkdir(parents=True)
    (place / "autre.part" / "facts.csv").write_text("of no export of this vault", encoding="utf-8")
    before = files_of(place)
    killed_export(selfdata, place / "out", *DICTIONARY)
    assert {path.name for path in (place / "out.part").iterdir()} == {"facts.csv", "series-01-electricity-power.csv"}
    assert offered(selfdata) == [place / "out.part"]
    assert remove(place / "out.part")
    assert [path.name for path in place.iterdir()] == ["autre.part"]
    assert files_of(place) == before
    assert offered(selfdata) == []
    assert not remove(place / "out.part")


@kills
def test_it_is_found_whenever_the_export_was_killed_if_it_is_there(selfdata: Selfdata, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    killed_export(selfdata, tmp_path / "none", "os.mkdir", "none.part")
    assert offered(selfdata) == []
    killed_export(selfdata, first, "open", "first.part/facts.csv")
    killed_export(selfdata, second, "os.rename", "second.part")
    assert offered(selfdata) == [tmp_path / "second.part", tmp_path / "first.part"]
    assert list((tmp_path / "first.part").iterdir()) == []
    assert remove(tmp_path / "first.part")
    assert offered(selfdata) == [tmp_path / "second.part"]


@kills
def test_inside_a_folder_that_holds_other_things_it_is_found_too(selfdata: Selfdata, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "lettre.txt").write_text("Bonjour", encoding="utf-8")
    killed_export(selfdata, out, *DICTIONARY)
    assert offered(selfdata) == [out / "export.part"]
    assert remove(out / "export.part")
    assert files_of(out) == {"lettre.txt": b"Bonjour"}
    assert [path.name for path in out.iterdir()] == ["lettre.txt"]


@kills
def test_a_place_that_was_named_from_another_folder_is_found(selfdata: Selfdata, tmp_path: Path) -> None:
    (tmp_path / "là").mkdir()
    killed_export(selfdata, Path("out"), *DICTIONARY, here=tmp_path / "là")
    assert offered(selfdata) == [tmp_path / "là" / "out.part"]


@kills
def test_verify_names_it_once_and_the_next_export_there_ends_that(selfdata: Selfdata, tmp_path: Path) -> None:
    killed_export(selfdata, tmp_path / "out", *DICTIONARY)
    told = selfdata("verify")
    assert told.code == 0
    assert told.out.count("out.part") == 1
    assert told.out.splitlines()[-1].startswith("Un export a été interrompu : le dossier « ")
    assert selfdata("verify", "--json").json()["half_exports"] == [str(tmp_path / "out.part")]
    assert selfdata("export", "--target", "csv", "--out", tmp_path / "out").code == 0
    assert selfdata("verify", "--json").json()["half_exports"] == []
    assert "interrompu" not in selfdata("verify").out


def test_an_export_that_ended_or_was_given_up_offers_nothing(vault: Vault, tmp_path: Path) -> None:
    for name in ("well", "taken"):
        export(vault, Selection(), CSV, tmp_path / name)
    with pytest.raises(ExportError):
        export(vault, Selection(), CSV, tmp_path / "taken")
    for place in (tmp_path / "well.part", tmp_path / "taken.part", tmp_path / "taken" / "export.part"):
        place.mkdir()
        (place / "facts.csv").write_text("somebody's", encoding="utf-8")
    assert found(vault) == []
    half_one = prepared(vault, tmp_path / "half", "facts.csv")
    export(vault, Selection(), CSV, tmp_path / "after")
    assert found(vault) == [half_one]


@pytest.mark.parametrize("name", ["lettre.txt", "facts.csv.bak", "thesis.odt", ".hidden"])
def test_a_folder_with_something_else_in_it_is_neither_offered_nor_touched(
    vault: Vault, tmp_path: Path, name: str
) -> None:
    part = prepared(vault, tmp_path / "out", "facts.csv", name)
    before = files_of(part)
    assert found(vault) == []
    with pytest.raises(NotRemoved, match="half-holds-more"):
        remove(part)
    assert files_of(part) == before


def test_a_folder_inside_it_is_something_else(vault: Vault, tmp_path: Path) -> None:
    part = prepared(vault, tmp_path / "out", "facts.csv")
    (part / "dictionary.csv").mkdir()
    assert found(vault) == []
    with pytest.raises(NotRemoved, match="half-holds-more"):
        remove(part)
    assert {path.name for path in part.iterdir()} == {"facts.csv", "dictionary.csv"}


def test_links_are_not_followed(vault: Vault, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "facts.csv").write_text("mine", encoding="utf-8")
    part = prepared(vault, tmp_path / "out")
    part.rmdir()
    part.symlink_to(mine)
    inner = prepared(vault, tmp_path / "other", "dictionary.csv")
    (inner / "facts.csv").symlink_to(mine / "facts.csv")
    assert found(vault) == []
    for place in (part, inner):
        with pytest.raises(NotRemoved, match="half-holds-more"):
            remove(place)
    assert part.is_symlink()
    assert {path.name for path in inner.iterdir()} == {"facts.csv", "dictionary.csv"}
    assert (mine / "facts.csv").read_text("utf-8") == "mine"


def test_a_place_that_is_away_is_passed_over_and_offered_when_it_is_back(vault: Vault, tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    part = prepared(vault, drive / "out", "facts.csv")
    drive.rename(tmp_path / "away")
    assert found(vault) == []
    assert not remove(part)
    (tmp_path / "away").rename(drive)
    assert found(vault) == [part]


def test_places_that_are_none_are_passed_over(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "near.part").mkdir()
    (tmp_path / "export.part").mkdir()
    odd: list[dict[str, object]] = [{"to": to} for to in ("near", "", "/", "a\0b", "/" + "x" * 5_000, 7, None, ["/"])]
    for detail in [*odd, {}, {"to": "/\udcff\0"}]:
        vault.note(Op.EXPORT_PREPARED, detail)
    assert found(vault) == []


def test_only_the_newest_lines_are_looked_at(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(vault, tmp_path / "old", "facts.csv")
    new = prepared(vault, tmp_path / "new", "facts.csv")
    monkeypatch.setattr(half, "MOST", 1)
    assert found(vault) == [new]


def test_a_place_is_offered_once_however_often_it_was_tried(vault: Vault, tmp_path: Path) -> None:
    part = prepared(vault, tmp_path / "out", "facts.csv")
    vault.note(Op.EXPORT_PREPARED, {"items": 1, "target": "csv", "to": str(tmp_path / "out")})
    assert found(vault) == [part]


def test_a_system_that_refuses_is_a_reason_and_what_is_left_is_offered_again(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = prepared(vault, tmp_path / "out", "facts.csv", "dictionary.csv")

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rmdir", refuse)
        with pytest.raises(NotRemoved, match="half-not-removed"):
            remove(part)
    assert found(vault) == [part]
    assert remove(part)


def test_the_ledger_names_the_place_before_anything_stands_there(vault: Vault, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    with pytest.raises(ExportError):
        export(vault, Selection(), CSV, blocked / "out")
    lines = [line for line in half.ledger.lines(vault.read()) if line.op == Op.EXPORT_PREPARED]
    assert [line.detail for line in lines] == [{"items": 1, "target": "csv", "to": str(blocked / "out")}]
