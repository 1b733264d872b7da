"""One person over all sources: merged by certain evidence only, suggested for the rest, decided by the owner."""

from __future__ import annotations

import itertools
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.records import Handle, Kind, Role
from tests.explore import acquaintances as circle
from tests.explore.acquaintances import ALL, everybody, message, numbers, seen, told
from tests.explore.by_hand import bring
from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.explore import facts, likeness, persons
from vault_app.explore.likeness import suggestions
from vault_app.explore.people import People
from vault_app.explore.selection import Selection
from vault_app.vault.vault import Vault

MARIE = {"email:marie.martin@example.org", "phone:+33600000001"}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    """All imports. Only to be read."""
    made = Vault.create(tmp_path_factory.mktemp("full") / "Coffre", PHRASE, profile=QUICK).vault
    for give in ALL:
        give(made)
    yield made
    made.close()


@pytest.fixture
def own(vault: Vault) -> Vault:
    """All imports, for one test."""
    for give in ALL:
        give(vault)
    return vault


def named(vault: Vault) -> dict[str, frozenset[str]]:
    return {f"{one.name} {one.key}": frozenset(one.handles) for one in everybody(vault)}


def proposed(vault: Vault) -> dict[tuple[str, str], str]:
    return {found.keys: found.why for found in suggestions(vault, People.of(vault))}


def test_a_card_that_names_address_and_number_makes_one_person_of_three_sources(full):
    (marie,) = [one for one in everybody(full) if MARIE & set(one.handles)]
    assert set(marie.handles) == MARIE
    assert (marie.name, marie.names) == ("Tante Marie", ("Marie Martin", "MM"))
    assert marie.mentions == {"mail": 2, "sms-backup": 1, "whatsapp": 1}
    assert (marie.first, marie.last, marie.has_card) == (19_000, 19_001, True)


def test_without_the_card_address_and_number_stay_two(vault):
    for give in (circle.mail, circle.texts, circle.whatsapp):
        give(vault)
    assert [set(one.handles) & MARIE for one in everybody(vault) if set(one.handles) & MARIE] in (
        [{"email:marie.martin@example.org"}, {"phone:+33600000001"}],
        [{"phone:+33600000001"}, {"email:marie.martin@example.org"}],
    )


def test_a_name_alone_never_merges_not_even_the_same_in_three_sources(full):
    keys = [one.key for one in everybody(full)]
    assert "facebook:name:Marie Martin" in keys
    assert len(keys) == len(set(keys))
    assert numbers(full, person="facebook:name:Marie Martin") == {8}
    assert numbers(full, person="ofx:name:Marie Martin") == {11}


def test_shops_of_a_bank_are_not_among_the_people_but_are_found(full):
    assert not [one for one in everybody(full) if "ofx" in one.mentions]
    assert numbers(full, "epicerie") == {10}


def test_a_name_finds_all_that_its_person_did_under_other_names(full):
    assert numbers(full, "tante marie") == {1, 2, 4, 6}
    assert numbers(full, "marie") == {1, 2, 4, 6, 7, 8, 11}
    assert numbers(full, person="phone:+33600000001") == {1, 2, 4, 6}


def test_a_number_finds_its_person_however_it_is_written(full):
    assert numbers(full, "06 00 00 00 01") == numbers(full, "+33600000001") == {1, 2, 4, 6}
    assert numbers(full, "0600 000 002") == {5, 9}


def test_accents_ligatures_and_case_do_not_matter_and_percent_signs_mean_themselves(vault):
    bring(
        vault,
        message(1, 19_000, Role("from", "Élodie Lœuvre_100%")),
        message(2, 19_000, Role("from", "ИВАН Šťastný")),
        source="signal",
    )
    assert numbers(vault, "elodie loeuvre") == numbers(vault, "ÉLODIE LŒUVRE") == numbers(vault, "_100%") == {1}
    assert numbers(vault, "иван stastny") == {2}
    assert numbers(vault, "%") == {1}
    assert numbers(vault, "x" * 100_000) == set()


def test_facts_of_an_actor_in_another_source_are_another_persons(vault):
    bring(vault, message(1, 19_000, Role("from", "Marie")), source="signal")
    bring(vault, message(2, 19_000, Role("from", "Marie")), source="telegram")
    assert numbers(vault, person="signal:name:Marie") == {1}
    assert numbers(vault, "Marie") == {1, 2}
    chosen = Selection(party="Marie", person="telegram:name:Marie")
    assert facts.count(vault, chosen) == len(facts.page(vault, chosen, 10)) == 1


