"""After an import: what the archive has that was not known is said, can be read, and saved without a value."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.drift.learned import FIXTURES
from tests.ui.windows import button_called, go, house_of, settle, texts, window_over
from vault_app.ui import picker
from vault_app.ui.settings import Settings
from vault_app.vault.vault import Vault


def test_a_changed_archive_is_told_in_its_account_and_the_text_is_saved(
    qapp: QApplication, camille: Vault, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (FIXTURES / "imdb" / "ratings.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{lines[0]},Mood Then,zoe@exemple.org", *(f"{line},calme,4" for line in lines[1:])]
    (tmp_path / "ratings.csv").write_text("\n".join(lines).replace("Genres", "Sorts"), encoding="utf-8")
    saved = tmp_path / "texte.toml"
    monkeypatch.setattr(picker, "choose_new_file", lambda *_: saved)
    with window_over(qapp, camille, settings) as window:
        house = house_of(window)
        (arrival,) = house.finds.add([tmp_path / "ratings.csv"])
        settle(window)
        house.finds.shown = arrival
        page = go(window, "bring-in")
        button_called(page, "Importer").click()
        settle(window)
        assert "3 champs que cette version ne connaissait pas" in texts(page)
        assert "1 champ qui vient d’habitude n’est pas venu" in texts(page)
        assert "Mood Then" not in texts(page)
        button_called(page, "Voir ce qui a changé").click()
        settle(window)
        assert "Mood Then" in texts(page)
        if os.environ.get("SHOTS"):
            window.grab().save(str(Path(os.environ["SHOTS"], "drift.png")))
        button_called(page, "Enregistrer ce texte…").click()
        settle(window)
        (reader,) = tomllib.loads(saved.read_text(encoding="utf-8"))["reader"]
        assert [one.get("name") for one in reader["new"]] == ["Mood Then", "Sorts", None]
        assert reader["missing"] == [{"place": "", "name": "Genres"}]
        assert "zoe" not in saved.read_text(encoding="utf-8")
        house.finds.undo(arrival, "undo")
        settle(window)
