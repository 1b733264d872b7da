"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis  # loaded early: its report would be too late for it at the end
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
hypothesis.settings.register_profile("unhurried", deadline=None)  # speed is measured elsewhere, on a quiet machine
hypothesis.settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--regenerate`` writes golden files anew from what the importers yield today; read the difference."""
    parser.addoption("--regenerate", action="store_true", default=False)


@pytest.fixture(scope="session")
def keyring_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The keyring of a session, unlocked; one for all tests, since the desktop's library keeps to its first bus."""
    from tests.vault import keyring_service

    why = keyring_service.missing()
    if why:
        pytest.skip(why)
    with keyring_service.running(tmp_path_factory.mktemp("session")):
        yield


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--regenerate"))
