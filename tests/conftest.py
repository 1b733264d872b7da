"""What all tests share."""

from __future__ import annotations

import os

import hypothesis  # loaded early: its report would be too late for it at the end
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
hypothesis.settings.register_profile("unhurried", deadline=None)  # speed is measured elsewhere, on a quiet machine
hypothesis.settings.load_profile("unhurried")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--regenerate`` writes golden files anew from what the importers yield today; read the difference."""
    parser.addoption("--regenerate", action="store_true", default=False)


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--regenerate"))
