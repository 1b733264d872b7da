"""An export holds what was chosen and nothing else, and appears whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.promises import exporting, planted
from tests.promises.exporting import wrongs
from tests.promises.planted import Planted
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import DAY, bring, item, power
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.share import export as room
from vault_app.share import files
from vault_app.share.export import ExportError, export
from vault_app.share.targets import TARGETS
from vault_app.ui.flows.sharing import Sharing
from vault_app.vault import durable, ledger
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

CSV = TARGETS["csv"]
WHOLE = ["dictionary.csv", "facts.csv", "series-01-electricity-power.csv"]


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    bring(made, *(item(n) for n in range(3)), samples=power((DAY, "12"), (2 * DAY, "13.50")))
    yield made
    made.close()


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def ops(vault: Vault) -> list[str]:
    return [line.op for line in ledger.lines(vault.read()) if line.op.startswith("export")]


def test_a_new_or_an_empty_folder_gets_all_files_at_once(vault: Vault, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for out in (tmp_path / "empty", tmp_path / "new" / "deep"):
        receipt = export(vault, Selection(), CSV, out)
        assert names(out) == WHOLE == sorted(file.name for file in receipt.files)
        assert not out.with_name(out.name + ".part").exists()


def test_a_folder_with_other_things_keeps_them_and_takes_two_formats(vault: Vault, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "lettre.txt").write_text("Bonjour", encoding="utf-8")
    export(vault, Selection(), CSV, out)
    export(vault, Selection(), TARGETS["json"], out)
    more = ["dictionary.json", "facts.jsonl", "lettre.txt", "series-01-electricity-power.jsonl"]
    assert names(out) == sorted([*WHOLE, *more])


def test_nothing_is_written_over(vault: Vault, tmp_path: Path) -> None:
    export(vault, Selection(), CSV, tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in WHOLE}
    bring(vault, item(9))
    with pytest.raises(ExportError, match="out-exists"):
        export(vault, Selection(), CSV, tmp_path / "out")
    assert {name: (tmp_path / "out" / name).read_bytes() for name in names(tmp_path / "out")} == before
    assert ops(vault)[-1] == Op.EXPORT_CANCELLED


def test_a_half_export_of_before_is_swept_and_anything_else_is_not(vault: Vault, tmp_path: Path) -> None:
    part = tmp_path / "out.part"
    part.mkdir()
    (part / "facts.csv").write_text("half", encoding="utf-8")
    export(vault, Selection(), CSV, tmp_path / "out")
    assert names(tmp_path / "out") == WHOLE
    other = tmp_path / "other.part"
    other.mkdir()
    (other / "thesis.odt").write_text("mine", encoding="utf-8")
    with pytest.raises(ExportError, match="out-exists"):
        export(vault, Selection(), CSV, tmp_path / "other")
    assert names(other) == ["thesis.odt"]


def test_the_next_sharing_in_a_place_removes_half_exports_and_nothing_else(vault: Vault, tmp_path: Path) -> None:
    for name, file in (
        ("mes-donnees-2025-01-02.part", "facts.csv"),
        ("mes-donnees-2.part", "note.txt"),
        ("b.part", "facts.csv"),
    ):
        (tmp_path / "key" / name).mkdir(parents=True)
        (tmp_path / "key" / name / file).write_text("half", encoding="utf-8")
    _, folder = Sharing(Selection(), place=tmp_path / "key").write(vault)
    assert names(folder) == WHOLE
    assert sorted(path.name for path in (tmp_path / "key").iterdir()) == ["b.part", "mes-donnees-2.part", folder.name]


def test_an_export_that_fails_leaves_nothing(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(files.os, "fsync", full)
        with pytest.raises(ExportError):
            export(vault, Selection(), CSV, tmp_path / "out")
    with monkeypatch.context() as patched:
        patched.setattr(durable, "sync_folder", lambda folder: full(0) if folder == tmp_path else None)
        with pytest.raises(ExportError):
            export(vault, Selection(), CSV, tmp_path / "out")
    assert not list(tmp_path.glob("out*"))
    assert ops(vault) == [Op.EXPORT_PREPARED, Op.EXPORT_CANCELLED] * 2


def test_what_does_not_read_back_is_not_kept(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = files._hash

    def worn(path: Path) -> str:
        path.write_bytes(path.read_bytes().replace(b"watch", b"wabch"))
        return read(path)

    monkeypatch.setattr(files, "_hash", worn)
    with pytest.raises(ExportError, match="export-damaged"):
        export(vault, Selection(), CSV, tmp_path / "out")
    assert not list(tmp_path.glob("out*"))


def test_the_ledger_and_the_receipt_name_the_same_files(vault: Vault, tmp_path: Path) -> None:
    receipt = export(vault, Selection(), CSV, tmp_path / "out")
    line = list(ledger.lines(vault.read()))[-1]
    assert line.op == Op.EXPORT_WRITTEN
    detail: Any = line.detail if isinstance(line.detail, dict) else json.loads(line.detail)
    assert detail["files"] == [[file.rows, file.sha256] for file in receipt.files]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Planted, Path]:
    place = tmp_path_factory.mktemp("planted") / "Coffre"
    return planted.plant(place), place


def test_the_check_sees_a_value_too_many_and_one_too_few(
    world: tuple[Planted, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, place = world
    plan = Selection(sources=("netflix",), text="zeppelin")
    vault = exporting.enter(place, made.code)
    every = facts.facts
    with monkeypatch.context() as patched:
        patched.setattr(room.facts, "facts", lambda vault, _plan: every(vault, Selection(sources=("netflix",))))
        patched.setattr(room.facts, "count", lambda *_: planted.ITEMS)
        receipt = export(vault, plan, CSV, tmp_path / "more")
    assert any("not chosen" in wrong for wrong in wrongs(made, plan, receipt, tmp_path / "more"))
    receipt = export(vault, plan, CSV, tmp_path / "right")
    assert wrongs(made, plan, receipt, tmp_path / "right") == []
    text = (tmp_path / "right" / "facts.csv").read_text("utf-8")
    (tmp_path / "right" / "facts.csv").write_text(re.sub("qz[0-9a-z]{10}", "", text, count=1), encoding="utf-8")
    assert wrongs(made, plan, receipt, tmp_path / "right") == ["1 values that were chosen are missing"]
    vault.leave()


def test_a_person_is_no_reason_to_send_series(world: tuple[Planted, Path], tmp_path: Path) -> None:
    made, place = world
    key = next(key for fact in made.facts for key in fact.people if ":" in key)
    vault = exporting.enter(place, made.code)
    receipt = export(vault, Selection(person=key), CSV, tmp_path / "out")
    assert wrongs(made, Selection(person=key), receipt, tmp_path / "out") == []
    assert [file.name for file in receipt.files] == ["facts.csv", "dictionary.csv"]
    vault.leave()