def test_people_are_suggested_by_full_name_in_any_order_and_by_national_number(full):
    assert proposed(full) == {
        ("facebook:phone:0600000002", "phone:+33600000002"): "number",
        ("email:paul@example.net", "facebook:name:Paul Durand"): "name",
        ("email:marie.martin@example.org", "facebook:name:Marie Martin"): "name",
        ("email:marie.martin@example.org", "facebook:name:Martin Marie"): "name",
    }


def test_a_suggestion_says_why_and_on_how_many_days_both_were_there(full):
    found = {one.keys[1]: one for one in suggestions(full, People.of(full))}
    marie = found["facebook:name:Martin Marie"]
    assert (marie.one.name, marie.shared) == ("Tante Marie", ("Marie Martin", "Martin Marie"))
    assert (marie.same_days, marie.together) == (1, 0)
    assert found["phone:+33600000002"].shared == ("0600000002", "+33600000002")


def test_two_who_stand_in_one_fact_come_last(vault):
    roles = (Role("from", "Jo Le Grand", Handle("id", "1")), Role("to", "Jo Le Grand", Handle("id", "2")))
    bring(vault, *(message(number, 19_000 + number, *roles) for number in range(5)), source="discord")
    bring(vault, message(9, 19_000, Role("from", "Al Petit", Handle("id", "3"))), source="discord")
    bring(vault, message(10, 19_000, Role("from", "Petit, Al")), source="signal")
    first, last = suggestions(vault, People.of(vault))
    assert (first.one.name, first.together) == ("Al Petit", 0)
    assert (last.one.name, last.together) == ("Jo Le Grand", 5)


def test_first_names_and_addresses_as_names_suggest_nobody(vault):
    for number, source in enumerate(("signal", "telegram")):
        names = ("Marie", "+33 6", "a@b.fr x y", "A B", "R2 D2 12", "x" * 2000 + " " + "y" * 2000)
        bring(
            vault,
            *(message(10 * number + n, 19_000, Role("from", name)) for n, name in enumerate(names)),
            source=source,
        )
    assert suggestions(vault, People.of(vault)) == []


def test_an_address_that_differs_by_capitals_is_suggested_where_its_host_may_tell_them_apart(vault):
    for number, address in enumerate(("Jo@example.org", "jo@example.org", "Jo@gmail.com", "jo@gmail.com")):
        bring(vault, message(number, 19_000, Role("from", "", Handle("email", address))), source="mail")
    assert proposed(vault) == {("email:Jo@example.org", "email:jo@example.org"): "address"}
    assert len(everybody(vault)) == 3


def test_what_is_accepted_is_one_person_and_can_be_taken_back(own):
    before = seen(own)
    one, other = "email:marie.martin@example.org", "facebook:name:Marie Martin"
    own.decide(one, other, same=True)
    (marie,) = [found for found in everybody(own) if found.name == "Tante Marie"]
    assert marie.mentions["facebook"] == 1
    assert numbers(own, "tante") == numbers(own, person=other) == {1, 2, 4, 6, 8}
    assert (one, other) not in proposed(own)
    (line,) = likeness.said(own, People.of(own))
    assert (line.decision.same, line.holds) == (True, True)
    own.decide(other, one, same=None)
    assert seen(own) == before
    assert likeness.said(own, People.of(own)) == []


def test_what_is_refused_is_not_suggested_again_and_can_be_taken_back(own):
    one, other = "email:paul@example.net", "facebook:name:Paul Durand"
    before, people = proposed(own), told(everybody(own))
    own.decide(one, other, same=False)
    assert proposed(own) == {keys: why for keys, why in before.items() if keys != (one, other)}
    assert told(everybody(own)) == people
    (line,) = likeness.said(own, People.of(own))
    assert (line.one, line.other, line.holds) == ("Paul Durand", "Paul Durand", True)
    own.decide(one, other, same=None)
    assert proposed(own) == before


