"""The rescue sheet on paper or as a PDF: the code, the block that replaces a lost header, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from vault_app.ui import paper, picker, sheet_code
from vault_app.ui.language import now_text

_POINTS = 10.5
_SIDE = 60.0
"""Millimetres of the black square: about a millimetre each small one."""

translate = QCoreApplication.translate


def save_sheet(parent: QWidget, code: str, vault: Path) -> bool:
    """Ask for a place and write the sheet there as a PDF; returns whether it was written."""
    name = translate("RescueSheet", "rescue-sheet.pdf")
    title = translate("RescueSheet", "Save the rescue sheet")
    chosen = picker.choose_new_file(parent, title, Path.home() / name, "PDF (*.pdf)")
    if chosen is None:
        return False
    write_sheet(chosen, code, vault)
    return chosen.is_file()


def print_sheet(parent: QWidget, code: str, vault: Path) -> bool:
    """Ask for a printer and print the sheet; returns whether the person agreed."""
    return paper.print_lines(parent, sheet_lines(code, vault), square(vault))


def write_sheet(path: Path, code: str, vault: Path) -> None:
    """Write the sheet as a PDF."""
    paper.write_pdf(path, translate("RescueSheet", "Rescue sheet"), sheet_lines(code, vault), square(vault))


def square(vault: Path) -> paper.Square:
    """The small print once more, for a camera."""
    found = sheet_code.modules(_block(vault))
    return paper.Square(_SIDE, lambda painter, left, top, side: sheet_code.draw(painter, found, left, top, side))


def _block(vault: Path) -> str:
    """The small print of the vault in a folder."""
    from vault_app.vault import header, rescue

    return rescue.spell_block(rescue.block_of(header.read(vault)[0].header))


def sheet_lines(code: str, vault: Path) -> list[tuple[str, float, bool]]:
    """The text of the sheet: each line with its size in points and whether it is in fixed width."""
    block = _block(vault)
    return [
        (translate("RescueSheet", "Rescue sheet of my data vault"), 20, False),
        (
            translate("RescueSheet", "Folder: {name}. Sheet of {date}.").format(name=vault.name, date=now_text()),
            _POINTS,
            False,
        ),
        (translate("RescueSheet", "This code opens the vault without the passphrase:"), 12, False),
        (code, 17, True),
        (
            translate(
                "RescueSheet",
                "Keep this sheet on paper, away from the computer: at home in a safe place, or with somebody you trust."
                " Whoever has this code and the vault can read everything. Do not leave copies on a public printer.",
            ),
            _POINTS,
            False,
        ),
        (
            translate(
                "RescueSheet", "To use it: start the program, choose the vault, tick « I forgot my passphrase »."
            ),
            _POINTS,
            False,
        ),
        (
            translate(
                "RescueSheet",
                "If the vault's headers are lost too, choose « My vault is damaged » there; this block is then needed:",
            ),
            _POINTS,
            False,
        ),
        (block, 9, True),
    ]
