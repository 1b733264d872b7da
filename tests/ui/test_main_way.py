"""The main way, in a real window: a file arrives, is read, seen, searched, shown in charts, and taken out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton, QRadioButton

from importers.records import Kind
from tests.importing import sample
from tests.intake.large_archive import write_large_archive
from tests.ui.windows import (
    button_called,
    closed_window,
    delete_what_is_gone,
    frame_of,
    go,
    house_of,
    press,
    seen,
    settle,
    texts,
    wait_for,
    window_over,
)
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app import words
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.learn.camille import write_archives
from vault_app.ui.flows.arrival import Arrival, State
from vault_app.ui.language import number
from vault_app.ui.screens.charts import ChartsScreen
from vault_app.ui.screens.search import SearchScreen
from vault_app.ui.screens.share import ShareScreen
from vault_app.ui.screens.timeline import TimelineScreen
from vault_app.ui.settings import Settings
from vault_app.ui.window import Window
from vault_app.vault.vault import Vault


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Camille's archives by name."""
    return {path.name: path for path in write_archives(tmp_path_factory.mktemp("camille"))}


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    made = tmp_path / "Téléchargements"
    made.mkdir()
    return made


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    """A vault of its own; the window closes it."""
    made = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield made
    made.close()


@pytest.fixture
def window(qapp: QApplication, vault: Vault, settings: Settings, downloads: Path) -> Iterator[Window]:
    """A window over an empty vault that watches a folder."""
    settings.watched = downloads
    with window_over(qapp, vault, settings) as made:
        made.activateWindow()
        yield made