def test_a_person_who_was_refused_once_is_still_suggested_to_another_of_the_name(vault):
    for number in range(3):
        bring(vault, message(number, 19_000, Role("from", "Jean Petit", Handle("id", str(number)))), source="discord")
    keys = [f"discord:id:{number}" for number in range(3)]
    assert list(proposed(vault)) == [(keys[0], keys[1]), (keys[0], keys[2])]
    vault.decide(keys[0], keys[1], same=False)
    vault.decide(keys[0], keys[2], same=False)
    assert list(proposed(vault)) == [(keys[1], keys[2])]
    vault.decide(keys[1], keys[2], same=True)
    assert proposed(vault) == {}


def test_decisions_survive_the_undoing_of_an_import_and_hold_again_when_it_comes_again(own):
    one, other = "email:marie.martin@example.org", "facebook:name:Marie Martin"
    own.decide(one, other, same=True)
    own.decide("email:paul@example.net", "facebook:name:Paul Durand", same=False)
    before = seen(own)
    row = next(row for row in own.imports.complete() if row.source == "facebook")
    own.imports.undo(row.id)
    assert "facebook" not in str(told(everybody(own)))
    circle.facebook(own)
    assert seen(own) == before
    assert len(likeness.said(own, People.of(own))) == 2


def test_certain_evidence_that_comes_later_wins_over_a_refusal_and_that_is_said(vault):
    circle.mail(vault)
    circle.texts(vault)
    vault.decide(*sorted(MARIE), same=False)
    circle.address_book(vault)
    assert persons.closed(vault.read(), [min(MARIE)]) == MARIE
    (line,) = likeness.said(vault, People.of(vault))
    assert not line.holds


def test_nothing_is_certain_between_a_key_and_itself(vault):
    with pytest.raises(ValueError, match="one party"):
        vault.decide("a", "a", same=True)


def test_the_list_can_be_narrowed_to_sources_and_to_a_text(full):
    assert {one.name for one in everybody(full, sources=["whatsapp"])} == {"Tante Marie", "Voisins"}
    assert {one.name for one in everybody(full, sources=["contacts"])} == {"Tante Marie", "Zoé"}
    assert everybody(full, sources=["nowhere"]) == []
    assert {one.name for one in everybody(full, "paul")} == {"Paul Durand", "Paulo"}


def test_a_running_import_shows_nobody(own):
    before = seen(own)
    writer = own.imports.begin("x.zip", 1, "x", ["signal"], [("a.json", 1)])
    from tests.explore.by_hand import _batch

    writer.items("signal", _batch("signal", [message(99, 19_050, Role("from", "Marie Martin", circle.MARIE_MAIL))]), {})
    writer.commit(0, 1)
    assert seen(own)[3:] == before[3:]
    assert numbers(own, "marie martin") == {1, 2, 4, 6, 8, 11}
    writer.abandon()
    assert seen(own) == before


def test_an_item_that_passes_to_another_import_keeps_its_parties(vault):
    first = circle.mail(vault)
    before = seen(vault)
    bring(vault, message(1, 19_000, Role("from", "Marie Martin", circle.MARIE_MAIL)), source="mail")
    vault.imports.undo(first)
    assert numbers(vault) == {1}
    (marie,) = everybody(vault)
    assert marie.mentions == {"mail": 1}
    assert vault.verify().problems == ()
    circle.mail(vault)
    assert seen(vault)[3:] == before[3:]


ORDERS = st.permutations(range(len(ALL))).map(tuple)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=ORDERS, undone=st.sets(st.integers(0, len(ALL) - 1), max_size=3))
def test_neither_the_order_of_imports_nor_those_undone_leave_a_trace(order, undone):
    with tempfile.TemporaryDirectory() as place:
        one = Vault.create(Path(place, "a"), PHRASE, profile=QUICK).vault
        other = Vault.create(Path(place, "b"), PHRASE, profile=QUICK).vault
        try:
            brought = {number: ALL[number](one) for number in order}
            for number in sorted(undone):
                one.imports.undo(brought[number])
            for number in sorted(set(order) - undone):
                ALL[number](other)
            assert seen(one) == seen(other)
            assert proposed(one) == proposed(other)
            assert one.verify().problems == ()
        finally:
            one.close()
            other.close()


