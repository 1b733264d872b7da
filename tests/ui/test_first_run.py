"""The first start and every later one: making a vault, opening it, and what is said when that does not work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QWidget

from tests.ui.windows import (
    button_called,
    closed_window,
    delete_what_is_gone,
    frame_of,
    house_of,
    press,
    seen,
    settle,
    texts,
    wait_for,
)
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app import words
from vault_app.ui.flows.first_run import PAGES, FirstRun
from vault_app.ui.language import error_sentence
from vault_app.ui.rescue_sheet import sheet_lines, write_sheet
from vault_app.ui.screens.entrance import Entrance
from vault_app.ui.screens.unlock import DELAYS, Unlock
from vault_app.ui.screens.welcome import Welcome
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window
from vault_app.vault.passphrase import SHORTEST
from vault_app.vault.vault import Created, Vault


def at(page: str, **values: object) -> FirstRun:
    """The flow at a page."""
    return FirstRun(page=PAGES.index(page), **values)  # type: ignore[arg-type]


class TestFlow:
    """Without Qt."""

    def test_a_place_that_is_empty_or_not_there_is_good(self, tmp_path: Path) -> None:
        assert at("place", place=tmp_path).problem == ""
        assert at("place", place=tmp_path / "neu").problem == ""

    def test_a_folder_with_something_in_it_and_a_file_are_not(self, tmp_path: Path) -> None:
        (tmp_path / "Brief.txt").write_text("x")
        assert at("place", place=tmp_path).problem == "folder-in-use"
        assert at("place", place=tmp_path / "Brief.txt").problem == "folder-in-use"

    @pytest.mark.parametrize(
        ("typed", "again", "problem"),
        [
            ("", "", "passphrase-short"),
            ("x" * (SHORTEST - 1), "x" * (SHORTEST - 1), "passphrase-short"),
            (" " * 40, " " * 40, "passphrase-short"),
            (PHRASE, PHRASE + "x", "passphrases-differ"),
            (PHRASE, "", "passphrases-differ"),
            (PHRASE, PHRASE, ""),
        ],
    )
    def test_the_passphrase_is_long_enough_and_typed_twice(self, typed: str, again: str, problem: str) -> None:
        assert at("passphrase", typed=typed, again=again).problem == problem

    @pytest.mark.parametrize(
        ("saved", "later", "problem"),
        [(False, False, "rescue-not-saved"), (True, False, ""), (False, True, "")],
    )
    def test_the_rescue_code_is_kept_or_put_off_knowingly(self, *, saved: bool, later: bool, problem: str) -> None:
        assert at("rescue", saved=saved, later=later).problem == problem

    def test_one_does_not_go_on_over_a_problem_nor_back_over_a_vault_that_was_made(self, tmp_path: Path) -> None:
        flow = at("passphrase", place=tmp_path)
        flow.forward()
        assert flow.name == "passphrase"
        flow.back()
        assert flow.name == "place"
        flow.forward()
        flow.offer()
        assert flow.problem == ""
        flow.made("CODE")
        assert (flow.name, flow.code, flow.typed, flow.again) == ("rescue", "CODE", "", "")
        flow.back()
        assert flow.name == "rescue"

    def test_a_drawn_phrase_is_long_enough_and_never_the_same(self) -> None:
        flow = at("passphrase")
        assert len({flow.offer() for _ in range(20)}) == 20
        assert flow.problem == ""

    @pytest.mark.parametrize("problem", ["folder-in-use", "passphrase-short", "passphrases-differ", "rescue-not-saved"])
    def test_every_problem_has_its_sentence(self, problem: str) -> None:
        assert {*words.LANGUAGES} <= set(words.sentences("errors")[problem])


@pytest.fixture
def window(qapp: QApplication, settings: Settings, tmp_path: Path) -> Iterator[Window]:
    settings.vault = tmp_path / "Coffre"
    with closed_window(qapp, settings) as made:
        made.activateWindow()
        yield made


@pytest.fixture
def known(tmp_path: Path, settings: Settings) -> Created:
    """A vault that was made before, closed."""
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK)
    made.vault.close()
    settings.vault = tmp_path / "Coffre"
    return made


def entrance(window: Window) -> Entrance:
    found = window.centralWidget()
    assert isinstance(found, Entrance)
    return found


def click(page: QWidget, text: str) -> None:
    button_called(page, text).click()
    QApplication.processEvents()
    delete_what_is_gone()


def fields(page: QWidget) -> list[QLineEdit]:
    return [field for field in seen(page, QLineEdit) if isinstance(field, QLineEdit)]


def test_a_first_vault_is_made_page_by_page(window: Window, tmp_path: Path) -> None:
    welcome = entrance(window).welcome
    assert isinstance(welcome, Welcome)
    (place,) = fields(welcome)
    assert place.text() == str(tmp_path / "Coffre")
    click(welcome, "Créer mon coffre")
    click(welcome, "Créer le coffre")
    assert error_sentence("passphrase-short") in texts(welcome)
    first, second = fields(welcome)
    QTest.keyClicks(first, PHRASE)
    QTest.keyClicks(second, PHRASE[:-1])
    assert "Force :" in texts(welcome)
    click(welcome, "Créer le coffre")
    assert error_sentence("passphrases-differ") in texts(welcome)
    assert first.text() == PHRASE, "nothing that was typed is lost"
    assert not (tmp_path / "Coffre").exists()
    QTest.keyClicks(second, PHRASE[-1])
    click(welcome, "Créer le coffre")
    wait_for(lambda: welcome.flow.name == "rescue", "the vault")
    QApplication.processEvents()
    delete_what_is_gone()
    (code,) = fields(welcome)
    rescue = code.text()
    assert len(rescue.replace("-", "")) == 32
    click(welcome, "Continuer")
    assert error_sentence("rescue-not-saved") in texts(welcome)
    next(box for box in seen(welcome, QCheckBox) if isinstance(box, QCheckBox)).click()
    click(welcome, "Continuer")
    assert rescue not in texts(welcome)
    (watch,) = (box for box in seen(welcome, QCheckBox) if isinstance(box, QCheckBox))
    watch.setChecked(False)
    click(welcome, "Ouvrir mon coffre")
    settle(window)
    assert frame_of(window).current.name == "inbox"
    assert window.settings.watched is None
    assert welcome.flow.code == ""
    house_of(window).close()
    window.house = None
    Vault.open(tmp_path / "Coffre", PHRASE).close()
    Vault.open_rescue(tmp_path / "Coffre", rescue).close()


def test_leaving_before_the_end_closes_the_new_vault(qapp: QApplication, settings: Settings, tmp_path: Path) -> None:
    settings.vault = tmp_path / "Coffre"
    with closed_window(qapp, settings) as window:
        welcome = entrance(window).show_welcome()
        made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK)
        welcome.made(made)
    Vault.open(tmp_path / "Coffre", PHRASE).close()


def test_a_folder_in_use_is_refused_beside_the_field(window: Window, tmp_path: Path) -> None:
    (tmp_path / "Coffre").mkdir()
    (tmp_path / "Coffre" / "Brief.txt").write_text("x")
    welcome = entrance(window).show_welcome()
    click(welcome, "Créer mon coffre")
    assert error_sentence("folder-in-use") in texts(welcome)
    assert welcome.flow.name == "place"


def test_a_language_is_chosen_before_anything_else(window: Window) -> None:
    welcome = entrance(window).welcome
    assert welcome is not None
    welcome.language_chosen.emit("en")
    QApplication.processEvents()
    assert "Your data, at home." in texts(window)
    assert window.settings.language == "en"


@pytest.fixture
def unlock(known: Created, qapp: QApplication, settings: Settings) -> Iterator[tuple[Window, Unlock]]:
    with closed_window(qapp, settings) as window:
        page = entrance(window).unlock
        assert page is not None, "a vault that is known is asked for at once"
        yield window, page
        if window.house is not None:
            house_of(window).close()
            window.house = None


def test_the_right_phrase_and_enter_open_the_vault(unlock: tuple[Window, Unlock]) -> None:
    window, page = unlock
    QTest.keyClicks(page.field, PHRASE)
    press(page.field, Qt.Key.Key_Return)
    wait_for(lambda: window.house, "the vault")
    settle(window)
    assert frame_of(window).current.name == "home"


def test_a_wrong_phrase_is_refused_in_words_and_may_be_typed_again(unlock: tuple[Window, Unlock]) -> None:
    window, page = unlock
    QTest.keyClicks(page.field, "sabot sabot sabot sabot")
    page.go.click()
    assert not page.go.isEnabled()
    wait_for(lambda: page.problem.isVisible() and page.go.isEnabled(), "the refusal")
    assert page.problem.text() == error_sentence("wrong-password")
    assert page.field.hasFocus() or window.focusWidget() is page.field
    assert page.field.text(), "what was typed is still there"
    assert window.house is None


def test_the_other_keyboard_is_offered_and_opens(unlock: tuple[Window, Unlock]) -> None:
    window, page = unlock
    table = str.maketrans("qawzm;", "aqzw;m")
    page.field.setText("autre chose, une autre fois")
    page.go.click()
    wait_for(lambda: page.problem.isVisible() and page.go.isEnabled(), "the first refusal")
    page.field.setText(PHRASE.translate(table))
    assert page.field.text() != PHRASE
    page.go.click()
    wait_for(lambda: page.problem.isVisible() and page.go.isEnabled(), "the refusal")
    assert page.keyboard.isVisible()
    for _ in range(2):
        if window.house is None:
            page.keyboard.click()
            wait_for(lambda: window.house or page.go.isEnabled(), "an answer")
    assert window.house is not None, "the alternatives are those of what was typed last"


def test_the_rescue_code_opens_and_a_wrong_one_says_what_is_wrong(
    unlock: tuple[Window, Unlock], known: Created
) -> None:
    window, page = unlock
    page.rescue.click()
    assert "code" in page.field.accessibleName().lower()
    page.field.setText(known.rescue_code[:-2])
    page.go.click()
    wait_for(lambda: page.problem.isVisible() and page.go.isEnabled(), "the refusal")
    assert page.problem.text() not in {"", error_sentence("task-broke"), error_sentence("wrong-password")}
    assert not page.keyboard.isVisible()
    page.field.setText(known.rescue_code.lower())
    page.go.click()
    wait_for(lambda: window.house, "the vault")


def test_after_three_refusals_one_waits_and_is_told_how_long(unlock: tuple[Window, Unlock]) -> None:
    _, page = unlock
    assert DELAYS[:3] == (0, 0, 0)
    assert list(DELAYS) == sorted(DELAYS)
    page._refusals = 2
    page.field.setText("sabot sabot sabot sabot")
    page.go.click()
    wait_for(page.problem.isVisible, "the refusal")
    assert not page.go.isEnabled()
    assert page.go.text() == f"Attendez {DELAYS[3]} secondes"
    page._open()
    assert not page._tasks.busy, "the delay holds for the Enter key too"


def test_a_vault_that_another_window_holds_says_so(unlock: tuple[Window, Unlock], tmp_path: Path) -> None:
    _, page = unlock
    held = Vault.open(tmp_path / "Coffre", PHRASE)
    try:
        page.field.setText(PHRASE)
        page.go.click()
        wait_for(lambda: page.problem.isVisible() and page.go.isEnabled(), "the refusal")
        assert page.problem.text() == error_sentence("vault-busy")
    finally:
        held.close()


def test_a_vault_that_has_gone_says_so(unlock: tuple[Window, Unlock], tmp_path: Path) -> None:
    _, page = unlock
    (tmp_path / "Coffre").rename(tmp_path / "Anderswo")
    page.field.setText(PHRASE)
    page.go.click()
    wait_for(lambda: page.problem.isVisible() and page.go.isEnabled(), "the refusal")
    assert page.problem.text() == error_sentence("no-vault")


def test_what_is_typed_is_hidden_until_one_asks_to_see_it(unlock: tuple[Window, Unlock]) -> None:
    _, page = unlock
    assert page.field.echoMode() is QLineEdit.EchoMode.Password
    page.show_typed.click()
    assert page.field.echoMode() is QLineEdit.EchoMode.Normal
    page.show_typed.click()
    assert page.field.echoMode() is QLineEdit.EchoMode.Password


def test_the_rescue_sheet_is_a_pdf_with_the_code_and_the_block(
    qapp: QApplication, known: Created, tmp_path: Path
) -> None:
    sheet = tmp_path / "feuille.pdf"
    write_sheet(sheet, known.rescue_code, tmp_path / "Coffre")
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert sheet.stat().st_size > 5_000
    lines = [text for text, _, _ in sheet_lines(known.rescue_code, tmp_path / "Coffre")]
    assert known.rescue_code in lines
    assert not [line for line in lines if PHRASE in line]
