"""Files that nothing reads: kept whole when they come by themselves."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from importers.records import Kind, Moment, Precision
from tests.importing import run


def pdf(created: str) -> bytes:
    return f"%PDF-1.4\n1 0 obj\n<< /Producer (x) /CreationDate ({created}) >>\nendobj\n%%EOF\n".encode()


def test_a_pdf_is_kept_whole_with_its_own_date(tmp_path: Path) -> None:
    file = tmp_path / "Facture janvier.pdf"
    file.write_bytes(pdf("D:20240102030405+01'00'"))
    result = run(file)
    (item,) = result.items
    assert (item.kind, item.title, item.when) == (
        Kind.DOCUMENT,
        "Facture janvier.pdf",
        Moment(1_704_161_045_000_000, 60, Precision.SECOND),
    )
    assert result.files == {"Facture janvier.pdf": file.read_bytes()}
    assert result.outcomes == {"kept": 1}


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("D:20240102", Moment(1_704_153_600_000_000, None, Precision.DAY)),
        ("D:20240102030405Z", Moment(1_704_164_645_000_000, None, Precision.SECOND)),
        ("D:99999999", None),
        ("yesterday", None),
    ],
)
def test_dates_of_pdfs(tmp_path: Path, created: str, expected: Moment | None) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(pdf(created))
    assert run(file).items[0].when == expected


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lettre.txt", b"Bonjour,\nvoici une lettre.\n"),
        ("page.html", b"<html><body>x</body></html>"),
        ("inconnu.bin", bytes(range(256)) * 4),
    ],
)
def test_any_other_single_file_is_a_document_without_a_date(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    result = run(file)
    assert [(item.kind, item.title, item.when) for item in result.items] == [(Kind.DOCUMENT, name, None)]
    assert result.files[name] == data


def test_the_same_bytes_under_another_name_are_the_same_document(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("pareil", encoding="utf-8")
    assert run(tmp_path / "a.txt").items[0].key == run(tmp_path / "b.txt").items[0].key


def test_an_empty_file_is_not_understood(tmp_path: Path) -> None:
    (tmp_path / "vide.txt").write_bytes(b"")
    assert run(tmp_path / "vide.txt").outcomes == {"unknown": 1}


def test_inside_an_archive_what_nothing_reads_stays_unknown_and_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "lettre.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("lettre.txt", "Bonjour")
    result = run(file)
    assert result.outcomes == {"unknown": 1}
    assert result.files == {"lettre.txt": b"Bonjour"}
