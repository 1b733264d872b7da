"""The page ``docs/sources.md``, made from what the importers declare: which services are read, and how surely.

python -m vault_app.cli.sources_page > docs/sources.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from importers.contract import Importer
from importers.france.findings import issuers
from importers.registry import declarations
from vault_app import words

STATUS = {
    "proven": ("lu sur de vrais fichiers", "read on real files"),
    "documents": ("écrit d’après des documents, jamais essayé", "from documents, never tried on a real file"),
    "beta": ("peu de faits connus, jamais essayé sur un vrai fichier", "few facts known, never tried on a real file"),
}  # fmt: skip
"""What each status says, in French and English."""

HEAD = """# Sources

*Page écrite par le programme (`python -m vault_app.cli.sources_page`). / Page written by the program.*

What the vault reads, service by service, and how surely. **{proven} of {all} readers were proven on real files**; the
others say so below. What nothing reads is kept whole, encrypted, and listed.

Ce que le coffre lit, service par service, et avec quelle assurance. **{proven} lecteurs sur {all} ont été éprouvés sur
de vrais fichiers** ; les autres le disent ci-dessous. Ce que rien ne lit est gardé entier, chiffré, et listé.

| status | |
| --- | --- |
{legend}
"""


_READ_AS = {"caisse-d-epargne": "bpce", "banque-populaire": "bpce", "cic": "credit-mutuel", "sncf": "sncf-connect"}
"""Issuers whose files another source's readers read."""

PAPERS = """## As documents / Comme documents

Papers (PDF) of these issuers are kept whole, with the date, the amount and the issuer that their text tells. Those in
italics have no file of their own whose layout is public: nothing else of theirs is read. A table from them can be
mapped by hand, anything else is kept as it is.

Les papiers (PDF) de ces émetteurs sont gardés entiers, avec la date, le montant et l’émetteur que dit leur texte. Pour
ceux en italique, aucun fichier au format public n’existe : rien d’autre n’est lu. Un tableau venu d’eux peut être
associé à la main, tout le reste est gardé tel quel.

{issuers}."""


def page() -> str:
    """The page as Markdown."""
    readers = [found for found in declarations() if isinstance(found, Importer)]
    proven = sum(reader.status == "proven" for reader in readers)
    legend = "\n".join(f"| {name} | {english} / {french} |" for name, (french, english) in STATUS.items())
    head = HEAD.format(proven=proven, all=len(readers), legend=legend)
    return "\n".join([head, *_table(readers), "", PAPERS.format(issuers=", ".join(_issuers(readers))), ""])


def _table(readers: list[Importer]) -> Iterator[str]:
    yield f"{len({reader.source for reader in readers})} sources."
    yield ""
    yield "| source | reads / lit | languages | status |"
    yield "| --- | --- | --- | --- |"
    for reader in sorted(readers, key=lambda reader: (_name(reader.source).casefold(), reader.id)):
        said = words.sentences("readers").get(reader.id, {"fr": reader.reads, "en": reader.reads})
        both = said["en"] if said["en"] == said["fr"] else f"{said['en']} / {said['fr']}"
        yield f"| {_name(reader.source)} | {both} | {', '.join(reader.languages)} | {reader.status} |"


def _issuers(readers: list[Importer]) -> list[str]:
    read = {reader.source for reader in readers}
    names = (name if _READ_AS.get(key, key) in read else f"*{name}*" for key, name in issuers().items())
    return sorted(names, key=lambda name: name.strip("*").casefold())


def _name(source: str) -> str:
    return words.sentences("sources").get(source, {"en": source})["en"]


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(page())
