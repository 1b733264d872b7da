"""What is at hand at completion says the same as the rows that were written, and gives way where it would be much."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.records import Handle, Item, Kind, Moment, Role
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import DAY, batch, item
from vault_app.vault import at_hand, completion
from vault_app.vault.vault import Vault

_SHOWN = ("item", "item_text_data", "item_text_idx", "density", "acting", "day_count", "actor", "item_actor")
LUCETTE = Role("from", "Lucette Œdipe", Handle("email", "lucette@example.org"))
RENE = Role("to", "René")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Vault]:
    made = Vault.create(tmp_path / "Autre", PHRASE, profile=QUICK).vault
    yield made
    made.close()


def write(vault: Vault, *batches: list[Item], again: bool) -> int:
    """One import of batches; ``again``: interrupted before its end, so that nothing is at hand."""
    writer = vault.imports.begin("a.zip", 1, str(batches), ["google"], [("a.json", 1)])
    for each in batches:
        writer.items("google", batch(*each), {})
    writer.commit(0, 1)
    (vault.imports.resume(writer.id) if again else writer).complete()
    return writer.id


def tables(vault: Vault) -> dict[str, list[object]]:
    return {name: sorted(vault._writer.execute(f"SELECT * FROM {name}"), key=repr) for name in _SHOWN}  # noqa: S608


def assert_alike(vault: Vault, other: Vault, *batches: list[Item]) -> None:
    """Both ways to complete leave the same, and the digest is that of the rows."""
    numbers = write(vault, *batches, again=False), write(other, *batches, again=True)
    assert tables(vault) == tables(other)
    for each, number in zip((vault, other), numbers, strict=True):
        kept = each._writer.execute("SELECT content FROM import WHERE id = ?", (number,)).fetchone()[0]
        assert completion.digest_of(each._writer, each.imports._tools.digest_key, number) == kept


def test_batches_over_the_same_days_are_hashed_and_indexed_in_the_order_of_their_ids(vault, other):
    first = [item(number, day=100 + number % 7, text="l’été à la mer") for number in range(60)]
    second = [item(number, day=98 + number % 11, parties=(LUCETTE, RENE)[: number % 3]) for number in range(40, 130)]
    third = [item(number, day=99, title="", lat=-0.0, lon=2.0) for number in range(200, 205)]
    assert_alike(vault, other, first, second, third)


def test_what_only_some_rows_say_is_hashed_as_it_is_read(vault, other):
    moments = [None, Moment(DAY), Moment(DAY + 1, offset=-60), Moment(3 * DAY, offset=0)]
    one = [
        item(number, when=when, lat=lat, lon=lat, end=end, amount=amount, details=details)
        for number, (when, lat, end, amount, details) in enumerate(
            zip(moments, (None, -0.0, 48.0, 1e-300), (None, 2 * DAY, None, None), ("", "3.50", "", ""), ({}, {"a": 1}, {}, {}),
                strict=True)
        )
    ]  # fmt: skip
    assert_alike(vault, other, one, [item(9, when=None), item(10, kind=Kind.NOTE, title="nul \0 dedans")])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.builds(
                item,
                st.integers(0, 400),
                day=st.integers(-3, 6),
                title=st.text(max_size=9),
                text=st.sampled_from(["", "œuf\0dur", "𝒜’", "plain"]),
                lat=st.sampled_from([None, -0.0, 0.0, 45.5]),
                parties=st.sampled_from([(), (LUCETTE,), (RENE, LUCETTE)]),
            ),
            min_size=1,
            max_size=30,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_batches(vault, other, batches):
    assert_alike(vault, other, *batches)
    for each in (vault, other):
        each.imports.undo(each.imports.complete()[0].id)


def test_beyond_a_bound_nothing_is_kept_and_the_rows_are_read_back(vault, monkeypatch):
    monkeypatch.setattr(at_hand, "MOST", 40_000)
    writer = vault.imports.begin("a.zip", 1, "a", ["google"], [("a.json", 1)])
    held = writer._items.at_hand
    for first in range(0, 900, 300):
        writer.items(
            "google", batch(*(item(number, text=f"mot {number * 7919}") for number in range(first, first + 300))), {}
        )
    assert held._batches is None
    assert writer.complete().new == 900
    assert vault.verify().problems == ()


def test_nothing_is_kept_after_completion_and_after_giving_up(vault):
    for end in ("complete", "abandon"):
        writer = vault.imports.begin("a.zip", 1, end, ["google"], [("a.json", 1)])
        writer.items("google", batch(item(len(end))), {})
        assert writer._items.at_hand._batches
        getattr(writer, end)()
        assert writer._items.at_hand._batches is None


def test_rows_are_kept_ten_times_smaller_than_their_objects(vault):
    rows = [
        item(number, text="", details={"header": "Recherche", "url": f"https://example.org/{number}"})
        for number in range(5000)
    ]
    writer = vault.imports.begin("a.zip", 1, "a", ["google"], [("a.json", 1)])
    writer.items("google", batch(*rows), {})
    assert writer._items.at_hand._bytes < 5000 * 60
    writer.abandon()
