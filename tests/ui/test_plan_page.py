"""The plan of an archive in the window: how much there is, by kind, before anything is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.ui.windows import frame_of, go, house_of, texts, wait_for, window_over
from vault_app.explore import facts
from vault_app.explore.selection import Selection
from vault_app.ui.flows.arrival import State
from vault_app.ui.settings import Settings
from vault_app.vault.vault import Vault


def shown(qapp: QApplication, vault: Vault, settings: Settings, path: Path, screen: str) -> str:
    """What a screen says of a file that was found."""
    with window_over(qapp, vault, settings) as window:
        (arrival,) = house_of(window).finds.add([path])
        wait_for(lambda: arrival.state is State.PLANNED, "the plan")
        house_of(window).finds.shown = arrival
        go(window, screen)
        return texts(frame_of(window).current).replace("\u202f", " ")


def history(folder: Path, films: int) -> Path:
    path = folder / "NetflixViewingHistory.csv"
    rows = (f'"Un film {at}","{1 + at % 28:02}/01/{2000 + at // 28 % 24}"' for at in range(films))
    path.write_text("Title,Date\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_what_was_counted_is_told_by_kind(
    qapp: QApplication, camille: Vault, settings: Settings, tmp_path: Path
) -> None:
    before = facts.count(camille, Selection())
    page = shown(qapp, camille, settings, history(tmp_path, 140), "bring-in")
    assert "140 visionnages" in page
    assert "1 fichier, 140 faits" in page
    assert "nviron" not in page
    assert facts.count(camille, Selection()) == before


def test_a_guess_is_rounded_and_called_one(
    qapp: QApplication, camille: Vault, settings: Settings, tmp_path: Path
) -> None:
    page = shown(qapp, camille, settings, history(tmp_path, 16_000), "bring-in")
    line = next(line for line in page.splitlines() if line.startswith("environ"))
    told = int(line.removeprefix("environ ").removesuffix(" visionnages").replace(" ", ""))
    assert told % 1_000 == 0
    assert 10_000 < told < 25_000
    assert "est une estimation" in page


def test_the_inbox_tells_the_sum(qapp: QApplication, camille: Vault, settings: Settings, tmp_path: Path) -> None:
    assert "Dedans\u00a0: 140 faits." in shown(qapp, camille, settings, history(tmp_path, 140), "inbox")


def test_a_file_that_cannot_be_counted_says_so(
    qapp: QApplication, camille: Vault, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "NetflixViewingHistory.csv"
    path.write_text("Title,Date\n" + '"' + "x" * (5 << 20), encoding="utf-8")
    page = shown(qapp, camille, settings, path, "bring-in")
    assert "ne se connaît qu’à l’import\u00a0: 1." in page
    assert "est une estimation" not in page
    assert "1 fichier\n" in page
