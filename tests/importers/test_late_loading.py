"""Behind the fence nothing is loaded any more: what an importer needs comes with its module."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.importers.test_fixtures import ARCHIVES
from tests.importing import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the fence was tried on Linux only")


@pytest.fixture(scope="module")
def fenced() -> dict[str, Any]:
    line = [sys.executable, "-m", "tests.importers.fenced", *map(str, ARCHIVES.values())]
    done = subprocess.run(line, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_is_read_behind_the_fence_with_only_what_recognition_asked_for(
    name: str, fenced: dict[str, Any]
) -> None:
    wanted = run(ARCHIVES[name])
    found = fenced[str(ARCHIVES[name])]
    assert "broken" not in found, found
    assert found["ended"] == sorted([path, str(end.outcome), end.records] for path, end in wanted.ended.items())
    assert found["notices"] == sorted(f"{notice.reason} {notice.what}" for _, notice in wanted.notices)
