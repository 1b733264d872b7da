"""What a plan says of an archive before anything is written."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import msgpack, structs

from tests.vault.bare_vault import PHRASE, QUICK
from vault_app.intake.estimate import USUAL
from vault_app.intake.expected import Expectation, checked
from vault_app.intake.frames import MOST_FACTS, MOST_SERIES, Expected, FrameError, decode
from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import foresee, recognise
from vault_app.intake.session import run_import
from vault_app.vault.vault import Vault


def test_the_main_source_stands_first_however_much_litter_lies_around(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("NetflixViewingHistory.csv", "Title,Date\nUn film,01/02/2024\n")
        for number in range(4):
            archive.writestr(f"__MACOSX/._{number}", b"\x00\x05\x16\x07")
            archive.writestr(f"{number}/.DS_Store", b"\x00\x00\x00\x01Bud1")
    with closing_parts([path]) as parts:
        plan = recognise(parts)
    assert plan.source == plan.sources[0] == "netflix"
    assert "macos" in plan.sources


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A history that is read, a file that nobody knows."""
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("NetflixViewingHistory.csv", 'Title,Date\n"Un film","01/02/2024"\n"Un autre","02/02/2024"\n')
        packed.writestr("bruit.bin", b"\x00\x01\x02")
    return path


def test_what_is_foreseen_behind_the_fence_is_what_the_import_brings(archive: Path, tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "coffre", PHRASE, profile=QUICK).vault
    try:
        with closing_parts([archive]) as parts:
            plan = foresee(parts)
            account = run_import(vault, plan)
    finally:
        vault.close()
    assert plan.expected == (Expectation("netflix.viewing_history", kinds={"watch": 2}, exact=True),)
    assert (plan.total.exact, plan.uncounted) == (True, 0)
    assert account.items == plan.total.kinds


def test_who_does_not_ask_how_much_there_is_gets_the_same_plan_without_it(archive: Path) -> None:
    with closing_parts([archive]) as parts:
        known, foreseen = recognise(parts), foresee(parts)
    assert known == replace(foreseen, expected=())
    assert (known.uncounted, known.total.exact) == (1, False)


def test_an_estimate_of_five_hundred_members_keeps_to_its_time(tmp_path: Path) -> None:
    """Nothing is begun after ``in_all``, and what was begun is given up after twice its share (``test_estimate.py``)."""
    path = tmp_path / "x.zip"
    films = "".join(f'"Film {at}","01/02/2024"\n' for at in range(1_000))
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(500):
            packed.writestr(
                f"{number}/NetflixViewingHistory.csv", f'Title,Date\n"Numéro {number}","01/02/2024"\n{films}'
            )
    with closing_parts([path]) as parts:
        known, foreseen = recognise(parts), foresee(parts)
    assert known.members == foreseen.members == 500
    assert foreseen.total.total > 0
    assert USUAL.in_all + 2 * USUAL.seconds < 2.0


READERS = {"netflix.viewing_history": 1}
HONEST = Expected("netflix.viewing_history", {"watch": 2}, {"steps": 1}, 0, 0, 3, exact=True)


def test_an_honest_expectation_is_taken_as_it_is() -> None:
    assert checked(HONEST, READERS, []).total == 6


@pytest.mark.parametrize(
    ("bad", "known"),
    [
        (structs.replace(HONEST, reader="netflix.other"), []),
        (structs.replace(HONEST, kinds={"no-kind": 1}), []),
        (HONEST, [checked(HONEST, READERS, [])]),
    ],
    ids=["of a reader that is not in the plan", "of a kind that there is not", "told twice"],
)
def test_an_expectation_that_breaks_the_rules_is_refused(bad: Expected, known: list[Expectation]) -> None:
    with pytest.raises(FrameError):
        checked(bad, READERS, known)


@pytest.mark.parametrize(
    "changes",
    [
        {"facts": -1},
        {"samples": MOST_FACTS + 1},
        {"parties": 1 << 63},
        {"kinds": {"message": -1}},
        {"kinds": {"k" * 33: 1}},
        {"series": {"s" * 201: 1}},
        {"series": {str(number): 1 for number in range(MOST_SERIES + 1)}},
        {"reader": "r" * 201},
        {"exact": "yes"},
    ],
)
def test_numbers_and_names_out_of_bounds_do_not_pass_the_pipe(changes: dict[str, object]) -> None:
    honest = structs.asdict(HONEST)
    assert decode(msgpack.encode(["Expected", *honest.values()])) == HONEST
    with pytest.raises(FrameError):
        decode(msgpack.encode(["Expected", *(honest | changes).values()]))


def test_the_longest_honest_expectation_passes_the_pipe() -> None:
    series = {str(number).rjust(200, "s"): MOST_FACTS for number in range(MOST_SERIES)}
    wide = structs.replace(HONEST, series=series, facts=MOST_FACTS)
    assert decode(msgpack.encode(wide)) == wide
