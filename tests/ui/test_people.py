"""The screen of people, driven as a person does: by keyboard, with names that an archive chose."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from importers.records import Handle, Role
from tests.explore import acquaintances as circle
from tests.explore.by_hand import bring
from tests.ui.windows import button_called, frame_of, go, house_of, press, seen, settings_in, settle, texts, window_over
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore import facts
from vault_app.ui.blur import DOTS
from vault_app.ui.screens.people import PeopleScreen
from vault_app.ui.widgets.people_table import handle_text
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault

TRICK = "\u202eeiraM <b>gras</b>"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """All acquaintances, and one with a name that turns the text round. Tests take back what they answer."""
    made = Vault.create(tmp_path_factory.mktemp("people") / "Coffre", PHRASE, profile=QUICK).vault
    for give in circle.ALL:
        give(made)
    bring(
        made,
        *(circle.message(n, 19_100, Role("from", TRICK, Handle("id", "7"))) for n in range(50, 60)),
        source="discord",
    )
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, vault: Vault, tmp_path: Path) -> Iterator[Window]:
    with window_over(qapp, vault, settings_in(tmp_path), screen="people") as made:
        yield made


def screen_of(window: Window) -> PeopleScreen:
    found = frame_of(window).current
    assert isinstance(found, PeopleScreen)
    return found


def column(screen: PeopleScreen, number: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> list[str]:
    model = screen.list.people
    return [str(model.data(model.index(row, number), role)) for row in range(model.rowCount())]


def test_people_stand_there_with_their_sources_and_days_the_most_mentioned_first(window: Window) -> None:
    screen = screen_of(window)
    settle(window)
    assert column(screen, 0)[1] == "Tante Marie"
    assert column(screen, 2)[:2] == ["10", "4"]
    heard = column(screen, 0, Qt.ItemDataRole.AccessibleTextRole)
    assert (
        heard[1]
        == "Tante Marie, Courrier électronique, SMS et appels du téléphone, WhatsApp, 4, 8 janv. 2022, 9 janv. 2022"
    )
    assert "Zoé, carnet d’adresses, 0" in heard
    assert "10 personnes" in texts(screen)


def test_marks_of_direction_and_of_style_are_shown_as_they_are(window: Window) -> None:
    screen = screen_of(window)
    screen.list.go_to(0)
    settle(window)
    assert column(screen, 0)[0] == "[202E]eiraM <b>gras</b>"
    assert "\u202e" not in texts(screen)
    assert "7 (Discord)" in screen.detail.toPlainText()


def test_enter_leads_to_the_timeline_of_that_person_alone_over_all_sources(window: Window, vault: Vault) -> None:
    screen, house = screen_of(window), house_of(window)
    screen.list.setFocus()
    screen.list.go_to(1)
    settle(window)
    press(screen.list, Qt.Key.Key_Return)
    settle(window)
    assert frame_of(window).current.name == "timeline"
    assert (house.selection.party, house.selection.person) == ("Tante Marie", "email:marie.martin@example.org")
    assert facts.count(vault, house.selection) == 4
    button_called(frame_of(window), "Tante Marie").click()
    settle(window)
    assert house.selection.is_everything


def test_a_person_of_the_address_book_alone_has_no_timeline(window: Window) -> None:
    screen = screen_of(window)
    screen.list.go_to(column(screen, 0).index("Zoé"))
    settle(window)
    assert "Dans un carnet d’adresses" in screen.detail.toPlainText()
    assert not screen.show_facts.isEnabled()
    press(screen.list, Qt.Key.Key_Return)
    assert frame_of(window).current is screen


def test_typing_narrows_the_list_and_a_source_of_the_selection_does_too(window: Window) -> None:
    screen, house = screen_of(window), house_of(window)
    screen.box.setText("06 00 00 00 01")
    settle(window)
    assert column(screen, 0) == ["Tante Marie"]
    screen.box.setText("personne de ce nom")
    settle(window)
    assert "Aucune personne trouvée" in texts(screen)
    screen.box.clear()
    from dataclasses import replace

    house.selection = replace(house.selection, sources=("whatsapp",))
    settle(window)
    assert sorted(column(screen, 0)) == ["Tante Marie", "Voisins"]


def test_a_question_says_why_is_answered_by_keyboard_and_taken_back(window: Window, vault: Vault) -> None:
    screen = screen_of(window)
    said: list[str] = []
    frame_of(window).announced.connect(said.append)
    shown = texts(screen)
    assert "Le même numéro, une fois sans son pays\u00a0: 0600000002 et +33600000002." in shown
    assert "Toutes deux portent le nom Paul Durand. Citées le même jour, 1 fois." in shown
    choices = [
        one
        for one in seen(screen, QPushButton)
        if one.accessibleName() == "Même personne\u00a0: Paul Durand et Paul Durand"
    ]
    assert len(choices) == 1
    choices[0].setFocus()
    press(choices[0], Qt.Key.Key_Space)
    settle(window)
    assert "Une seule personne." in said
    assert "Paul Durand et Paul Durand" not in " ".join(one.accessibleName() for one in seen(screen, QPushButton))
    assert "email:paul@example.net et facebook:name:Paul Durand sont une seule personne." in texts(screen)
    focus = window.focusWidget()
    assert focus is not None
    assert screen._asked.isAncestorOf(focus)
    button_called(screen, "Revenir dessus").click()
    settle(window)
    assert "C’est annulé." in said
    assert "portent le nom Paul Durand" in texts(screen)
    assert vault.read().execute("SELECT count(*) FROM same_party").fetchone() == (0,)


def test_a_refused_question_is_not_asked_again_until_it_is_taken_back(window: Window) -> None:
    screen = screen_of(window)
    (no,) = [
        one for one in seen(screen, QPushButton) if one.accessibleName() == "Deux personnes\u00a0: 0600000002 et Paulo"
    ]
    no.click()
    settle(window)
    assert "sans son pays" not in texts(screen)
    assert "0600000002 et Paulo sont deux personnes." in texts(screen)
    button_called(screen, "Revenir dessus").click()
    settle(window)
    assert "sans son pays" in texts(screen)


def test_hidden_facts_hide_names_and_handles_too(window: Window) -> None:
    frame_of(window).look_changed.emit("blur", True)  # noqa: FBT003 - a signal
    try:
        screen = go(window, "people")
        assert isinstance(screen, PeopleScreen)
        screen.list.go_to(1)
        settle(window)
        assert set(column(screen, 0)) == {DOTS}
        shown = texts(screen) + screen.detail.toPlainText()
        for secret in ("Marie", "Paul", "example.org", "0600000"):
            assert secret not in shown
    finally:
        frame_of(window).look_changed.emit("blur", False)  # noqa: FBT003
        settle(window)


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("email:a@example.org", "a@example.org"),
        ("phone:+33600000001", "+33600000001"),
        ("account:a@b.example", "@a@b.example"),
        ("facebook:user:a:b", "a:b (Facebook)"),
        ("discord:id#:00ff", "… (Discord)"),
    ],
)
def test_a_key_reads_as_what_the_archive_wrote(qapp: QApplication, key: str, shown: str) -> None:
    from vault_app.ui import language

    language.speak(qapp, "fr")
    assert handle_text(key) == shown
