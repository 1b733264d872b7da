"""A damaged vault at the entrance: the rescue sheet brings it back, or what reads is saved into a new vault."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.test_accessibility import nameless
from tests.ui.test_keyboard import missed, reachable, tab_round
from tests.ui.test_sizes import SIZES, sideways, speaking, wrong_sizes
from tests.ui.windows import button_called, closed_window, house_of, settings_in, settle, texts, wait_for
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, content, item
from tests.vault.lives import bring_files
from vault_app import words
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.ui.screens.damaged import Damaged, Seen, look
from vault_app.ui.screens.entrance import Entrance
from vault_app.ui.settings import Settings
from vault_app.ui.widgets.two_fields import NewPassphrase
from vault_app.ui.window import Window
from vault_app.vault import header, rescue, slots
from vault_app.vault.driver import PAGE
from vault_app.vault.vault import Vault

NEW = "une autre phrase bien longue"
MANY = 6_000
"""Items; enough of them for a page to be lost and most to stay."""


@dataclass
class Kept:
    """A closed vault, its sheet, and what a person sees of it."""

    place: Path
    code: str
    block: str
    seen: object


@pytest.fixture
def kept(tmp_path: Path, settings: Settings) -> Kept:
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK)
    bring(made.vault, *(item(number) for number in range(3)))
    seen = content(made.vault)
    made.vault.close()
    settings.vault = tmp_path / "Coffre"
    block = rescue.spell_block(rescue.block_of(header.read(settings.vault)[0].header))
    return Kept(settings.vault, made.rescue_code, block, seen)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a vault with many items."""
    place = tmp_path_factory.mktemp("filled") / "Coffre"
    vault = Vault.create(place, PHRASE, profile=QUICK).vault
    for first in range(0, MANY, 2_000):
        bring(vault, *(item(number, text="mots " * 40) for number in range(first, first + 2_000)))
    vault.close()
    return {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}


@pytest.fixture
def torn(filled: dict[str, bytes], tmp_path: Path, settings: Settings) -> Path:
    """A vault with some bad pages; its first page reads."""
    place = tmp_path / "Coffre"
    (place / "packs").mkdir(parents=True)
    for name, bytes_ in filled.items():
        (place / name).write_bytes(bytes_)
    (database,) = place.glob("vault-*.db")
    with database.open("r+b") as file:
        for page in random.Random(3).sample(range(20, database.stat().st_size // PAGE), 3):
            file.seek(page * PAGE + 100)
            file.write(b"\xaa" * 50)
    settings.vault = place
    return place


def entrance_of(window: Window) -> Entrance:
    shown = window.centralWidget()
    assert isinstance(shown, Entrance)
    return shown


def damaged_page(window: Window) -> Damaged:
    """By the button of the page that opens vaults."""
    button_called(window, "Mon coffre est abîmé…").click()
    settle(window)
    page = entrance_of(window).damaged
    assert page is not None
    assert page.isVisible()
    return page


def lose_headers(place: Path) -> None:
    (place / "header.a").unlink()
    (place / "header.b").write_bytes(bytes(4096))


def give(form: NewPassphrase, phrase: str) -> None:
    form.first.setText(phrase)
    form.second.setText(phrase)
    button_called(form, "Faire revenir le coffre").click()


def test_without_headers_the_sheet_brings_everything_back_under_a_new_passphrase(
    qapp: QApplication, settings: Settings, kept: Kept
) -> None:
    lose_headers(kept.place)
    with closed_window(qapp, settings) as window:
        unlock = entrance_of(window).unlock
        assert unlock is not None, "a vault whose first header is gone is no reason to begin a new one"
        unlock.field.setText(PHRASE)
        unlock.go.click()
        settle(window)
        assert unlock.problem.text() == words.sentence("errors", "vault-damaged-here", "fr")
        page = damaged_page(window)
        assert page.sheet.isVisible()
        assert not page.reads.isVisible()
        page.sheet.code.setText(kept.code.lower())
        page.sheet.block.setPlainText(kept.block.replace("-", "\n"))
        give(page.sheet.phrase, NEW)
        settle(window)
        assert page.sheet.told.text() == words.sentence("care", "headers-rebuilt", "fr")
        assert page.sheet.told.property("role") == "good"
        assert not page.sheet.code.text()
        page.sheet.go.click()
        settle(window)
        assert window.frame is not None
        assert window.frame.current.name == "security"
        assert content(house_of(window).vault) == kept.seen
    Vault.open(kept.place, NEW).close()
    Vault.open_rescue(kept.place, kept.code).close()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda kept: (kept.code[:-1], kept.block), ("rescue-length", "31")),
        (lambda kept: (kept.code, kept.block[:-3]), ("rescue-block-length", "153")),
        (lambda kept: (kept.code, "1" + kept.block[1:]), None),
    ],
    ids=["code", "block", "block-typing"],
)
def test_a_typing_error_is_told_and_changes_nothing(
    qapp: QApplication,
    settings: Settings,
    kept: Kept,
    spoil: Callable[[Kept], tuple[str, str]],
    said: tuple[str, str] | None,
) -> None:
    lose_headers(kept.place)
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        code, block = spoil(kept)
        page.sheet.code.setText(code)
        page.sheet.block.setPlainText(block)
        give(page.sheet.phrase, NEW)
        settle(window)
        reason, what = said or ("rescue-block-typing", "")
        assert page.sheet.told.text() == words.sentence("errors", reason, "fr", what=what)
        assert page.sheet.told.property("role") == "danger"
        assert page.sheet.code.text() == code, "nobody types it all again"
        assert page.sheet.phrase.isEnabled()
    assert look(kept.place) == Seen(header=False, database=True)


