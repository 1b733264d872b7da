"""The rescue sheet: what a camera and an eye need to bring a vault back is on it, square by square."""

from __future__ import annotations

from pathlib import Path

import pytest
import segno
from pypdf import PdfReader
from PySide6.QtGui import QColor, QImage, QPainter

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.ui import rescue_sheet, sheet_code
from vault_app.vault import header, rescue
from vault_app.vault.vault import Vault


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str, str]:
    """A vault's folder, its code and its block."""
    created = Vault.create(tmp_path / "Coffre", PHRASE, profile=QUICK)
    created.vault.close()
    block = rescue.spell_block(rescue.block_of(header.read(tmp_path / "Coffre")[0].header))
    return tmp_path / "Coffre", created.rescue_code, block


def test_the_squares_are_those_of_the_code_for_the_block(made: tuple[Path, str, str]) -> None:
    symbols = made[2].replace("-", "")
    expected = segno.make_qr(symbols, error="m")
    assert sheet_code.modules(made[2]) == tuple(tuple(map(bool, row)) for row in expected.matrix)
    assert expected.mode == "alphanumeric"
    assert rescue.read_block(symbols) == rescue.read_block(made[2])


def test_each_square_is_drawn_in_its_place_with_a_white_border(made: tuple[Path, str, str], qapp: object) -> None:
    squares = sheet_code.modules(made[2])
    size = (len(squares) + 2 * sheet_code.BORDER) * 5
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    painter = QPainter(image)
    sheet_code.draw(painter, squares, 0, 0, size)
    painter.end()
    drawn = [
        [image.pixelColor(x * 5 + 2, y * 5 + 2).lightness() < 128 for x in range(size // 5)] for y in range(size // 5)
    ]
    inner = slice(sheet_code.BORDER, -sheet_code.BORDER)
    assert tuple(tuple(row[inner]) for row in drawn[inner]) == squares
    assert sum(map(sum, drawn)) == sum(map(sum, squares))


def test_the_pdf_has_one_page_with_every_square(made: tuple[Path, str, str], tmp_path: Path, qapp: object) -> None:
    place, code, block = made
    rescue_sheet.write_sheet(tmp_path / "fiche.pdf", code, place)
    pages = PdfReader(tmp_path / "fiche.pdf").pages
    assert len(pages) == 1
    content = pages[0].get_contents()
    assert content is not None
    black = sum(map(sum, sheet_code.modules(block)))
    assert content.get_data().count(b" re\n") >= black
    texts = [text for text, _, _ in rescue_sheet.sheet_lines(code, place)]
    assert code in texts
    assert block in texts
