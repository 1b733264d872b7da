"""What a person can see of a vault, to compare two of them."""

from __future__ import annotations

import hashlib
import json

import msgspec

from vault_app.explore import facts, finding, measures
from vault_app.explore.fact import plain
from vault_app.explore.selection import Selection
from vault_app.vault import series
from vault_app.vault.vault import Vault

_PEOPLE = (
    "SELECT key, actor.name, value, source.name, n, met FROM acting JOIN actor ON actor.id = actor"
    " JOIN source ON source.id = source ORDER BY 1, 2, 3, 4"
)
_CARDS = "SELECT card_key.key, name FROM card_key JOIN party ON party.id = party ORDER BY 1, 2"


def everything(vault: Vault) -> dict[str, str]:
    """A digest of each thing that a person can see of a vault, and of what is kept for them."""
    seen: dict[str, object] = {
        "items": [plain(fact) for fact in facts.facts(vault, Selection())],
        "search": [fact.id for fact in finding.find(vault, "mot17", Selection())],
        "stats": measures.stats(vault),
        "account": [msgspec.to_builtins(vault.imports.account(row.id)) for row in vault.imports.complete()],
    }
    for row in measures.series(vault):
        tables = list(series.read(vault.read(), row))
        seen[f"{row.name} {row.subject}"] = [
            (table.start.tolist(), *(list(column.texts()) for _, column in sorted(table.columns.items())))
            for table in tables
        ]
    seen["people"] = vault.read().execute(_PEOPLE).fetchall() + vault.read().execute(_CARDS).fetchall()
    rows = vault.read().execute("SELECT id, import, member, item, name, media_type, size FROM attachment ORDER BY id")
    seen["attachments"] = [(*row, hashlib.sha256(vault.attachment(row[0])).hexdigest()) for row in rows]
    return {name: hashlib.sha256(json.dumps(value).encode()).hexdigest() for name, value in seen.items()}
