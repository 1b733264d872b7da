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

SUITE = Level("suite", 1_000, 2_000, 97, 149, 100, 15, 20, 2_000, 100, 60, tests=False)
"""Less than ``start.py promises --ci``: the ordinary suite has other things to do as well."""


@pytest.fixture(scope="module")
def workers() -> Iterator[Executor]:
    with pool(rows.WORKERS) as made:
        yield made


@pytest.mark.parametrize("name", [name for name in TRIALS if name not in {"S9", "S10"}])
def test_a_promise_holds(name: str, workers: Executor) -> None:
    """S9 and S10 are times, and no matter of a suite."""
    row = TRIALS[name](workers, SUITE)
    print(f"\n{row.id}: {row.goal}: {row.figure}")  # noqa: T201
    if row.held is None:
        pytest.skip(row.figure)
    assert row.held, "\n".join([row.figure, *row.broken])
