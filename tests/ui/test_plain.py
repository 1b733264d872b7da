"""Imported text stays text: marks are made visible, no rich text anywhere, and hostile words open no file."""

from __future__ import annotations

import re
import sys
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget

from tests.ui.windows import SCREENS, frame_of, go, house_of, texts, wait_for, window_over
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.ui import plain
from vault_app.ui.flows.arrival import State
from vault_app.ui.plain import LONGEST, PlainLabel, PlainView, one_line, plain_message, plain_tooltip, visible
from vault_app.ui.screens.search import SearchScreen
from vault_app.ui.screens.timeline import TimelineScreen
from vault_app.ui.settings import Settings
from vault_app.vault.vault import Vault

UI = Path(plain.__file__).parent
RICH = re.compile(
    r"setHtml\(|setMarkdown\(|insertHtml\(|appendHtml\(|RichText|MarkdownText|setToolTip\(|QMessageBox\(|QLabel\(\S*[^)\s]|QTextBrowser|QTextEdit\b"
)
"""What shows rich text, or may take plain text for it."""


@pytest.mark.parametrize(
    ("char", "shown"),
    [
        ("\x00", "[00]"),
        ("\x1b", "[1B]"),
        ("\r", "[0D]"),
        ("\u202e", "[202E]"),
        ("\u2066", "[2066]"),
        ("\ufeff", "[FEFF]"),
        ("\ud800", "[D800]"),
        ("\U000e0041", "\ufffd"),
    ],
)
def test_control_and_direction_marks_are_shown_as_signs(char: str, shown: str) -> None:
    assert visible(f"a{char}b") == f"a{shown}b"


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Été à l’œuvre\tdeux\nlignes, 👩\u200d🌾, عربى, 12\u202f000\u00a0€"
    assert visible(text) == text


def test_long_lines_are_cut_and_short_ones_beside_them_are_not() -> None:
    long, short = "x" * (LONGEST + 1), "y" * 10
    first, second = visible(f"{long}\n{short}").split("\n")
    assert (len(first), first[-1], second) == (LONGEST, "…", short)


def test_one_line_has_no_line_break_and_a_bounded_length() -> None:
    assert one_line("a\n\n b\r\nc") == "a b c"
    assert len(one_line("mot " * 10_000, 40)) == 40


@given(st.text(alphabet=st.characters(), max_size=200))
def test_nothing_visible_controls_anything(text: str) -> None:
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"} and c not in "\n\t\u200d\u00ad"]
    assert visible(shown) == shown


@given(st.text(max_size=3000), st.integers(10, 300))
def test_no_line_is_longer_than_asked(text: str, longest: int) -> None:
    assert max(map(len, visible(text, longest).split("\n"))) <= longest
    assert len(one_line(text, longest)) <= longest


def test_a_label_shows_tags_as_text(qapp: QApplication) -> None:
    tag = "<b>gras</b><br>"
    bold, plain_ = PlainLabel(tag, wrap=False), PlainLabel("gras", wrap=False)
    assert bold.text() == tag
    assert bold.textFormat() is Qt.TextFormat.PlainText
    assert bold.sizeHint().width() > plain_.sizeHint().width()
    bold.say("<i>" + "\u202e")
    assert bold.text() == "<i>[202E]"


def test_a_view_shows_tags_as_text_and_lets_go_of_the_keyboard(qapp: QApplication) -> None:
    view = PlainView("nom", "<b>a</b>")
    assert view.toPlainText() == "<b>a</b>"
    assert view.tabChangesFocus()
    assert view.accessibleName() == "nom"


def test_a_tool_tip_escapes_its_text(qapp: QApplication) -> None:
    widget = QWidget()
    plain_tooltip(widget, '<img src="file:///etc/hostname">')
    assert "<img" not in widget.toolTip()
    assert "&lt;img" in widget.toolTip()
    plain_tooltip(widget, "")
    assert not widget.toolTip()