def test_a_sheet_that_was_replaced_is_told_as_such(qapp: QApplication, settings: Settings, kept: Kept) -> None:
    vault = Vault.open(kept.place, PHRASE)
    slots.renew_rescue(vault)
    vault.close()
    newer = rescue.spell_block(rescue.block_of(header.read(kept.place)[0].header))
    lose_headers(kept.place)
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        page.sheet.code.setText(kept.code)
        page.sheet.block.setPlainText(newer)
        give(page.sheet.phrase, NEW)
        settle(window)
        assert "plus récente" in page.sheet.told.text()


def test_a_window_that_closes_before_the_vault_is_shown_closes_the_vault(
    qapp: QApplication, settings: Settings, kept: Kept
) -> None:
    lose_headers(kept.place)
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        page.sheet.code.setText(kept.code)
        page.sheet.block.setPlainText(kept.block)
        give(page.sheet.phrase, NEW)
        settle(window)
    assert (kept.place / "lock").read_bytes() == b""
    Vault.open(kept.place, NEW).close()


def test_what_reads_is_saved_into_a_new_vault_which_then_opens(
    qapp: QApplication, settings: Settings, torn: Path
) -> None:
    before = {path.name: path.read_bytes() for path in torn.iterdir() if path.name.startswith(("vault", "header"))}
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        assert page.reads.isVisible()
        assert not page.sheet.isVisible()
        assert Path(page.reads.to.text()) == torn.with_name("Coffre-sauvé")
        page.reads.field.setText("pas la bonne phrase")
        page.reads.go.click()
        settle(window)
        assert page.reads.told.text() == words.sentence("errors", "wrong-password", "fr")
        page.reads.field.setText(PHRASE)
        page.reads.go.click()
        assert page.reads.stop.isVisible()
        settle(window)
        told = page.reads.told.text()
        assert "faits sont dans le nouveau coffre. À" in told
        assert page.reads.told.property("role") == "warning"
        page.reads.open.click()
        settle(window)
        unlock = entrance_of(window).unlock
        assert unlock is not None
        assert unlock.isVisible()
        assert settings.vault == torn.with_name("Coffre-sauvé")
        unlock.field.setText(PHRASE)
        unlock.go.click()
        wait_for(lambda: window.house, "the new vault")
        count = facts.count(house_of(window).vault, Selection())
        assert 0.9 * MANY < count < MANY
        settle(window)
    assert before.items() <= {path.name: path.read_bytes() for path in torn.iterdir() if path.is_file()}.items()


def test_the_code_of_the_sheet_saves_as_well_as_the_passphrase(
    qapp: QApplication, settings: Settings, kept: Kept
) -> None:
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        page.reads.rescue.setChecked(True)
        page.reads.field.setText(kept.code)
        page.reads.go.click()
        settle(window)
        assert page.reads.told.text() == words.sentence("care", "salvaged-whole", "fr", items="3")
        assert page.reads.told.property("role") == "good"
    saved = Vault.open_rescue(kept.place.with_name("Coffre-sauvé"), kept.code)
    assert content(saved) == kept.seen
    saved.close()


