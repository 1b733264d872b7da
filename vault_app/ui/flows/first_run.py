"""The first start, without Qt: language and place, passphrase, rescue code, watched folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from vault_app.vault import passphrase
from vault_app.vault.passphrase import Strength

PAGES = ("place", "passphrase", "rescue", "watch")
"""The pages in their order. The vault is made between the second and the third."""


@dataclass
class FirstRun:
    """What the person has said so far. Nothing is written before ``ready``."""

    place: Path = field(default_factory=lambda: Path(platformdirs.user_documents_dir()) / "MonCoffre")
    page: int = 0
    typed: str = ""
    again: str = ""
    code: str = ""
    saved: bool = False
    later: bool = False
    watch: bool = True
    watched: Path = field(default_factory=lambda: Path(platformdirs.user_downloads_dir()))

    @property
    def name(self) -> str:
        """The page that is shown."""
        return PAGES[self.page]

    @property
    def problem(self) -> str:
        """Id of the sentence that says why one cannot go on from this page, or ''."""
        if self.name == "place" and self.place.exists() and any(self.place.iterdir() if self.place.is_dir() else ["x"]):
            return "folder-in-use"
        if self.name == "passphrase":
            if len(self.typed.strip()) < passphrase.SHORTEST:
                return "passphrase-short"
            if self.typed != self.again:
                return "passphrases-differ"
        if self.name == "rescue" and not (self.saved or self.later):
            return "rescue-not-saved"
        return ""

    @property
    def strength(self) -> Strength:
        """How strong the typed phrase is."""
        return passphrase.strength(self.typed)

    def offer(self) -> str:
        """Draw a passphrase by chance and take it, as if it had been typed twice."""
        self.typed = self.again = passphrase.draw()
        return self.typed

    def forward(self) -> None:
        """To the next page; does nothing while there is a problem."""
        if not self.problem and self.page < len(PAGES) - 1:
            self.page += 1

    def back(self) -> None:
        """To the page before. The vault that was made stays made, so there is no way back over that step."""
        if self.page and self.name != "rescue":
            self.page -= 1

    def made(self, code: str) -> None:
        """The vault exists: the passphrase is forgotten here, the rescue code shown once."""
        self.typed = self.again = ""
        self.code = code
        self.page = PAGES.index("rescue")
