"""A Kindle's clippings, in the words of each language that a device may have."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.kindle.words import about
from importers.records import Kind, Precision
from tests.importing import check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "kindle"
CLIPPINGS = FIXTURES / "My Clippings.txt"


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def test_the_invented_file_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(CLIPPINGS, FIXTURES / "clippings.golden.jsonl", regenerate=regenerate)


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("clippings-2012-leading-separator", {"note": 2}),
        ("clippings-en-notes", {"note": 7}),
        ("clippings-en-simple", {"note": 2, "bookmark": 1}),
        ("clippings-multilang-transcribed", {"note": 5}),
    ],
)
def test_the_real_files_give_every_clipping(name: str, kinds: dict[str, int]) -> None:
    found = run(sample(f"kindle/{name}"))
    assert found.kinds == kinds
    assert all(item.when is not None for item in found.items)
    assert not found.notices


@pytest.mark.parametrize("name", ["clippings-en-notes", "clippings-en-simple", "clippings-multilang-transcribed"])
def test_no_line_of_the_real_files_is_lost(name: str) -> None:
    folder = sample(f"kindle/{name}")
    held = "\n".join(f"{item.text}\n{item.details['book']}\n{item.details['line']}" for item in run(folder).items)  # type: ignore[index]
    lines = (folder / "documents" / "My Clippings.txt").read_text(encoding="utf-8").replace("\ufeff", "").split("\n")
    assert all(line.strip() in held for line in lines if line.strip() != "==========")


@pytest.mark.parametrize(
    ("line", "sort", "page", "location", "stamp"),
    [
        (
            "- Your Highlight on Location 35-36 | Added on Monday, July 20, 2020 12:58:07 AM",
            "highlight",
            "",
            "35-36",
            (2020, 7, 20, 0, 58, 7),
        ),
        (
            "- Highlight on Page 10 | Added on Monday, 3 December 12 19:51:33 Greenwich Mean Time",
            "highlight",
            "10",
            "",
            (2012, 12, 3, 19, 51, 33),
        ),
        (
            "- Votre surlignement Emplacement 307-307 | Ajouté le lundi 17 décembre 2012 à 08:27:45",
            "highlight",
            "",
            "307-307",
            (2012, 12, 17, 8, 27, 45),
        ),
        (
            "- La nota en la página 197 | posición 2031 | Añadido el sábado, 12 de octubre de 2019 0:37:31",
            "note",
            "197",
            "2031",
            (2019, 10, 12, 0, 37, 31),
        ),
        (
            "- Ihre Markierung auf Seite 42 | Position 1234-1236 | Hinzugefügt am Montag, 30. Dezember 2024 14:46:33",
            "highlight",
            "42",
            "1234-1236",
            (2024, 12, 30, 14, 46, 33),
        ),
        (
            "-  La tua evidenziazione alla posizione 453-454 | Aggiunto in data lunedì 8 marzo 2021 22:52:57",
            "highlight",
            "",
            "453-454",
            (2021, 3, 8, 22, 52, 57),
        ),
        (
            "- Seu destaque ou posição 2829-2829 | Adicionado: sexta-feira, 29 de novembro de 2019 18:00:13",
            "highlight",
            "",
            "2829-2829",
            (2019, 11, 29, 18, 0, 13),
        ),
        (
            "- 您在第 25 页（位置 #243-244）的标注 | 添加于 2023年2月14日星期二 上午5:15:57",
            "highlight",
            "25",
            "243-244",
            (2023, 2, 14, 5, 15, 57),
        ),
    ],
)
def test_the_second_line_is_understood_in_each_language(
    line: str, sort: str, page: str, location: str, stamp: tuple[int, ...]
) -> None:
    said = about(line)
    assert said.when is not None
    assert (said.sort, said.page, said.location, said.when.us) == (sort, page, location, us(*stamp))


def test_a_time_without_seconds_is_precise_to_the_minute() -> None:
    said = about("- Your Highlight on Page 5 | Added on Tuesday, April 24, 2012, 04:13 PM")
    assert said.when is not None
    assert (said.when.us, said.when.precision) == (us(2012, 4, 24, 16, 13), Precision.MINUTE)


def test_the_author_is_the_last_parenthesis_whatever_it_holds() -> None:
    found = run(CLIPPINGS)
    titles = [(item.title, item.parties[0].name if item.parties else "") for item in found.items]
    assert titles[0] == ("Le Phare (tome 1)", "Testeur, Lou")
    assert titles[2] == ("Récits", "(美)米切尔")
    assert titles[3] == ("notice.pdf", "")


def test_an_edited_highlight_and_its_old_version_are_both_kept() -> None:
    texts = [item.text for item in run(CLIPPINGS).items if item.text.startswith("Une phrase")]
    assert texts == ["Une phrase soulignée\nsur deux lignes.", "Une phrase soulignée\nsur deux lignes, et plus loin."]


def test_the_empty_third_line_may_be_absent_and_the_last_separator_too() -> None:
    found = run(CLIPPINGS)
    assert found.items[4].text == "Text right after"
    assert len(found.items) == 7


def test_what_is_no_clipping_is_kept_as_it_is_and_said_with_its_line() -> None:
    found = run(CLIPPINGS)
    assert [(n.reason, n.position) for _, n in found.notices] == [
        ("table-date", "line 23"),
        ("kindle-clipping", "line 26"),
    ]
    assert (found.items[5].kind, found.items[5].text) == (Kind.OTHER, "quelque chose d'autre")


def test_a_renamed_file_is_recognised_and_has_the_same_keys(tmp_path: Path) -> None:
    shutil.copy(CLIPPINGS, tmp_path / "0001.txt")
    found = run(tmp_path)
    assert found.readers == {"0001.txt": "kindle.clippings"}
    assert [item.key for item in found.items] == [item.key for item in run(CLIPPINGS).items]