KEYS = [f"email:{letter}@example.org" for letter in "abcdefg"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    cards=st.lists(st.sets(st.sampled_from(KEYS), min_size=1, max_size=3), max_size=6),
    decided=st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS), st.booleans()), max_size=5),
)
def test_being_one_person_is_symmetric_and_transitive_and_needs_a_tie_at_each_step(wide, cards, decided):
    connection = wide._writer
    connection.execute("BEGIN")
    try:
        for party, keys in enumerate(cards, 1000):
            connection.execute(
                "INSERT INTO party VALUES (?, 1, ?, 0, ?, ?, ?, ?)", (party, party, "", "person", "[]", "")
            )
            connection.executemany("INSERT INTO card_key VALUES (?, ?)", [(party, key) for key in keys])
        ties = {frozenset(pair) for keys in cards for pair in itertools.combinations(keys, 2)}
        last = {tuple(sorted((one, other))): same for one, other, same in decided if one != other}
        connection.executemany(
            "INSERT INTO same_party (one, other, same) VALUES (?, ?, ?)", [(*pair, int(v)) for pair, v in last.items()]
        )
        ties |= {frozenset(pair) for pair, same in last.items() if same}
        groups = [{key} for key in KEYS]
        for tie in ties:
            joined = [group for group in groups if group & tie]
            groups = [group for group in groups if not group & tie] + [set().union(*joined)]
        for key in KEYS:
            assert persons.closed(connection, [key]) == next(group for group in groups if key in group)
        people = People.of(_Look(wide))
        of_all = [set(people.person(connection, int(number)).handles) for number in people._order]
        there = set().union(*cards) if cards else set()
        assert sorted(map(sorted, of_all)) == sorted(sorted(group & there) for group in groups if group & there)
    finally:
        connection.execute("ROLLBACK")


class _Look:
    """A vault seen through the writer's connection, so that an open transaction is seen."""

    def __init__(self, vault: Vault) -> None:
        self.read = lambda: vault._writer


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    made = Vault.create(tmp_path_factory.mktemp("wide") / "Coffre", PHRASE, profile=QUICK).vault
    made._writer.execute("INSERT INTO source (id, name) VALUES (1, 'contacts')")
    yield made
    made.close()


def test_many_people_take_time_and_memory_in_proportion(wide):
    """Statements and bytes, not seconds; all of one name, which is where pairs would grow with the square."""
    connection = wide._writer
    connection.execute("BEGIN")
    try:
        held, counted = [], []
        for first, last in ((0, 2_000), (2_000, 8_000)):
            rows = range(first, last)
            connection.executemany("INSERT INTO actor VALUES (?, 'Jean Martin', 'id', ?)", [(n, str(n)) for n in rows])
            connection.executemany("INSERT INTO acting VALUES (?, ?, 1, 1, 1)", [(f"contacts:id:{n}", n) for n in rows])
            statements = []
            connection.set_trace_callback(statements.append)
            tracemalloc.start()
            people = People.of(_Look(wide))
            found = likeness._pairs(connection, people)
            held.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
            connection.set_trace_callback(None)
            counted.append(len(statements))
            assert len(people) == last
            assert len(found) == last - 1
        assert counted[0] == counted[1] < 20
        assert held[1] < 5 * held[0]
        assert held[1] < 2_000 * 8_000
    finally:
        connection.execute("ROLLBACK")


def test_hostile_names_and_handles_are_counted_found_and_never_confused(vault):
    hostile = [
        "\u202eeiraM",
        "Marie\u200b",
        "Ma\x07rie",
        "é" * 4096,
        "<b>Marie</b>",
        "'; DROP TABLE actor; --",
        "日本 太郎",
    ]
    handles = [Handle("phone", "+" + "9" * 4000), Handle("email", "\u202e@example.org"), Handle("\u202eid", "\n")]
    roles = [Role("from", name) for name in hostile] + [Role("from", "x", handle) for handle in handles]
    bring(vault, *(message(n, 19_000, role) for n, role in enumerate(roles)), source="telegram")
    people = everybody(vault)
    assert len(people) == len(roles)
    for number, name in enumerate(hostile):
        assert number in numbers(vault, name[:500])
    for one in people:
        assert len(numbers(vault, person=one.key)) == 1
    assert vault.verify().problems == ()


def test_a_role_without_name_and_handle_is_nobody(vault):
    bring(vault, message(1, 19_000, Role("from", " ")), message(2, 19_000, kind=Kind.CALL), source="signal")
    assert everybody(vault) == []
    assert vault.verify().problems == ()
