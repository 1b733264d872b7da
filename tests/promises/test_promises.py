"""The promises of the vault at the figures of CI. What cannot be tried on a machine is skipped with the reason.

Prints its figures (``pytest -s``); ``python3 start.py promises`` shows all rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor

import pytest

from tests.promises import rows
from tests.promises.laboratory import pool
from tests.promises.level import Level
from tests.promises.rows import TRIALS

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SUITE = Level(
    "suite", states=800, fault_states=2_000, kill_step=97, trouble_step=149, flips=100, damages=15, races=20,
    edits=2_000, tokens=100, megabytes=60, gigabytes=0, variants=1, mutations=30_000, guided=0, plans=20, export_kills=10,
    session_kills=0, pulls=0, tests=False,
)  # fmt: skip
"""Less than ``start.py promises --ci``: the ordinary suite has other things to do as well."""


@pytest.fixture(scope="module")
def workers() -> Iterator[Executor]:
    with pool(rows.WORKERS) as made:
        yield made


@pytest.mark.parametrize("name", [name for name in TRIALS if name not in {"R5", "S1", "S6", "S9", "S10"}])
def test_a_promise_holds(name: str, workers: Executor) -> None:
    """S9 and S10 are times, and no matter of a suite; S1 is tried in ``tests/archive``; R5 needs programs and rights,
    S6 has its own tests."""
    row = TRIALS[name](workers, SUITE)
    print(f"\n{row.id}: {row.goal}: {row.figure}")  # noqa: T201
    if row.held is None:
        pytest.skip(row.figure)
    assert row.held, "\n".join([row.figure, *row.broken])
