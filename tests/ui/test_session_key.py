"""The session's keyring in the window: off, never on a shared computer, an extra way that can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.test_accessibility import nameless
from tests.ui.test_sizes import sideways, wrong_sizes
from tests.ui.windows import closed_window, go, house_of, settle, texts, wait_for
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app import words
from vault_app.ui.screens.entrance import Entrance
from vault_app.ui.screens.security import SecurityScreen
from vault_app.ui.screens.unlock import AFTER_PAINT, Unlock
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window
from vault_app.vault import slots, system_keyring
from vault_app.vault.vault import Vault


@pytest.fixture
def place(tmp_path: Path, settings: Settings) -> Path:
    Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault.close()
    settings.vault = tmp_path / "Coffre"
    return tmp_path / "Coffre"


@pytest.fixture
def window(qapp: QApplication, place: Path, settings: Settings, keyring_session: None) -> Iterator[Window]:
    with closed_window(qapp, settings) as made:
        made.open(Vault.open(place, PHRASE))
        settle(made)
        yield made


def security(window: Window) -> SecurityScreen:
    screen = go(window, "security")
    assert isinstance(screen, SecurityScreen)
    return screen


def unlock(window: Window) -> Unlock:
    shown = window.centralWidget()
    assert isinstance(shown, Entrance)
    page = shown.show_unlock()
    settle(window)
    return page


def test_it_is_off_and_switched_on_and_off_again(window: Window, place: Path) -> None:
    key = security(window).session_key
    assert key.isVisible()
    assert not key.on.isChecked()
    assert not slots.has_keyring(place)
    key.on.click()
    settle(window)
    assert key.on.isChecked()
    assert slots.has_keyring(place)
    assert not wrong_sizes(window) + sideways(window) + nameless(window)
    key.on.click()
    settle(window)
    assert not key.on.isChecked()
    assert not slots.has_keyring(place)


def test_the_entrance_offers_it_where_the_vault_has_it_and_it_opens(
    qapp: QApplication, place: Path, settings: Settings, keyring_session: None
) -> None:
    with closed_window(qapp, settings) as window:
        page = unlock(window)
        QTest.qWait(2 * AFTER_PAINT)
        settle(window)
        assert not page.session.isVisible()
    vault = Vault.open(place, PHRASE)
    slots.add_keyring(vault)
    vault.close()
    with closed_window(qapp, settings) as window:
        page = unlock(window)
        wait_for(page.session.isVisible, "the offer")
        page.session.click()
        wait_for(lambda: window.house, "the vault")
        settle(window)
        assert house_of(window).vault.folder.root == place


@pytest.mark.parametrize("answers", [True, False])
def test_a_new_key_takes_the_old_secret_out_of_the_keyring_or_says_that_it_could_not(
    window: Window, place: Path, monkeypatch: pytest.MonkeyPatch, *, answers: bool
) -> None:
    screen, vault = security(window), house_of(window).vault
    slots.add_keyring(vault)
    vault_id = vault.inside.header.vault_id
    assert system_keyring.find(vault_id) is not None
    with monkeypatch.context() as context:
        if not answers:
            context.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        screen.new_key.wanted.emit(PHRASE, False)
        wait_for(lambda: window.rekeying is not None and not window.rekeying.running, "the new key")
    assert not slots.has_keyring(place)
    assert (system_keyring.find(vault_id) is None) is answers
    assert ("trousseau" in texts(window)) is not answers


def test_a_secret_that_is_gone_is_told_and_the_passphrase_still_opens(
    qapp: QApplication, place: Path, settings: Settings, keyring_session: None
) -> None:
    vault = Vault.open(place, PHRASE)
    slots.add_keyring(vault)
    system_keyring.forget(vault.inside.header.vault_id)
    vault.close()
    with closed_window(qapp, settings) as window:
        page = unlock(window)
        wait_for(page.session.isVisible, "the offer")
        page.session.click()
        settle(window)
        assert page.problem.text() == words.sentence("errors", "no-keyring", "fr")
        assert not page.keyboard.isVisible()
        page.field.setText(PHRASE)
        page.go.click()
        wait_for(lambda: window.house, "the vault")
        settle(window)


def test_a_refusing_keyring_is_told_and_nothing_changes(
    window: Window, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = security(window).session_key
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    key.on.click()
    settle(window)
    assert not key.on.isChecked()
    assert "trousseau" in key.problem.text()
    assert not slots.has_keyring(place)


@pytest.mark.parametrize("why", ["no session", "shared computer"])
def test_where_it_does_not_belong_it_is_not_shown(
    qapp: QApplication,
    place: Path,
    settings: Settings,
    keyring_session: None,
    monkeypatch: pytest.MonkeyPatch,
    why: str,
) -> None:
    vault = Vault.open(place, PHRASE)
    slots.add_keyring(vault)
    vault.close()
    if why == "no session":
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    else:
        settings.key = place.parent
    with closed_window(qapp, settings) as window:
        page = unlock(window)
        QTest.qWait(2 * AFTER_PAINT)
        settle(window)
        assert not page.session.isVisible()
        window.open(Vault.open(place, PHRASE))
        settle(window)
        assert not security(window).session_key.isVisible()
