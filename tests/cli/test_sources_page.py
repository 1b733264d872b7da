"""The page of sources is what the importers declare; it hides no reader that was never tried on a real file."""

from __future__ import annotations

from pathlib import Path

from importers.contract import Importer
from importers.registry import declarations
from vault_app.cli.sources_page import STATUS, page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sources.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m vault_app.cli.sources_page > docs/sources.md"


def test_every_status_is_one_that_the_page_explains() -> None:
    assert {found.status for found in declarations() if isinstance(found, Importer)} <= STATUS.keys()


def test_readers_that_no_real_file_proved_are_counted_and_marked() -> None:
    readers = [found for found in declarations() if isinstance(found, Importer)]
    proven = sum(found.status == "proven" for found in readers)
    assert f"**{proven} of {len(readers)} readers" in page()
    assert page().count("| proven |\n") == proven


def test_services_whose_files_nobody_knows_are_named_as_documents() -> None:
    papers = page().partition("## As documents")[2]
    assert all(f"*{name}*" in papers for name in ("BlaBlaCar", "Doctolib", "Engie", "leboncoin"))
    assert "*BoursoBank*" not in papers
    assert "BoursoBank" in papers
