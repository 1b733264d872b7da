"""Tables as text: encodings, delimiters, headers below a preamble, and rows that are damaged."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats.tables import FIELD, Cells, Row, Trouble, cells, rest, rows, table


def read(data: bytes, *header: str) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, row.cells) for row in rows(io.BytesIO(data), header) if isinstance(row, Row)]


def troubles(data: bytes, *header: str) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows(io.BytesIO(data), header) if isinstance(row, Trouble)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_found(encoding: str) -> None:
    text = "Libellé;Montant\r\nCafé à l’œil;3,50 €\r\nThé;2,00 €\r\n"
    found = read(text.encode(encoding))
    assert found == [
        (2, {"Libellé": "Café à l’œil", "Montant": "3,50 €"}),
        (3, {"Libellé": "Thé", "Montant": "2,00 €"}),
    ]


def test_a_line_in_another_encoding_loses_nothing() -> None:
    found = read("nom,ville\nÉva,Orléans\n".encode() + "Zoé,Nîmes\n".encode("cp1252") + "Léa,Sète\n".encode())
    assert [row["ville"] for _, row in found] == ["Orléans", "Nîmes", "Sète"]


def test_a_character_cut_by_a_block_is_whole() -> None:
    data = "a;b\n" + "é" * 40_000 + ";1\n" + "x;" + "ü" * 40_000 + "\n"
    assert [len(row["a"]) + len(row["b"]) for _, row in read(data.encode())] == [40_001, 40_001]


@pytest.mark.parametrize("mark", [";", "\t", "|", ","])
def test_the_delimiter_is_found(mark: str) -> None:
    data = "\n".join(mark.join(row) for row in (("day", "sum", "note"), ("1", "2", "x y"), ("3", "4", "")))
    assert read(data.encode())[0] == (2, {"day": "1", "sum": "2", "note": "x y"})


def test_decimal_commas_do_not_look_like_a_delimiter() -> None:
    assert read(b"a;b\n1,5;2,5\n3,5;4,5\n") == [(2, {"a": "1,5", "b": "2,5"}), (3, {"a": "3,5", "b": "4,5"})]


def test_excel_says_its_delimiter_in_a_first_line() -> None:
    assert read(b"sep=|\na|b,c\n1|2\n") == [(3, {"a": "1", "b,c": "2"})]


def test_the_header_stands_below_a_preamble() -> None:
    data = "Compte n° 7\n\nSolde;12,00\nDate;Libellé;Montant\n01/02/2024;Pain;-1,20\n02/02/2024;Lait;-1,00\n"
    assert read(data.encode(), "date", "LIBELLE")[0] == (
        5,
        {"Date": "01/02/2024", "Libellé": "Pain", "Montant": "-1,20"},
    )
    assert read(data.encode()) == read(data.encode(), "date", "LIBELLE")
    assert [entry.cells[0] for entry in table(io.BytesIO(data.encode())).preamble] == ["Compte n° 7", "Solde"]


def test_a_header_that_is_not_there_is_said() -> None:
    assert troubles(b"a,b\n1,2\n", "c") == [(1, "table-no-header")]
    assert list(rows(io.BytesIO(b""), ["c"])) == []


def test_line_numbers_count_line_ends_within_fields() -> None:
    data = b'title,day\r\n"one\r\ntwo",1\r\n\r\nthree,2\r\n'
    assert read(data) == [(2, {"title": "one\r\ntwo", "day": "1"}), (5, {"title": "three", "day": "2"})]


def test_old_line_ends_and_nul_are_tolerated() -> None:
    assert read(b"a,b\r1,2\r3,\x00 4\r") == [(2, {"a": "1", "b": "2"}), (3, {"a": "3", "b": " 4"})]


def test_names_are_unique_and_fields_beyond_the_header_are_kept() -> None:
    found = read(b"a,a,,b\n1,2,3,4,5\n1,2,3,4\n")
    assert found[0] == (2, {"a": "1", "a (2)": "2", "column 3": "3", "b": "4", "column 5": "5"})


def test_a_short_row_lacks_names_and_a_cut_last_row_is_said() -> None:
    assert read(b"a,b,c\n1,2\n1,2,3\n4,5")[::2] == [(2, {"a": "1", "b": "2"}), (4, {"a": "4", "b": "5"})]
    assert troubles(b"a,b,c\n1,2\n1,2,3\n4,5") == [(4, "table-cut")]
    assert troubles(b"a,b\n1,2\n4,5") == []


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    data = b'a,b\n1,2\n3,"4\n5,6\n7,8\n'
    assert [row for _, row in read(data)] == [
        {"a": "1", "b": "2"},
        {"a": "3", "b": "4\n"},
        {"a": "5", "b": "6"},
        {"a": "7", "b": "8"},
    ]
    assert troubles(data) == [(3, "table-cut")]


def test_a_quote_that_swallows_a_million_characters_costs_one_row() -> None:
    lines = FIELD // 8 + 10
    data = b'a,b\n3,"4\n' + b"567,8901\n" * lines
    assert troubles(data) == [(2, "table-cut")]
    assert len(read(data)) == lines + 1


def test_a_line_without_end_is_passed_over() -> None:
    data = b"a,b\n1,2\n" + b"x" * (9 << 20) + b"\n3,4\n"
    assert read(data) == [(2, {"a": "1", "b": "2"}), (4, {"a": "3", "b": "4"})]
    assert troubles(data) == [(3, "table-row")]


def test_far_too_many_fields_are_a_broken_row() -> None:
    assert troubles(b"a,b\n1,2\n" + b"," * 10_001 + b"\n3,4\n") == [(3, "table-row")]


def test_quotes_that_open_on_every_line_take_bounded_time() -> None:
    data = b"a,b\n" + b'x"y,"z\n' * 400_000
    assert sum(1 for _ in rows(io.BytesIO(data))) > 0


class Endless(io.RawIOBase):
    """A file that never ends, to show that rows come before it does."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        line = b"1,2\n" * (len(buffer) // 4)
        buffer[: len(line)] = line
        return len(line)


def test_rows_are_streamed() -> None:
    stream: Iterator[Row | Trouble] = rows(io.BufferedReader(Endless()))
    assert len(list(islice(stream, 100_000))) == 100_000


class Damaged(io.BytesIO):
    """Gives its bytes, then fails."""

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        if not data:
            raise OSError("damaged")
        return data


def test_an_error_of_the_stream_comes_after_everything_before_it() -> None:
    found: list[Row | Trouble] = []
    with pytest.raises(OSError, match="damaged"):
        found.extend(rows(Damaged(b"a,b\n1,2\n3,4\n5")))
    assert [row.line for row in found] == [2, 3, 4, 4]


def test_cells_give_every_row_as_it_stands() -> None:
    assert list(cells(io.BytesIO(b"a;b\n\nc\n"), ";")) == [Cells(1, ["a", "b"]), Cells(2, []), Cells(3, ["c"])]


def test_the_rest_leaves_out_what_was_taken_and_what_is_empty() -> None:
    assert rest({"a": "1", "b": "", "c": "0"}, {"a"}) == {"c": "0"}


@given(st.lists(st.lists(st.text("ab ,;\"'\n\r\té€", min_size=1, max_size=8), min_size=3, max_size=3), max_size=20))
def test_what_csv_writes_is_read_back(written: list[list[str]]) -> None:
    import csv

    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["name", "day", "sum"], *written])
    found = read(text.getvalue().encode(), "name", "day", "sum")
    assert [list(row.values()) for _, row in found] == written
