"""Room on the disk, before an import begins."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake import room
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise
from vault_app.intake.session import ImportFailed, run_import
from vault_app.vault.vault import Vault


def test_the_members_or_the_archive_bound_what_the_vault_grows_by():
    photos, texts, unknown = [40, 50], [1000, 1000], [10, -1]
    assert room.estimate(100, photos) == 90
    assert room.estimate(100, texts) == 200
    assert room.estimate(100, unknown) == 200


def test_the_margin_and_the_share_of_free_space_decide():
    assert room.fits(1000, 1375)
    assert not room.fits(1000, 1374)


def test_an_import_without_room_for_it_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch):
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    path = tmp_path / "netflix.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ViewingActivity.csv", "Title,Date\n" + "Un film,3/14/24\n" * 50)
        archive.writestr("autre.json", json.dumps(list(range(1000))))
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100))
    changes = vault._writer.total_changes
    with closing_parts([path]) as parts:
        plan = recognise(parts)
        assert plan.understood
        with pytest.raises(ImportFailed) as error:
            run_import(vault, plan)
    assert error.value.reason == "disk-full"
    assert vault._writer.total_changes == changes
    assert vault.imports.running() == vault.imports.complete() == []
    vault.close()
