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
    rows = vault.read().execute("SELECT id, import, member, item, name, media_type, size FROM attachment ORDER BY id")
    seen["attachments"] = [(*row, hashlib.sha256(vault.attachment(row[0])).hexdigest()) for row in rows]
    return {name: hashlib.sha256(json.dumps(value).encode()).hexdigest() for name, value in seen.items()}
