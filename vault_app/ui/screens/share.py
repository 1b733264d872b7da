"""Sharing: what leaves, in which format, to which place; checked before, told afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from vault_app.share.export import ExportError, Receipt
from vault_app.share.targets import TARGETS
from vault_app.ui import language, picker
from vault_app.ui.blur import hidden
from vault_app.ui.chips import chips
from vault_app.ui.flows.sharing import Check, Sharing, Step
from vault_app.ui.language import number, size, tongue
from vault_app.ui.open_vault import OpenVault
from vault_app.ui.plain import PlainLabel, PlainView
from vault_app.ui.screens.screen import EVERY_LIMIT, Screen, button, card, clear, focus_soon, page
from vault_app.ui.series_names import series_name
from vault_app.ui.tokens import GAP
from vault_app.ui.widgets.flow import wrapping


class ShareScreen(Screen):
    """Exports the one selection."""

    name = "share"
    follows = EVERY_LIMIT

    def __init__(self, house: OpenVault, parent: QWidget | None = None) -> None:
        super().__init__(house, parent)
        self._flow = Sharing(house.selection)
        area, self._column = page(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._problem = PlainLabel("", "danger")

    def title(self) -> str:
        """The name of the screen."""
        return self.tr("Share")

    def arrive(self) -> None:
        """Begin anew with the selection of now; a receipt stays until the selection changes."""
        if self._flow.step is not Step.DONE or self._flow.selection != self.house.selection:
            place, target = self._flow.place, self._flow.target
            self._flow = Sharing(self.house.selection, target, place)
        self._show()

    def _show(self) -> None:
        clear(self._column)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GAP)
        {Step.CHOOSE: self._choose_page, Step.CHECK: self._check_page, Step.DONE: self._done_page}[self._flow.step](
            column
        )
        self._column.addWidget(body)
        self._column.addStretch(1)

    def _choose_page(self, column: QVBoxLayout) -> None:
        column.addWidget(PlainLabel(self.tr("1. What do you want to take out?"), "heading"))
        parts = [text for text, _ in chips(self._flow.selection)]
        what = ", ".join(parts) if parts else self.tr("Everything that is in the vault")
        column.addWidget(PlainLabel(what))
        column.addWidget(
            PlainLabel(
                self.tr("To take out less, choose a span in the timeline, or a kind or source in the search."),
                "secondary",
            )
        )
        column.addWidget(PlainLabel(self.tr("2. In which form?"), "heading"))
        for target in TARGETS.values():
            text = target.fr if tongue() == "fr" else target.en
            name, _, more = text.partition(", ")
            choice = QRadioButton(name)
            choice.setAccessibleName(text)
            choice.setChecked(target is self._flow.target)
            choice.clicked.connect(lambda _=False, target=target: setattr(self._flow, "target", target))
            column.addWidget(choice)
            if more:
                column.addWidget(PlainLabel(more, "secondary"))
        column.addWidget(PlainLabel(self.tr("3. To which folder?"), "heading"))
        row = QHBoxLayout()
        place = PlainLabel(str(self._flow.place) if self._flow.place else self.tr("No folder chosen yet."))
        choose = button(self.tr("Choose a folder…"))
        choose.clicked.connect(self._choose)
        row.addWidget(choose)
        row.addWidget(place, 1)
        column.addLayout(row)
        self._told(column)
        go = button(self.tr("Check before it leaves"), "primary")
        go.setEnabled(self._flow.place is not None)
        go.clicked.connect(self._look)
        column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)

    def _check_page(self, column: QVBoxLayout) -> None:
        check = self._flow.check
        assert check is not None, "the check was made"
        column.addWidget(PlainLabel(self.tr("Check before it leaves"), "heading"))
        frame, inside = card()
        inside.addWidget(PlainLabel(self.tr("%n fact(s)", "", check.facts), "heading"))
        for name, count in check.series:
            inside.addWidget(PlainLabel(f"{number(count)}  {series_name(name)}"))
        inside.addWidget(PlainLabel(self.tr("To a new folder in: {place}").format(place=self._flow.place)))
        column.addWidget(frame)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "These files will not be encrypted: whoever finds them can read them. The vault keeps a note of it."
                ),
                "warning",
            )
        )
        column.addWidget(PlainLabel(self.tr("The first lines, exactly as they will be written:")))
        view = PlainView(self.tr("The first lines, exactly as they will be written"), hidden(check.lines))
        view.setLineWrapMode(PlainView.LineWrapMode.NoWrap)
        view.setMinimumHeight(200)
        column.addWidget(view)
        self._told(column)
        go = button(self.tr("Write the files"), "primary")
        go.clicked.connect(self._write)
        back = button(self.tr("Back"))
        back.clicked.connect(self._back)
        column.addWidget(wrapping(go, back))
        focus_soon(go)

    def _done_page(self, column: QVBoxLayout) -> None:
        receipt, folder = self._flow.receipt, self._flow.folder
        assert receipt is not None, "the files were written"
        column.addWidget(PlainLabel(self.tr("Done. Your files are here:"), "heading"))
        column.addWidget(PlainLabel(str(folder)))
        frame, inside = card()
        for file in receipt.files:
            lines = self.tr("%n line(s)", "", file.rows)
            inside.addWidget(PlainLabel(f"{file.name}   {lines}   {size(file.size)}"))
        column.addWidget(frame)
        again = button(self.tr("Share something else"))
        again.clicked.connect(self._again)
        column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        focus_soon(again)

    def _told(self, column: QVBoxLayout) -> None:
        self._problem = PlainLabel("", "danger")
        self._problem.hide()
        column.addWidget(self._problem)

    def _choose(self) -> None:
        chosen = picker.choose_folder(self, self.tr("Folder for the files"), self._flow.place or Path.home())
        if chosen is not None:
            self._flow.place = chosen
            self._show()

    def _look(self) -> None:
        flow, vault = self._flow, self.house.vault
        title = self.tr("Counting what would leave")

        def looked(check: Check) -> None:
            flow.looked(check)
            self._show()

        self.house.tasks.read(lambda _: flow.look(vault)).named(title).replacing("share").on_done(looked).start()

    def _write(self) -> None:
        flow, vault = self._flow, self.house.vault

        def written(result: tuple[Receipt, Path]) -> None:
            flow.written(*result)
            self.house.announce.emit(self.tr("Done. Your files are here:") + f" {flow.folder}")
            self._show()

        def failed(error: BaseException) -> None:
            reason = error.reason if isinstance(error, ExportError) else "no-such-file"
            self._problem.say(language.error_sentence(reason))
            self._problem.show()

        job = self.house.tasks.write(lambda _: flow.write(vault)).named(self.tr("Writing the files"))
        job.on_done(written).on_error(failed).start()

    def _back(self) -> None:
        self._flow.back()
        self._show()

    def _again(self) -> None:
        self._flow = Sharing(self.house.selection, self._flow.target, self._flow.place)
        self._show()
