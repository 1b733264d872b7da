"""Content decides where names lie: a real file under a meaningless name is read like under its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.importing import Run, run, sample

SINGLE = (
    "enedis/Enedis_Conso_Heure_20220118-20240108_09000000000001.csv",
    "enedis/Enedis_Conso_Jour_20210123-20240108_09000000000001.csv",
    "enedis/ENEDIS_R63_P_CdC_M0000000_00001_20250313093019_extrait.csv",
    "enedis/courbe_de_charge_20240318-20240324.xlsx",
    "enedis/energie_quotidienne_20240715-20240721.xlsx",
    "netflix/viewing-history-fr-excerpt/NetflixViewingHistory.csv",
    "apple/health/apple_health_export/export.xml",
    "google/location/records.json",
    "google/location/semantic_history.json",
    "google/location/timeline_new_format.json",
    "standards/gpx/Mojstrovka.gpx",
    "standards/icalendar/example.ics",
    "standards/vcard/John_Doe_GMAIL.vcf",
)
"""Files whose content says what they are."""


def facts(result: Run) -> list[str]:
    """Everything that was read; a detail that only repeats the name of the file (GPX) is blanked out."""
    (name,) = result.readers
    return [line.replace(f'"{name}"', '"?"') for line in result.lines() if '"record": "notice"' not in line]


@pytest.mark.parametrize("path", SINGLE)
def test_a_file_under_a_meaningless_name_gives_the_same_records(path: str, tmp_path: Path) -> None:
    original = sample(path)
    renamed = tmp_path / f"x{original.suffix}"
    bare = tmp_path / "document"
    for place in (renamed, bare):
        shutil.copyfile(original, place)
    told = run(original)
    reader = next(iter(told.readers.values()))
    assert reader
    for place in (renamed, bare):
        again = run(place)
        assert list(again.readers.values()) == [reader]
        assert facts(again) == facts(told)
