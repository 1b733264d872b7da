"""The way from a fact to its mail, on the screens that show facts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from importers.records import Kind
from tests.explore.test_letters import bring
from tests.ui.windows import frame_of, go, house_of, press, settle, texts, wait_for, window_over
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore.selection import Selection
from vault_app.ui.screens.search import SearchScreen
from vault_app.ui.screens.timeline import TimelineScreen
from vault_app.ui.settings import Settings
from vault_app.ui.widgets.letters import LettersDialog
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault

BOX = Path(__file__).resolve().parents[1] / "fixtures" / "mail" / "achats.mbox"


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path, settings: Settings) -> Iterator[Window]:
    vault = Vault.create(tmp_path / "vault", PHRASE, profile=QUICK).vault
    bring(vault, BOX)
    with window_over(qapp, vault, settings) as made:
        yield made
    vault.close()


def chosen(window: Window, screen: str, kind: Kind, words: str) -> SearchScreen | TimelineScreen:
    """The first fact of a kind, chosen on a screen."""
    house_of(window).selection = Selection(kinds=(kind,), text=words)
    found = go(window, screen)
    assert isinstance(found, SearchScreen | TimelineScreen)
    wait_for(lambda: found.list.facts.fact(0), "the first page")
    found.list.go_to(0)
    settle(window)
    return found


def dialog_of(window: Window) -> LettersDialog:
    (dialog,) = (child for child in window.findChildren(LettersDialog) if child.isVisible())
    return dialog


def test_a_fact_leads_to_its_mail_by_the_keyboard_and_a_mail_to_its_facts(window: Window) -> None:
    for screen in ("search", "timeline"):
        shown = chosen(window, screen, Kind.PURCHASE, "encre")
        assert shown.letters.isVisible()
        shown.letters.setFocus()
        press(shown.letters, Qt.Key.Key_Space)
        said = texts(dialog_of(window))
        assert "Confirmation de votre commande FR-2026-88412" in said
        assert "Merci ! Total : 41,80 €" in said
        dialog_of(window).accept()
        settle(window)
    shown = chosen(window, "search", Kind.MESSAGE, "see you on saturday")
    assert "3" in shown.letters.text()
    shown.letters.click()
    assert "Quatuor des Marées" in texts(dialog_of(window))
    dialog_of(window).accept()
    settle(window)
    silent = chosen(window, "search", Kind.MESSAGE, "bonnes affaires")
    assert silent.detail.toPlainText()
    assert not silent.letters.isVisible()
    assert frame_of(window).current is silent