def test_a_message_is_plain_and_does_not_block(qapp: QApplication) -> None:
    parent = QWidget()
    plain_message(parent, "titre", "<b>a</b>")
    (box,) = parent.findChildren(QMessageBox)
    assert box.textFormat() is Qt.TextFormat.PlainText
    assert box.text() == "<b>a</b>"
    box.close()


def test_no_other_file_can_show_rich_text() -> None:
    found = [
        f"{path.relative_to(UI)}: {hit[0]}"
        for path in sorted(UI.rglob("*.py"))
        if path.name != "plain.py"
        for hit in RICH.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


class Opened:
    """Which paths anything in this process opens, while ``listening``."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.listening = False
        self._me = threading.get_ident()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.listening and event in {"open", "os.listdir", "os.scandir"} and arguments:
            self.paths.append(str(arguments[0]))


BAIT = "appat-que-personne-n-ouvre"


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[tuple[Vault, Path, Path]]:
    """An empty vault, an archive whose every text is an attack, and the bait that it points at."""
    bait = tmp_path / f"{BAIT}.png"
    bait.write_bytes((UI.parents[1] / "resources" / "icons" / "tick-dark.png").read_bytes())
    image = f'<img src="file://{bait}">'
    share = f'<img src="//{BAIT}/share/y.png">'
    archive = tmp_path / '<img src="x"> agenda.ics'
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{image}"]
    for number, text in enumerate(
        (
            image,
            share,
            "<style>@import url(file://" + str(bait) + ");</style>",
            "<b>gras</b> \u202eexe.pdf",
            f"![x](file://{bait})",
        )
    ):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}{image}",
            "DTSTART:20240102T030405Z",
            f"SUMMARY:{text}",
            f"DESCRIPTION:{text}",
            f"LOCATION:{share}",
            f'ORGANIZER;CN="x {number}":mailto:x{number}@example.org',
            "END:VEVENT",
        ]
    archive.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    vault = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK).vault
    yield vault, archive, bait
    vault.close()


def test_rich_text_would_take_the_bait(qapp: QApplication, hostile: tuple[Vault, Path, Path]) -> None:
    """The control: shown as rich text, the picture is drawn. Without it the next test could not fail."""
    _, _, bait = hostile
    label = QLabel()
    label.setText(f'<img src="file://{bait}">')
    drawn = label.grab().toImage()
    empty = QLabel()
    empty.resize(label.size())
    assert drawn != empty.grab().toImage()
    assert label.sizeHint().height() >= 10


def test_hostile_words_are_shown_as_words_on_every_screen(
    qapp: QApplication, hostile: tuple[Vault, Path, Path], settings: Settings
) -> None:
    vault, archive, bait = hostile
    opened = Opened()
    read_before = bait.stat().st_atime_ns
    with window_over(qapp, vault, settings) as window:
        house = house_of(window)
        (arrival,) = house.finds.add([archive])
        wait_for(lambda: arrival.state is State.PLANNED, "the plan")
        house.finds.shown = arrival
        go(window, "inbox")
        assert '<img src="x"> agenda.ics' in texts(frame_of(window))
        go(window, "bring-in")
        opened.listening = True
        house.finds.start(arrival, '<img src="file:///x">')
        wait_for(lambda: arrival.state is State.DONE, "the import")
        for name in SCREENS:
            screen = go(window, name)
            if isinstance(screen, SearchScreen | TimelineScreen):
                assert screen.list.facts.rowCount() >= 5
                for row in range(screen.list.facts.rowCount()):
                    screen.list.go_to(row)
                    wait_for(screen.detail.toPlainText, "the fact in full")
                    assert "<" in screen.detail.toPlainText()
            window.grab()
        frame_of(window).say(f'<img src="file://{bait}">')
        window.grab()
        for label in window.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText or not label.text(), label.text()
        for made in window.findChildren(QPushButton):
            assert "&" not in made.text() or "&&" in made.text(), made.text()
    opened.listening = False
    assert account_of(vault) >= 5
    assert not [path for path in opened.paths if BAIT in path or "share/y" in path]
    assert bait.stat().st_atime_ns == read_before


def account_of(vault: Vault) -> int:
    (row,) = vault.imports.complete()
    return vault.imports.account(row.id).new
