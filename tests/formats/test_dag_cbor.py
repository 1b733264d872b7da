"""DAG-CBOR as JSON values: links, bytes, numbers to the last digit; hostile bytes end in one error."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.formats.dag_cbor import BadCbor, decode


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("a2616101616220", {"a": 1, "b": -1}),
        ("1b0020000000000001", 9007199254740993),
        ("83f4f5f6", [False, True, None]),
        ("fb3ff8000000000000", 1.5),
        ("42ff00", {"$bytes": "/wA="}),
        ("d82a4500017112aa", {"$link": "bafyrfkq"}),
        ("63c3a974", "ét"),
    ],
)
def test_values_are_read(data: str, value: Any) -> None:
    assert decode(bytes.fromhex(data)) == value


@pytest.mark.parametrize(
    "data", ["", "a1", "9bffffffffffffffff", "5bffffffffffffffff00", "81" * 100 + "00", "0000", "a10101"]
)
def test_hostile_bytes_are_refused(data: str) -> None:
    with pytest.raises(BadCbor):
        decode(bytes.fromhex(data))


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        decode(data)
    except BadCbor:
        return
