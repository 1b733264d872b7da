"""Results as JSON or as lines that a person reads. Control characters from archives never reach the terminal."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from importers.drift.drift import Drift
from vault_app import plan_words, words
from vault_app.explore.fact import Fact, stamp
from vault_app.intake import drifts
from vault_app.intake.expected import Expectation, rounded
from vault_app.intake.own_recipes import OwnRecipe
from vault_app.intake.plan import Plan
from vault_app.intake.proposals import ShownTable
from vault_app.vault.imports import Account


def as_json(value: Any) -> None:
    """One JSON value, indented."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def as_lines(values: Iterable[Mapping[str, Any]]) -> int:
    """One JSON object a line; returns how many."""
    count = 0
    for value in values:
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
        count += 1
    return count


def safe(text: str, longest: int = 200) -> str:
    """A text from an archive for a terminal: one line, no control or direction marks, cut."""
    shown = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text[: longest * 2])
    shown = " ".join(shown.split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def fact_line(fact: Fact, tongue: str) -> str:
    """A fact on one line: time, kind, title, source."""
    when = (stamp(fact.start) or ("sans date" if tongue == "fr" else "undated")).replace("T", " ")
    return f"{when:<24} {words.kind(fact.kind, tongue).one:<16} {safe(fact.title or fact.text)}  ({safe(fact.source)})"


def account_json(account: Account) -> dict[str, Any]:
    """An account with the fields that scripts rely on."""
    return {
        "import": account.id,
        "source": account.source,
        "new": account.new,
        "known": account.known,
        "items": account.items,
        "samples": account.samples,
        "parties": account.parties,
        "first": stamp(account.first),
        "last": stamp(account.last),
        "members": account.members,
        "notices": [
            {"member": notice.member, "position": notice.position, "reason": notice.reason}
            for notice in account.notices
        ],
        "drift": [_drift_json(drift) for drift in account.drift],
    }


def _drift_json(drift: Drift) -> dict[str, Any]:
    """What an archive has that its importer does not know, and what it lacks. ``name`` null: it may be data."""
    return {
        "reader": drift.reader,
        "files": drifts.about(drift.members),
        "new": [
            {"place": one.place, "name": one.name or None, "type": one.type, "count": drifts.at_least(one.count)}
            for one in drift.new
        ],
        "missing": [{"place": one.place, "name": one.name} for one in drift.missing],
    }


def recipe_json(one: OwnRecipe) -> dict[str, Any]:
    """A kept recipe. ``usable``: False for one that another version wrote and this one cannot use."""
    return {
        "recipe": one.id,
        "name": one.name,
        "kept": stamp(one.kept),
        "usable": one.recipe is not None,
        "text": one.text,
    }


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan with the fields that scripts rely on."""
    return {
        "name": plan.name,
        "source": plan.source,
        "sources": list(plan.sources),
        "readers": plan.readers,
        "members": plan.members,
        "recognised": plan.recognised,
        "confidence": plan.confidence,
        "size": plan.size,
        "refused": plan.refused or None,
        "tables": [_table_json(table) for table in plan.tables],
        "expected": [_expected_json(one) for one in plan.expected],
        "uncounted": plan.uncounted,
    }


def _expected_json(one: Expectation) -> dict[str, Any]:
    """How many facts a reader is expected to bring; a guess has two significant digits. ``reader`` None: those files
    that are kept whole."""

    def told(count: int) -> int:
        return count if one.exact else rounded(count)

    return {
        "reader": one.reader or None,
        "exact": one.exact,
        "total": told(one.total),
        "kinds": {name: told(count) for name, count in one.kinds.items()},
        "series": {name: told(count) for name, count in one.series.items()},
        "facts": told(one.facts),
        "samples": told(one.samples),
        "parties": told(one.parties),
    }


def _table_json(table: ShownTable) -> dict[str, Any]:
    """An unknown table with the mapping that is proposed for it."""
    return {
        "member": table.member,
        "sheet": table.sheet,
        "columns": [
            {"name": name, "field": field or None} for name, field in zip(table.columns, table.fields, strict=True)
        ],
        "layout": table.layout or None,
        "makes": table.makes or None,
        "kind": table.kind or None,
        "confidence": table.confidence,
        "doubts": list(table.doubts),
        "rows": [list(row) for row in table.rows],
        "recipe": table.recipe or None,
    }


def plan_lines(plan: Plan, tongue: str) -> list[str]:
    """A plan for a person."""
    if plan.refused:
        return [f"{safe(plan.name)} : {words.sentence('errors', plan.refused, tongue)}"]
    if not plan.recognised:
        return [f"{safe(plan.name)} : {words.sentence('errors', 'nothing-understood', tongue)}"]
    head = f"{safe(plan.name)} : {plan.source}, {plan.recognised}/{plan.members}"
    expected = {one.reader: one for one in plan.expected if one.total}
    lines = [head]
    for name, count in sorted(plan.readers.items()):
        told = f"  {plan_words.total_text(expected[name], tongue)}" if name in expected else ""
        lines.append(f"  {count:>6}  {name}{told}")
    lines += [f"  = {safe(line)}" for line in plan_words.lines(plan.total, tongue)]
    if plan.uncounted:
        lines.append(f"  {words.sentence('plan', 'uncounted', tongue, n=str(plan.uncounted))}")
    if plan.kept_whole:
        lines.append(f"  {words.sentence('doubts', 'kept-whole', tongue)}")
    for table in plan.tables:
        lines += _table_lines(table, tongue)
    return lines


def _table_lines(table: ShownTable, tongue: str) -> list[str]:
    """The proposed mapping of an unknown table: its columns, and what to look at."""
    columns = zip(table.columns, table.fields, strict=True)
    lines = [f"  {safe(table.sheet or table.member)}"]
    lines += [f"    {safe(name, 60)} : {field}" for name, field in columns if field]
    return lines + [f"    ! {words.sentence('doubts', doubt, tongue)}" for doubt in table.doubts]


def account_lines(account: Account, tongue: str) -> list[str]:
    """An account for a person."""
    new, known = ("nouveaux", "déjà connus") if tongue == "fr" else ("new", "known already")
    lines = [f"{account.source or '?'} : {account.new} {new}, {account.known} {known}"]
    lines += [f"  {count:>8}  {words.kind(kind, tongue).many}" for kind, count in sorted(account.items.items())]
    lines += [f"  {count:>8}  {safe(name)}" for name, count in sorted(account.samples.items())]
    if account.members.get("kept"):
        lines.append(f"  {account.members['kept']:>8}  {words.sentence('doubts', 'kept-not-read', tongue)}")
    for name, count in zip(("new", "missing"), drifts.counted(account.drift), strict=True):
        if count:
            lines.append(f"  ~ {words.sentence('drift', name, tongue, what=str(count))}")
    for notice in account.notices[:20]:
        text = words.sentence("notices", notice.reason, tongue, position=safe(notice.position), what=safe(notice.what))
        lines.append(f"  ! {safe(notice.member, 80)} : {text}")
    if len(account.notices) > 20:
        lines.append(f"  ! … {len(account.notices) - 20}")
    return lines
