"""Threads of Perplexity in the two forms of tools for browsers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing import check_golden, run
from tests.kept_values import lost_values

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "perplexity"


@pytest.mark.parametrize("name", ["first", "second"])
def test_a_thread_reads_as_its_golden_records_and_loses_nothing(name: str, *, regenerate: bool) -> None:
    path = FIXTURES / f"{name}.json"
    check_golden(path, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)
    assert lost_values(run(path), path) <= {"conversations", "entries"}
