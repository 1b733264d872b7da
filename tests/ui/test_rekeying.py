"""A new data key from the security screen: nothing else is shown meanwhile, and the vault locks afterwards."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.test_accessibility import nameless
from tests.ui.test_sizes import sideways, speaking, wrong_sizes
from tests.ui.windows import button_called, closed_window, frame_of, go, house_of, settings_in, settle, wait_for
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, content, item
from tests.vault.lives import bring_files
from vault_app.ui.screens.rekeying import Rekeying
from vault_app.ui.screens.security import SecurityScreen
from vault_app.ui.settings import Settings
from vault_app.ui.widgets.code_shown import CodeShown
from vault_app.ui.window import Window
from vault_app.vault import ledger
from vault_app.vault.errors import BadRescueCode, WrongPassword
from vault_app.vault.ledger import Op
from vault_app.vault.vault import Vault

NEW = "une autre phrase bien longue"
PHOTO = secrets.token_bytes(200_000)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A closed vault with facts and a photo; its rescue code lies beside it."""
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK)
    bring(made.vault, *(item(number) for number in range(3)))
    bring_files(made.vault, PHOTO)
    made.vault.close()
    (tmp_path / "code").write_text(made.rescue_code)
    return tmp_path / "Coffre"


@pytest.fixture
def again() -> list[str]:
    """What was asked of the process."""
    return []


@pytest.fixture
def window(qapp: QApplication, place: Path, settings: Settings, again: list[str]) -> Iterator[Window]:
    settings.vault = place
    with closed_window(qapp, settings, lambda: again.append("relaunch")) as made:
        made.open(Vault.open(place, PHRASE))
        settle(made)
        yield made


def asked(window: Window, phrase: str = NEW, *, deep: bool = True) -> SecurityScreen:
    """The form on the security screen, filled in and sent."""
    screen = go(window, "security")
    assert isinstance(screen, SecurityScreen)
    form = screen.new_key
    assert not form.form.isVisible()
    form.ask.click()
    form.deep.setChecked(deep)
    form.phrase.first.setText(phrase)
    form.phrase.second.setText(phrase)
    button_called(form, "Faire la nouvelle clé").click()
    return screen


def page_of(window: Window) -> Rekeying:
    assert window.rekeying is not None, "the key is made on a page of its own"
    return window.rekeying


def ended(window: Window) -> Rekeying:
    wait_for(lambda: window.rekeying is not None and not window.rekeying.running, "the new key")
    return page_of(window)


@pytest.mark.parametrize("deep", [False, True], ids=["facts", "attachments too"])
def test_the_vault_has_a_new_key_a_new_sheet_and_everything_that_it_had(
    window: Window, place: Path, again: list[str], *, deep: bool
) -> None:
    seen = content(house_of(window).vault)
    packs = {path.name for path in (place / "packs").iterdir()}
    (database,) = place.glob("vault-*.db")
    asked(window, deep=deep)
    page = ended(window)
    assert window.frame is None
    (shown,) = page.findChildren(CodeShown)
    code = shown.field.text()
    assert code != (place.parent / "code").read_text()
    button_called(page, "Je l’ai\u00a0: verrouiller le coffre").click()
    assert again == ["relaunch"]
    assert not database.exists()
    assert ({path.name for path in (place / "packs").iterdir()} == packs) is not deep
    with pytest.raises(WrongPassword):
        Vault.open(place, PHRASE)
    with pytest.raises((WrongPassword, BadRescueCode)):
        Vault.open_rescue(place, (place.parent / "code").read_text())
    Vault.open_rescue(place, code).close()
    vault = Vault.open(place, NEW)
    assert content(vault) == seen
    assert vault.attachment(1) == PHOTO
    assert [line.detail for line in ledger.lines(vault.read()) if line.op == Op.REKEY] == [
        {"reach": "packs" if deep else "database"}
    ]
    vault.close()


def test_locking_meanwhile_waits_for_the_key_and_then_shows_no_code(
    window: Window, place: Path, again: list[str]
) -> None:
    asked(window)
    wait_for(lambda: window.rekeying, "the page")
    window.lock()
    assert again == []
    assert window.house is not None
    assert "faites une nouvelle feuille" in page_of(window)._told.text()
    wait_for(lambda: again, "the lock")
    assert window.house is None
    assert not window.findChildren(CodeShown)
    Vault.open(place, NEW).close()


def test_the_window_does_not_close_while_the_key_is_made(window: Window, place: Path, again: list[str]) -> None:
    asked(window)
    wait_for(lambda: window.rekeying, "the page")
    assert not window.close()
    assert window.isVisible()
    ended(window)
    assert again == []
    assert window.close()
    Vault.open(place, NEW).close()


def test_it_waits_until_nothing_asks_the_vault_any_more(window: Window) -> None:
    screen, end = go(window, "security"), threading.Event()
    assert isinstance(screen, SecurityScreen)
    house_of(window).tasks.read(lambda _: end.wait(20)).start()
    screen.new_key.wanted.emit(NEW, False)
    QTest.qWait(200)
    assert window.rekeying is None
    assert not frame_of(window).isEnabled()
    end.set()
    ended(window)


def test_other_work_comes_first_and_that_is_said(window: Window) -> None:
    screen, end = go(window, "security"), threading.Event()
    assert isinstance(screen, SecurityScreen)
    house_of(window).tasks.write(lambda _: end.wait(20)).named("Import").start()
    screen.new_key.wanted.emit(NEW, False)
    assert "Un travail est en cours" in screen.new_key.problem.text()
    end.set()
    settle(window)
    assert window.rekeying is None


def test_a_damaged_vault_gets_no_new_key_stays_as_it_is_and_that_is_said(
    window: Window, place: Path, again: list[str]
) -> None:
    (pack,) = (place / "packs").iterdir()
    whole = pack.read_bytes()
    pack.write_bytes(whole[:100_000] + b"?" + whole[100_001:])
    asked(window)
    page = ended(window)
    assert "Quelque chose ne se lit plus" in page._told.text()
    assert page._told.property("role") == "danger"
    assert not page.findChildren(CodeShown)
    button_called(page, "Verrouiller le coffre").click()
    assert again == ["relaunch"]
    pack.write_bytes(whole)
    vault = Vault.open(place, PHRASE)
    assert vault.attachment(1) == PHOTO
    assert vault.verify().problems == ()
    vault.close()


def test_nothing_is_cut_and_everything_has_a_name(qapp: QApplication, place: Path, tmp_path: Path) -> None:
    with closed_window(qapp, settings_in(tmp_path, "fr")) as window, speaking("longer"):
        window.resize(1024, 640)
        window.open(Vault.open(place, PHRASE))
        screen = go(window, "security")
        assert isinstance(screen, SecurityScreen)
        screen.new_key.ask.click()
        settle(window)
        found = wrong_sizes(window) + sideways(window) + nameless(window)
        screen.new_key.wanted.emit(NEW, False)
        ended(window)
        settle(window)
        found += wrong_sizes(window) + sideways(window) + nameless(window)
    assert found == []
