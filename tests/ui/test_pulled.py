"""The key with the vault is pulled out under the open window: it is blank within two seconds, and keeps nothing open."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.promises import sticks
from tests.promises.pulling import ANSWER
from tests.promises.sticks import Stick
from tests.ui.windows import closed_window, go, settle, wait_for
from tests.vault.bare_vault import PHRASE, QUICK
from tests.vault.content import bring, item
from vault_app.ui.settings import Settings
from vault_app.vault.vault import Vault


@pytest.fixture(params=[kind for kind in sticks.KINDS if kind != "FAT"])
def stick(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stick]:
    if why := sticks.missing(request.param):
        pytest.skip(why)
    (tmp_path / "key").mkdir()
    made = Stick(request.param, tmp_path / "key.img", tmp_path / "key")
    made.format()
    try:
        made.plug()
        yield made
    finally:
        made.clear()


@pytest.mark.parametrize("screen", ["home", "timeline", "search"])
def test_a_window_whose_key_is_pulled_out_is_blank_within_two_seconds(
    qapp: QApplication, stick: Stick, settings: Settings, screen: str
) -> None:
    place = stick.place / "Coffre"
    vault = Vault.create(place, PHRASE, profile=QUICK).vault
    bring(vault, *(item(n) for n in range(30)))
    settings.vault = place
    again: list[str] = []
    with closed_window(qapp, settings, lambda: again.append("relaunch")) as window:
        window.open(vault)
        settle(window)
        go(window, screen)
        start = time.monotonic()
        stick.pull()
        wait_for(lambda: window.house is None, "the window to blank")
        assert time.monotonic() - start <= ANSWER
        assert not [label for label in window.centralWidget().findChildren(QLabel) if "uvre" in label.text()]
    stick.clear()
    stick.plug()
    back = Vault.open(place, PHRASE)
    assert back.verify().problems == ()
    assert len(back.imports.complete()) == 1
    back.close()