def drop(window: Window, *paths: Path) -> list[Arrival]:
    """Drop files on the window as a person does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(400, 300).toPoint(), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(400, 300), copy, data, left, none))
    arrivals = house_of(window).finds.arrivals[: len(paths)]
    wait_for(lambda: all(one.state is not State.LOOKING for one in arrivals), "the plan")
    QApplication.processEvents()
    delete_what_is_gone()
    return arrivals


def click(window: Window, text: str) -> None:
    """Click the one button of the screen that is called so."""
    button_called(frame_of(window).current, text).click()
    QApplication.processEvents()
    delete_what_is_gone()


def bring(window: Window, path: Path) -> Arrival:
    """Drop, see, import, wait for the account."""
    (arrival,) = drop(window, path)
    click(window, "Voir et importer")
    click(window, "Importer")
    wait_for(lambda: arrival.state in {State.DONE, State.FAILED}, "the import")
    settle(window)
    assert arrival.state is State.DONE, (arrival.reason, arrival.what)
    return arrival


def bands(window: Window) -> dict[str, int]:
    """What the rows of the timeline count."""
    screen = go(window, "timeline")
    assert isinstance(screen, TimelineScreen)
    return {band.name: band.count for band in screen.view._bands}


def test_from_the_watched_folder_to_the_timeline_in_three_clicks(
    window: Window, downloads: Path, archives: dict[str, Path]
) -> None:
    clicks = 0
    home = go(window, "home")
    assert "Prochaine étape : importer une première archive." in texts(home)
    source = archives["NetflixViewingHistory.csv"]
    (downloads / source.name).write_bytes(source.read_bytes())
    wait_for(lambda: "Voir et importer" in texts(home), "Home to tell of the file")
    assert "Netflix" in texts(home)
    button_called(home, "Voir et importer").click()
    clicks += 1
    settle(window)
    button_called(frame_of(window).current, "Importer").click()
    clicks += 1
    (arrival,) = house_of(window).finds.arrivals
    wait_for(lambda: arrival.state is State.DONE, "the import")
    settle(window)
    account = arrival.account
    assert account is not None
    assert number(account.new) in texts(frame_of(window).current)
    button_called(frame_of(window).current, "Voir la frise").click()
    clicks += 1
    settle(window)
    assert clicks <= 3
    assert frame_of(window).current.name == "timeline"
    many = words.kind(Kind.WATCH, "fr").many
    assert bands(window) == {many: account.items["watch"]}
    screen = frame_of(window).current
    assert isinstance(screen, TimelineScreen)
    assert screen.list.facts.rowCount() == account.new == facts.count(house_of(window).vault, Selection())


def test_the_same_by_keyboard_alone(window: Window, archives: dict[str, Path]) -> None:
    wait_for(window.isActiveWindow, "the window to be active")
    (arrival,) = drop(window, archives["contacts.vcf"])
    inbox = frame_of(window).current
    first = button_called(inbox, "Voir et importer")
    for _ in range(60):
        if window.focusWidget() is first:
            break
        press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Return)
    wait_for(
        lambda: isinstance(window.focusWidget(), QPushButton) and window.focusWidget().text() == "Importer", "the focus"
    )
    press(window, Qt.Key.Key_Return)
    wait_for(lambda: arrival.state is State.DONE, "the import")
    wait_for(
        lambda: isinstance(window.focusWidget(), QPushButton) and window.focusWidget().text() == "Voir la frise",
        "the focus",
    )
    press(window, Qt.Key.Key_Return)
    assert frame_of(window).current.name == "timeline"
    settle(window)


def test_a_file_that_nobody_knows_says_so_and_can_be_put_aside(window: Window, tmp_path: Path) -> None:
    unknown = tmp_path / "rien <b>.zip"
    unknown.write_bytes(b"\x00\x01 not an archive" * 20)
    drop(window, unknown)
    inbox = frame_of(window).current
    assert inbox.name == "inbox"
    assert "Non reconnu" in texts(inbox)
    assert "rien <b>.zip" in texts(inbox)
    assert "Reconnu :" not in texts(inbox)
    click(window, "Ignorer")
    settle(window)
    assert unknown.name not in texts(inbox)


def test_an_empty_file_says_that_nothing_can_be_imported(window: Window, tmp_path: Path) -> None:
    empty = tmp_path / "vide.csv"
    empty.touch()
    (arrival,) = drop(window, empty)
    assert not arrival.ready
    assert "Voir et importer" not in texts(frame_of(window).current)
    assert "Rien n’a été importé." in texts(frame_of(window).current)


def test_a_cancelled_import_leaves_nothing_and_can_be_begun_again(window: Window, tmp_path: Path) -> None:
    (arrival,) = drop(window, write_large_archive(tmp_path))
    click(window, "Voir et importer")
    click(window, "Importer")
    wait_for(lambda: arrival.progress is not None and arrival.progress.records, "the first facts")
    button_called(frame_of(window).jobs, "Annuler").click()
    wait_for(lambda: arrival.state is State.PLANNED, "the end")
    settle(window)
    vault = house_of(window).vault
    assert (vault.imports.complete(), vault.imports.running(), facts.count(vault, Selection())) == ([], [], 0)
    assert button_called(frame_of(window).current, "Importer").isEnabled()


def test_the_page_of_an_import_shows_its_own_progress_and_no_other(
    window: Window, tmp_path: Path, archives: dict[str, Path]
) -> None:
    (running,) = drop(window, write_large_archive(tmp_path))
    click(window, "Voir et importer")
    click(window, "Importer")
    wait_for(lambda: running.progress is not None and running.progress.records, "the first facts")
    (job,) = window.tasks.jobs
    job.pause()
    (other,) = drop(window, archives["contacts.vcf"])
    buttons = [b for b in seen(frame_of(window).current, QPushButton) if b.text() == "Voir et importer"]  # type: ignore[attr-defined]
    buttons[0].click()
    QApplication.processEvents()
    delete_what_is_gone()
    assert other.name in texts(frame_of(window).current)
    before = running.progress
    job.go_on()
    wait_for(lambda: running.progress is not before, "another step")
    assert running.name not in texts(frame_of(window).current)
    house_of(window).finds.shown = running
    frame_of(window).show_screen("bring-in")
    QApplication.processEvents()
    delete_what_is_gone()
    assert running.name in texts(frame_of(window).current)
    button_called(frame_of(window).jobs, "Annuler").click()
    wait_for(lambda: running.state is not State.RUNNING, "the end")


def test_an_import_is_undone_from_its_account_and_a_second_one_adds_nothing(
    window: Window, archives: dict[str, Path]
) -> None:
    vault = house_of(window).vault
    path = archives["Agenda de Camille.ics"]
    first = bring(window, path)
    assert first.account is not None
    assert facts.count(vault, Selection()) == first.account.new > 0
    second = bring(window, path)
    assert second.account is not None
    assert (second.account.new, second.account.known) == (0, first.account.new)
    assert "0 faits nouveaux" in texts(frame_of(window).current)
    house_of(window).finds.shown = first
    go(window, "bring-in")
    button_called(frame_of(window).current, "Annuler cet import").click()
    wait_for(lambda: first.state is State.UNDONE, "the undoing")
    settle(window)
    assert facts.count(vault, Selection()) == 0
    assert "Cet import a été annulé" in texts(frame_of(window).current)


def test_a_real_takeout_from_the_drop_to_its_timeline(window: Window) -> None:
    arrival = bring(window, sample("google/takeout-fr-2022/takeout-20220516T075556Z-001.zip"))
    account = arrival.account
    assert account is not None
    assert account.new > 0
    shown = bands(window)
    many = {words.kind(Kind(name), "fr").many: count for name, count in account.items.items()}
    assert {name: count for name, count in shown.items() if name in many} == many


@pytest.fixture
def over_camille(qapp: QApplication, camille: Vault, settings: Settings) -> Iterator[Window]:
    with window_over(qapp, camille, settings) as made:
        yield made


def search_screen(window: Window) -> SearchScreen:
    screen = go(window, "search")
    assert isinstance(screen, SearchScreen)
    return screen


def test_words_facets_and_chips_choose_the_same_facts(over_camille: Window, camille: Vault) -> None:
    window = over_camille
    screen = search_screen(window)
    QTest.keyClicks(screen.box, "gratin")
    settle(window)
    chosen = house_of(window).selection
    assert chosen.text == "gratin"
    found = facts.count(camille, chosen)
    assert screen.list.facts.rowCount() == found > 0
    assert number(found) in screen._count.text()
    facet = next(box for box in seen(screen, QCheckBox) if box.objectName() == "search")
    assert isinstance(facet, QCheckBox)
    facet.click()
    settle(window)
    chosen = house_of(window).selection
    assert chosen.kinds == (Kind.SEARCH,)
    assert 0 < screen.list.facts.rowCount() == facts.count(camille, chosen) < found
    source = next(box for box in seen(screen, QCheckBox) if box.objectName() == "source google")
    assert isinstance(source, QCheckBox)
    source.click()
    settle(window)
    assert house_of(window).selection.sources == ("google",)
    chips = [b for b in seen(frame_of(window), QPushButton) if b.property("role") == "chip"]
    assert len(chips) == 3
    for name in [chip.accessibleName() for chip in chips]:
        again = [b for b in seen(frame_of(window), QPushButton) if b.accessibleName() == name]
        again[0].click()  # type: ignore[attr-defined]
        settle(window)
    assert house_of(window).selection == Selection()
    assert not screen.box.text()
    assert screen.list.facts.rowCount() == facts.count(camille, Selection())


def test_a_screen_shows_only_the_limits_to_which_it_keeps(over_camille: Window) -> None:
    """Charts keep to the time, not to words; the page on security to nothing."""
    window = over_camille
    house_of(window).selection = Selection(text="gratin").between(1_700_000_000_000_000, None)

    def chips(screen: str) -> int:
        frame_of(window).show_screen(screen)
        settle(window)
        return sum(button.property("role") == "chip" for button in seen(frame_of(window), QPushButton))

    assert [chips(name) for name in ("timeline", "charts", "security", "share")] == [2, 1, 0, 2]


def test_a_search_that_finds_nothing_says_what_to_do(over_camille: Window) -> None:
    screen = search_screen(over_camille)
    QTest.keyClicks(screen.box, "xyzzyplugh")
    settle(over_camille)
    assert "Rien trouvé" in screen._help.text()
    assert screen._help.isVisible()


def test_a_chart_in_every_period_and_as_a_table(over_camille: Window) -> None:
    window = over_camille
    screen = go(window, "charts")
    assert isinstance(screen, ChartsScreen)
    assert "Électricité" in screen.sentence.text()
    pictures = set()
    for name in ("Année", "Mois", "Jour", "Demi-heure", "Heures et jours"):
        button_called(screen, name).click()
        settle(window)
        drawn = screen._drawn
        assert drawn is not None
        assert drawn.png.startswith(b"\x89PNG")
        pictures.add(drawn.png)
    assert len(pictures) == 5
    button_called(screen, "Année").click()
    settle(window)
    button_called(screen, "Voir le tableau").click()
    rows = screen._model.rowCount()
    table = [[screen._model.data(screen._model.index(row, column)) for column in range(4)] for row in range(rows)]
    assert [row[0] for row in table] == ["2023", "2024"]
    assert screen._drawn is not None
    assert screen._drawn.csv.splitlines()[1].startswith("2023")
    for chart in screen._charts:
        screen.question.setCurrentIndex(screen.question.findData(chart.id))
        screen.question.activated.emit(screen.question.currentIndex())
        settle(window)
        assert screen.sentence.text()


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_is_written_begins_as_the_check_showed(
    over_camille: Window, tmp_path: Path, camille: Vault, form: str
) -> None:
    window, place = over_camille, tmp_path / "sortie"
    place.mkdir()
    house_of(window).selection = Selection(sources=("netflix",))
    screen = go(window, "share")
    assert isinstance(screen, ShareScreen)
    assert "Netflix" in texts(screen)
    assert not button_called(screen, "Vérifier avant de sortir").isEnabled()
    screen._flow.place = place
    screen._show()
    QApplication.processEvents()
    choices = [box for box in seen(screen) if isinstance(box, QRadioButton) and form.upper() in box.accessibleName()]
    (choice,) = choices
    choice.click()  # type: ignore[attr-defined]
    button_called(screen, "Vérifier avant de sortir").click()
    settle(window)
    check = screen._flow.check
    assert check is not None
    assert check.facts == facts.count(camille, Selection(sources=("netflix",)))
    assert not list(place.iterdir())
    button_called(screen, "Écrire les fichiers").click()
    settle(window)
    receipt, folder = screen._flow.receipt, screen._flow.folder
    assert receipt is not None
    assert folder is not None
    assert str(folder) in texts(screen)
    main = max(
        (folder / file.name for file in receipt.files if f".{form}" in file.name), key=lambda path: path.stat().st_size
    )
    written = main.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    assert written.startswith(check.lines.replace("\ufeff", "").replace("\r\n", "\n"))


def test_share_what_i_see_takes_the_visible_span_along(over_camille: Window) -> None:
    window = over_camille
    screen = go(window, "timeline")
    assert isinstance(screen, TimelineScreen)
    screen.view.zoom(4)
    settle(window)
    button_called(screen, "Partager ce que je vois").click()
    settle(window)
    chosen = house_of(window).selection
    assert (chosen.since, chosen.until) == (screen.view.since, screen.view.until) or chosen.since is not None
    assert frame_of(window).current.name == "share"


def test_nothing_can_be_dropped_while_the_vault_is_closed(
    qapp: QApplication, settings: Settings, tmp_path: Path
) -> None:
    with closed_window(qapp, settings) as window:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
        enter = QDragEnterEvent(
            QPointF(4, 3).toPoint(),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter.ignore()
        QApplication.sendEvent(window, enter)
        assert not enter.isAccepted()


def test_what_was_imported_or_ignored_is_not_offered_again_after_a_new_start(
    qapp: QApplication, camille: Vault, settings: Settings, archives: dict[str, Path], downloads: Path
) -> None:
    for name in ("NetflixViewingHistory.csv", "contacts.vcf", "balade-monts-dor.gpx"):
        shutil.copy2(archives[name], downloads / name)
    settings.watched = downloads
    with window_over(qapp, camille, settings) as window:
        finds = house_of(window).finds
        wait_for(lambda: len([a for a in finds.arrivals if a.ready]) == 3, "the three archives")
        by_name = {arrival.name: arrival for arrival in finds.arrivals}
        finds.ignore(by_name["contacts.vcf"])
        finds.start(by_name["NetflixViewingHistory.csv"], "import")
        settle(window)
    with window_over(qapp, camille, settings) as window:
        finds = house_of(window).finds
        wait_for(lambda: [a for a in finds.arrivals if a.ready], "the one that was not decided about")
        settle(window)
        assert [arrival.name for arrival in finds.arrivals] == ["balade-monts-dor.gpx"]
