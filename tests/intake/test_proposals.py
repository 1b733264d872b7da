"""Proposed mappings cross from the reading process to the person: what is honest whole, anything else refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import msgspec
import pytest

from importers.recipes.recipe import parse
from tests.importing import parts_of
from vault_app.intake.frames import FrameError, Proposed, receive, send
from vault_app.intake.plan import Plan, recognise
from vault_app.intake.proposals import checked

HONEST = Proposed(
    member=0,
    sheet="",
    columns=["Date", "Nom"],
    fields=["time", ""],
    rows=[["2024-01-01", "x"]],
    layout="year-first",
    makes="items",
    kind="other",
    confidence=0.5,
    doubts=["date-order"],
    recipe="",
)


def travelled(message: Proposed) -> Proposed:
    pipe = io.BytesIO()
    send(pipe, message)
    pipe.seek(0)
    (found,) = receive(pipe)
    assert isinstance(found, Proposed)
    return found


def plan_of(file: Path, *recipes: str) -> Plan:
    parts = parts_of(file)
    try:
        return recognise(parts, recipes)
    finally:
        for part in parts:
            part.stream.close()  # type: ignore[union-attr]


def test_an_honest_proposal_comes_through_whole() -> None:
    found = checked(travelled(HONEST), ["a.csv"])
    assert (found.member, found.columns, found.fields) == ("a.csv", ("Date", "Nom"), ("time", ""))
    assert (found.rows, found.layout, found.doubts) == ((("2024-01-01", "x"),), "year-first", ("date-order",))


@pytest.mark.parametrize(
    "change",
    [
        {"columns": ["x"] * 101},
        {"columns": ["x" * 201, "y"]},
        {"rows": [["a", "b"]] * 11},
        {"confidence": 2.0},
        {"confidence": float("nan")},
        {"recipe": "x" * ((64 << 10) + 1)},
        {"doubts": ["date-order"] * 11},
    ],
)
def test_a_proposal_beyond_its_bounds_is_refused_by_the_schema(change: dict[str, Any]) -> None:
    with pytest.raises(FrameError, match="schema"):
        travelled(msgspec.structs.replace(HONEST, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"member": 1},
        {"member": -1},
        {"fields": ["time"]},
        {"fields": ["time", "smell"]},
        {"rows": [["only one"]]},
        {"layout": "backwards"},
        {"makes": "gold"},
        {"kind": "spell"},
        {"doubts": ["everything"]},
    ],
)
def test_a_proposal_that_contradicts_itself_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(FrameError):
        checked(travelled(msgspec.structs.replace(HONEST, **change)), ["a.csv"])


def test_the_plan_of_an_unknown_table_has_its_mapping_and_its_first_rows(tmp_path: Path) -> None:
    file = tmp_path / "Carnet 2024.csv"
    file.write_text("Quand,Titre\n" + "".join(f"0{day}/02/2024,jour {day}\n" for day in range(1, 10)) * 3, "utf-8")
    plan = plan_of(file)
    (table,) = plan.tables
    assert (table.columns, table.fields) == (("Quand", "Titre"), ("time", "title"))
    assert len(table.rows) == 10
    assert table.rows[0] == ("01/02/2024", "jour 1")
    assert "date-order" in table.doubts
    assert parse(table.recipe).source == "my-carnet"


def test_a_proposed_recipe_reads_the_file_in_place_of_the_proposal(tmp_path: Path) -> None:
    file = tmp_path / "carnet.csv"
    file.write_text("Quand,Titre\n2024-01-31,x\n", encoding="utf-8")
    (table,) = plan_of(file).tables
    plan = plan_of(file, table.recipe)
    assert (plan.source, plan.tables) == ("my-carnet", ())
    assert plan.recipes == (table.recipe,)


def test_a_file_that_nobody_reads_is_kept_whole_and_an_empty_one_is_not_understood(tmp_path: Path) -> None:
    letter, empty = tmp_path / "lettre.txt", tmp_path / "vide.txt"
    letter.write_text("Bonjour", encoding="utf-8")
    empty.write_bytes(b"")
    assert (plan_of(letter).kept_whole, plan_of(letter).understood) == (True, True)
    assert (plan_of(empty).kept_whole, plan_of(empty).understood) == (False, False)
