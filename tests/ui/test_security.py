"""The security screen: what it says is what is, and what it does is done to the vault."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.windows import button_called, go, house_of, seen, settings_in, settle, texts, wait_for, window_over
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app import words
from vault_app.intake import fence
from vault_app.ui.flows import traces
from vault_app.ui.screens.security import SecurityScreen
from vault_app.ui.settings import Settings
from vault_app.ui.widgets.ledger_list import what
from vault_app.ui.window import Window
from vault_app.vault import backup, ledger
from vault_app.vault.ledger import Line, Op
from vault_app.vault.vault import Vault

NEW = "une autre phrase bien longue"


@pytest.fixture
def opened(qapp: QApplication, tmp_path: Path, settings: Settings) -> Iterator[tuple[Window, Vault]]:
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    with window_over(qapp, vault, settings) as window:
        yield window, vault
    vault.close()


def shown(window: Window) -> SecurityScreen:
    screen = go(window, "security")
    assert isinstance(screen, SecurityScreen)
    return screen


def ledger_ops(vault: Vault) -> list[str]:
    return [line.op for line in ledger.lines(vault.read())]


def test_it_says_where_the_vault_is_and_that_there_is_no_backup(opened: tuple[Window, Vault]) -> None:
    window, vault = opened
    screen = shown(window)
    assert str(vault.folder.root) in texts(screen).replace("\u200b", "")
    assert screen.age.text().startswith("Orange")
    assert screen.age.property("role") == "warning"


def test_a_verification_ends_in_a_word_a_colour_and_a_line_of_the_register(opened: tuple[Window, Vault]) -> None:
    window, vault = opened
    screen = shown(window)
    screen.verify.click()
    settle(window)
    assert screen.verdict.text().startswith("Vert")
    assert words.sentence("verdicts", "sound", "fr") in screen.verdict.text()
    assert screen.verdict.property("role") == "good"
    assert ledger_ops(vault)[-1] == Op.VERIFY
    assert screen.ledger.item(0, 1).text() == words.sentence("ledger", "verify", "fr")


def test_a_damage_is_told_in_red_with_what_is_wrong(opened: tuple[Window, Vault]) -> None:
    window, vault = opened
    screen = shown(window)
    header = vault.folder.root / "header.b"
    kept = header.read_bytes()
    header.write_bytes(kept[:100] + b"?" + kept[101:])
    assert not screen.mend.isVisible()
    screen.verify.click()
    settle(window)
    assert screen.verdict.text().startswith("Rouge")
    assert screen.verdict.property("role") == "danger"
    assert words.sentence("verdicts", "header-wrong", "fr") in texts(screen)
    header.write_bytes(kept)
    assert "Mon coffre est abîmé" in texts(screen)
    asked: list[str] = []
    house_of(window).lock.disconnect()
    house_of(window).lock.connect(lambda: asked.append("lock"))
    button_called(screen, "Verrouiller le coffre").click()
    assert asked == ["lock"]


def test_a_backup_is_made_verified_and_has_an_age(opened: tuple[Window, Vault], tmp_path: Path) -> None:
    window, vault = opened
    screen = shown(window)
    screen._back_up(tmp_path / "copie")
    settle(window)
    assert screen.age.text().startswith("Vert")
    assert house_of(window).settings.backup == tmp_path / "copie"
    assert backup.last_backup(vault) is not None
    screen._tell_backup(time.time_ns() // 1000 - 31 * 86_400_000_000)
    assert screen.age.text().startswith("Orange")
    assert "31" in screen.age.text()
    Vault.open(tmp_path / "copie", PHRASE).close()


def test_a_folder_with_something_else_takes_no_backup(opened: tuple[Window, Vault], tmp_path: Path) -> None:
    window, _ = opened
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "a.jpg").touch()
    screen = shown(window)
    screen._back_up(tmp_path / "photos")
    settle(window)
    assert words.sentence("errors", "folder-in-use", "fr") in screen.age.text()


def test_the_passphrase_is_changed_when_both_fields_agree(opened: tuple[Window, Vault]) -> None:
    window, vault = opened
    screen = shown(window)
    screen.phrase.show()
    screen.phrase.first.setText(NEW)
    screen.phrase.second.setText(NEW + "!")
    button_called(screen.phrase, "Changer la phrase de passe").click()
    assert screen.phrase.problem.text() == words.sentence("errors", "passphrases-differ", "fr")
    screen.phrase.second.setText(NEW)
    button_called(screen.phrase, "Changer la phrase de passe").click()
    settle(window)
    assert not screen.phrase.first.text()
    assert ledger_ops(vault)[-1] == Op.PASSWORD
    root = vault.folder.root
    from vault_app.vault import header, passphrase

    header.unlock(root, passphrase.prepared(NEW)).data_key.wipe()


def test_a_new_rescue_sheet_shows_a_code_that_opens_the_vault(opened: tuple[Window, Vault]) -> None:
    window, vault = opened
    screen = shown(window)
    button_called(screen, "Nouvelle feuille…").click()
    settle(window)
    (field,) = [
        f for f in seen(screen, QLineEdit) if isinstance(f, QLineEdit) and f.accessibleName().startswith("Code")
    ]
    from vault_app.vault import header, rescue

    head = header.read(vault.folder.root)[0].header
    header.unlock_with_rescue(vault.folder.root, rescue.read(field.text(), head.vault_id)).data_key.wipe()
    button_called(screen, "Je l’ai\u00a0: cacher le code").click()
    assert not [f for f in seen(screen, QLineEdit) if isinstance(f, QLineEdit) and f.text() == field.text()]


def test_minutes_and_minimising_are_kept(opened: tuple[Window, Vault], tmp_path: Path) -> None:
    window, _ = opened
    screen = shown(window)
    screen.minutes.setValue(17)
    screen.minimised.setChecked(True)
    house_of(window).settings.save()
    again = settings_in(tmp_path)
    assert (again.idle_minutes, again.lock_minimised) == (17, True)


def test_every_layer_of_the_fence_and_every_kind_of_line_has_its_words() -> None:
    known = words.sentences("ledger")
    assert {layer.name for layer in fence.available()} | {"job", "sandbox"} | set(Op) <= set(known)
    for op in Op:
        assert "{" not in what(Line(1, 0, op, {}))
    told = {"items": 12, "target": "csv"}
    assert what(Line(1, 0, Op.EXPORT_PREPARED, told)).endswith("12 faits, format csv.")
    assert what(Line(1, 0, Op.EXPORT_PREPARED, told | {"to": "/là/bas"})).endswith("vers le dossier /là/bas")


def test_the_report_tells_what_was_left_and_only_that(tmp_path: Path) -> None:
    home, temporary, vault = tmp_path / "home", tmp_path / "tmp", tmp_path / "home" / ".cache" / "matplotlib"
    for place in (home / ".config", temporary, vault):
        place.mkdir(parents=True)
    old = home / ".config" / "QtProject.conf"
    old.touch()
    os.utime(old, (1000, 1000))
    since = time.time() - 60
    assert traces.left(home, temporary, vault, None, since) == ()
    old.touch()
    (temporary / "selfdata-trial-x").mkdir()
    settings = home / "selfdata.ini"
    settings.touch()
    assert traces.left(home, temporary, vault, settings, since) == (old, temporary / "selfdata-trial-x", settings)


def test_the_report_stands_on_the_screen_and_goes_to_paper(opened: tuple[Window, Vault], tmp_path: Path) -> None:
    window, _ = opened
    screen = shown(window)
    wait_for(lambda: screen._report, "the report")
    assert all(sentence in texts(screen) for sentence in screen._report[1:])
    from vault_app.ui import paper
    from vault_app.ui.closing_report import paper_lines

    paper.write_pdf(tmp_path / "report.pdf", "?", paper_lines(screen._report * 8))
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
