"""What a plan says of an archive before anything is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

from vault_app.intake.handles import closing_parts
from vault_app.intake.plan import recognise


def test_the_main_source_stands_first_however_much_litter_lies_around(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("NetflixViewingHistory.csv", "Title,Date\nUn film,01/02/2024\n")
        for number in range(4):
            archive.writestr(f"__MACOSX/._{number}", b"\x00\x05\x16\x07")
            archive.writestr(f"{number}/.DS_Store", b"\x00\x00\x00\x01Bud1")
    with closing_parts([path]) as parts:
        plan = recognise(parts)
    assert plan.source == plan.sources[0] == "netflix"
    assert "macos" in plan.sources
