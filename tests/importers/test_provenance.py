"""All real samples at once: each is read to the counts that are known of it, and none stands outside of the table."""

from __future__ import annotations

import pytest

from tests.importers.provenance import Row, counted, counts, files, read, rows, without_a_row
from tests.importing import sample


def test_every_file_of_the_samples_belongs_to_a_row_of_the_table() -> None:
    sample("google")
    assert len(files()) > 500
    assert without_a_row(files()) == []


def test_a_file_without_a_row_is_found() -> None:
    assert without_a_row(["google/keep/one.json", "google/new/one.json"]) == ["google/new/one.json"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.path)
def test_a_sample_is_read_to_the_counts_that_are_known_of_it(row: Row) -> None:
    sample(row.path)
    found = read(row.path)
    assert counts(found) == row.counts
    assert {one.how: counted(found, one.how) for one in row.stated} == {one.how: one.got for one in row.stated}


def test_every_deviation_from_a_stated_number_is_explained() -> None:
    stated = [one for row in rows() for one in row.stated]
    assert len(stated) > 80
    assert [one for one in stated if (one.got != one.number) != bool(one.why)] == []


def test_most_samples_are_read_without_a_notice() -> None:
    quiet = [row for row in rows() if "notices" not in row.counts]
    assert len(quiet) / len(rows()) > 0.8