def test_stopped_it_keeps_nothing_and_can_begin_again(qapp: QApplication, settings: Settings, torn: Path) -> None:
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        page.reads.field.setText(PHRASE)
        page.reads.go.click()
        wait_for(lambda: "jusqu’ici" in page.reads.told.text(), "the first rows")
        page.reads.stop.click()
        settle(window)
        assert page.reads.told.text() == "Arrêté. Rien n’a été gardé du nouveau coffre."
        assert not torn.with_name("Coffre-sauvé").exists()
        assert page.reads.go.isEnabled()
        assert not page.reads.field.text()


def test_a_folder_that_is_in_use_is_told_and_left_alone(qapp: QApplication, settings: Settings, kept: Kept) -> None:
    photos = kept.place.with_name("photos")
    photos.mkdir()
    (photos / "a.jpg").touch()
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        page.reads.to.setText(str(photos))
        page.reads.field.setText(PHRASE)
        page.reads.go.click()
        settle(window)
        assert page.reads.told.text() == words.sentence("errors", "folder-in-use", "fr")
    assert [path.name for path in photos.iterdir()] == ["a.jpg"]


def test_a_first_page_that_does_not_read_is_told(qapp: QApplication, settings: Settings, torn: Path) -> None:
    (database,) = torn.glob("vault-*.db")
    with database.open("r+b") as file:
        file.seek(200)
        file.write(b"\0" * 100)
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        page.reads.field.setText(PHRASE)
        page.reads.go.click()
        settle(window)
        assert "Pas même la première page" in page.reads.told.text()
    assert not torn.with_name("Coffre-sauvé").exists()


def test_without_the_file_of_the_facts_only_a_backup_is_named(
    qapp: QApplication, settings: Settings, kept: Kept
) -> None:
    (database,) = kept.place.glob("vault-*.db")
    database.unlink()
    with closed_window(qapp, settings) as window:
        page = damaged_page(window)
        assert "Seule une sauvegarde" in page.found.text()
        assert not page.sheet.isVisible()
        assert not page.reads.isVisible()
        page.leave.click()
        assert entrance_of(window).unlock.isVisible()  # type: ignore[union-attr]


def test_damage_that_is_seen_at_opening_is_said(qapp: QApplication, settings: Settings, kept: Kept) -> None:
    vault = Vault.open(kept.place, PHRASE)
    bring_files(vault, b"photo" * 20_000)
    vault.leave()
    (pack,) = (kept.place / "packs").iterdir()
    pack.write_bytes(pack.read_bytes()[:-1])
    with closed_window(qapp, settings) as window:
        said: list[str] = []
        window.opened.connect(lambda: window.frame and window.frame.announced.connect(said.append))
        unlock = entrance_of(window).unlock
        assert unlock is not None
        unlock.field.setText(PHRASE)
        unlock.go.click()
        wait_for(lambda: window.frame, "the vault")
        assert words.sentence("verdicts", "wrong", "fr") in said
        settle(window)


def test_every_control_has_a_name_and_tab_reaches_it(qapp: QApplication, settings: Settings, kept: Kept) -> None:
    with closed_window(qapp, settings) as window:
        window.activateWindow()
        for state in ("reads", "sheet"):
            if state == "sheet":
                lose_headers(kept.place)
            page = entrance_of(window).show_damaged()
            settle(window)
            assert not nameless(window), state
            page.leave.setFocus()
            assert not missed(reachable(page), set(tab_round(window))), state


@SIZES
def test_nothing_is_cut(
    qapp: QApplication, tmp_path: Path, kept: Kept, size: tuple[int, int], percent: int, tongue: str
) -> None:
    settings = settings_in(tmp_path, "fr", percent=percent)
    settings.vault = kept.place
    with closed_window(qapp, settings) as window, speaking(tongue):
        window.resize(*size)
        window.enter()
        found = {}
        for state in ("reads", "sheet"):
            if state == "sheet":
                lose_headers(kept.place)
            entrance_of(window).show_damaged()
            settle(window)
            assert texts(window)
            found[state] = wrong_sizes(window) + sideways(window)
    assert [f"{name}: {row}" for name, rows in found.items() for row in rows] == []
