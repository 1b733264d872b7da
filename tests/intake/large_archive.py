"""An invented archive that takes some seconds to import: activities, positions, energy, files small and large."""

from __future__ import annotations

import io
import json
import random
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vault_app.learn import camille

METERS = 3
HALF_HOURS = 40_000
YEARS = 4
SEARCHES = 2_000


def write_large_archive(folder: Path) -> Path:
    """Camille's export of Google with older years, power of several meters and pictures; the same bytes each time."""
    chance = random.Random(11)
    with zipfile.ZipFile(io.BytesIO(camille.takeout(chance))) as archive:
        content = {info.filename: archive.read(info) for info in archive.infolist()}
    for meter in range(METERS):
        content[f"Takeout/Drive/courbe {meter}.csv"] = _power(meter, chance)
        content[f"Takeout/Drive/image {meter}.bin"] = chance.randbytes(150_000)
        content[f"Takeout/Drive/note {meter}.bin"] = chance.randbytes(2_000)
    for year in range(YEARS):
        content[f"Takeout/Mon activité/Recherche {2010 + year}/MonActivité.json"] = _searches(2010 + year)
    content["Takeout/Mon activité/Abîmé/MonActivité.json"] = _searches(2009)[:40_000]
    path = folder / "takeout-20250106T090000Z-001.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in content.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 6, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return path


def _power(meter: int, chance: random.Random) -> bytes:
    lines = [
        (
            "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;"
            "Etape metier;Unite;Pas en minutes"
        ),
        f"0000000000000{meter};Courbe de charge;01/01/2020;01/05/2022;Energie active;Consommation;Comptage Brut;W;30",
        "Horodate;Valeur",
    ]
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    for _ in range(HALF_HOURS):
        moment += timedelta(minutes=30)
        lines.append(f"{moment.isoformat()};{chance.randrange(3000)}")
    return "\n".join(lines).encode()


def _searches(year: int) -> bytes:
    first = datetime(year, 1, 1, tzinfo=UTC)
    entries = [
        {
            "header": "Recherche",
            "title": f"Vous avez recherché mot{number % 97} de {year}",
            "time": (first + timedelta(hours=3 * number + 1)).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "products": ["Recherche"],
        }
        for number in range(SEARCHES)
    ]
    return json.dumps(entries, ensure_ascii=False).encode()
