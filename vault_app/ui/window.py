"""The window: the entrance while the vault is closed, the frame while it is open. Locking replaces the process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from vault_app import words
from vault_app.ui import blur, clipboard, language, theme
from vault_app.ui.lock_reasons import Presence, Sleep
from vault_app.ui.screens.entrance import Entrance
from vault_app.ui.settings import Settings
from vault_app.ui.tasks import Tasks
from vault_app.vault.session_folder import SessionFolder

if TYPE_CHECKING:
    from vault_app.ui.frame import Frame
    from vault_app.ui.open_vault import OpenVault
    from vault_app.ui.screens.rekeying import Rekeying
    from vault_app.vault.vault import Vault

SMALLEST = (1024, 640)
STILL_EVERY = 50
"""Milliseconds between two looks whether all work has ended."""


class Window(QMainWindow):
    """The one window of the application.

    ``relaunch`` is called when the vault was locked and closed: it replaces the process, so that nothing of what was
    shown stays in memory.
    """

    opened = Signal()

    def __init__(
        self,
        settings: Settings,
        relaunch: Callable[[], None],
        session: SessionFolder | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.session = session or SessionFolder()
        self.tasks = Tasks(self)
        self.house: OpenVault | None = None
        self.frame: Frame | None = None
        self.rekeying: Rekeying | None = None
        self._relaunch = relaunch
        self._reasons: tuple[Presence | Sleep, ...] = ()
        self._after_close: Callable[[], None] = lambda: None
        self.setWindowTitle("Self Data Vault")
        self.setMinimumSize(*SMALLEST)
        self.resize(1280, 800)
        self.setAcceptDrops(True)
        clipboard.watch()
        QShortcut(QKeySequence("Ctrl+L"), self, self.lock)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self.enter()

    def enter(self) -> None:
        """Show the entrance: welcome when there is no vault, else the place to open it."""
        entrance = Entrance(self.tasks, self.settings)
        entrance.opened.connect(self.open)
        entrance.language_chosen.connect(lambda value: self._change("language", value))
        self.setCentralWidget(entrance)
        self.opened.emit()

    def open(self, vault: Vault, after_close: Callable[[], None] | None = None, screen: str = "home") -> None:
        """Show an open vault. ``after_close`` removes what belongs to a vault that is thrown away."""
        from vault_app.ui.open_vault import OpenVault as House

        self._after_close = after_close or (lambda: None)
        if self.session.into(vault.folder.root) and self.session.home == vault.folder.root:
            self.session.sweep()
        self.house = House(vault, self.tasks, self.settings, self)
        self.settings.vanished = False
        self.house.lock.connect(self.lock)
        self.house.rekey.connect(self.rekey)
        here, asleep = Presence(vault.folder.root, self), Sleep(self)
        here.gone.connect(self.vanish)
        asleep.woke.connect(self.lock)
        self._reasons = (here, asleep)
        watched = self.settings.watched
        if watched is not None:
            self.house.finds.watch(watched)
        self.build(screen)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._awake()
        if vault.at_opening is not None and vault.at_opening.problems and self.frame is not None:
            self.frame.say(words.sentence("verdicts", "wrong", language.tongue()))

    def build(self, screen: str) -> None:
        """Make the frame and its screens anew, in the language and look of now."""
        from vault_app.ui.frame import Frame as Made
        from vault_app.ui.screens.all_screens import make_screens

        assert self.house is not None, "a vault is open"
        blur.turn(self.settings.blur)
        old = self.frame
        if old is not None:
            old.hide()
        self.frame = Made(self.house, make_screens(self.house))
        self.frame.lock.connect(self.lock)
        self.frame.look_changed.connect(self._change)
        self.tasks.failed.connect(self._failed, Qt.ConnectionType.UniqueConnection)
        self.setCentralWidget(self.frame)
        self.frame.show_screen(screen)
        self.opened.emit()

    def rekey(self, phrase: str, deep: bool) -> None:
        """Make a new data key: once all work has ended the screens go, and nothing but that is done."""
        if self.house is None or self.frame is None:
            return
        self.house.finds.stop()
        self.frame.setEnabled(False)
        self._when_still(lambda: self._make_key(phrase, deep))

    def _when_still(self, begin: Callable[[], None]) -> None:
        if self.tasks.busy:
            QTimer.singleShot(STILL_EVERY, self, lambda: self._when_still(begin))
        elif self.house is not None:
            begin()

    def _make_key(self, phrase: str, deep: bool) -> None:
        from vault_app.ui.screens.rekeying import Rekeying as Made

        assert self.house is not None, "a vault is open"
        self.rekeying = Made(self.house)
        self.rekeying.ended.connect(self._key_made)
        self.rekeying.over.connect(self.lock)
        self.setCentralWidget(self.rekeying)
        self.frame = None
        self.rekeying.start(phrase, deep=deep)
        self._awake()

    def _key_made(self) -> None:
        self._awake()
        if self.rekeying is not None and self.rekeying.lock_wanted:
            self.lock()

    def lock(self) -> None:
        """Blank the screen at once, end all work, close the vault, replace the process.

        While a new key is made nothing is shown, and nobody closes the vault: it locks afterwards.
        """
        if self.house is None:
            return
        if self.rekeying is not None and self.rekeying.running:
            self.rekeying.lock_afterwards()
            return
        self._blank()
        self._close_vault()
        self._relaunch()

    def vanish(self) -> None:
        """The vault's folder has gone: blank the screen, forget the keys, and wait for its return in a new process."""
        if self.house is None:
            return
        for reason in self._reasons:
            reason.stop()
        self.settings.vanished = True
        self._blank()
        self._let_go(self.house.abandon)
        self._relaunch()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leaving closes the vault first. Not while a new key is made."""
        if self.rekeying is not None and self.rekeying.running:
            event.ignore()
            return
        self.hide()
        self._close_vault()
        self.tasks.close()
        shown = self.centralWidget()
        if isinstance(shown, Entrance):
            shown.let_go()
        self.settings.save()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if self.house is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.setProperty("over", "true")

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files go to the inbox; nothing is opened before the person agrees."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if self.house is not None and self.frame is not None and paths:
            self.house.finds.add(paths)
            self.frame.show_screen("inbox")
            event.acceptProposedAction()

    def changeEvent(self, event: QEvent) -> None:
        """Minimised: the vault locks when the person has said so."""
        super().changeEvent(event)
        minimised = event.type() == QEvent.Type.WindowStateChange and self.isMinimized()
        if minimised and self.house is not None and self.settings.lock_minimised:
            QTimer.singleShot(0, self, self.lock)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or click keeps the vault open a while longer."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}:
            self._awake()
        return super().eventFilter(watched, event)

    def _awake(self) -> None:
        if self.house is not None and not self.tasks.jobs:
            self._idle.start(self.settings.idle_minutes * 60_000)
        elif self.house is not None:
            self._idle.start(60_000 * 60)

    def _close_vault(self) -> None:
        self._idle.stop()
        clipboard.take_back()
        for reason in self._reasons:
            reason.stop()
        self._reasons = ()
        if self.house is None:
            self.session.end()
            return
        self._let_go(self.house.close)

    def _blank(self) -> None:
        self.setCentralWidget(QWidget())
        self.frame = self.rekeying = None
        self.repaint()

    def _let_go(self, leave: Callable[[], None]) -> None:
        """Leave the vault, and take away all that belonged to it."""
        self._idle.stop()
        clipboard.take_back()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        leave()
        self.house = None
        self.session.end()
        self._after_close()

    def _change(self, what: str, value: object) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if what == "language":
            self.settings.language = str(value)
            language.speak(app, str(value))
        elif what == "mode":
            self.settings.mode = str(value)
        elif what == "blur":
            self.settings.blur = bool(value)
        else:
            self.settings.text_percent = int(str(value))
        theme.dress(app, self.settings.mode, self.settings.text_percent)
        if self.frame is not None:
            self.build(self.frame.current.name)
        else:
            self.enter()

    def _failed(self, error: object) -> None:
        if any(isinstance(reason, Presence) and not reason.look() for reason in self._reasons):
            return
        if self.frame is not None:
            self.frame.say(language.error_sentence("task-broke", what=type(error).__name__))
