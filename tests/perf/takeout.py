"""Invented Google Takeout archives of any size: activities in JSON, raw positions in JSON. Seeded; nobody exists."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from tests.perf.words import Vocabulary

_END = datetime(2026, 1, 1, tzinfo=UTC)
_PRODUCTS = (
    ("Recherche", "Vous avez recherché {}", "https://www.google.com/search?q={}"),
    ("Recherche", "Vous avez consulté {}", "https://www.google.com/url?q=https://{}.example/page&usg=AOvVaw"),
    ("YouTube", "Vous avez regardé {}", "https://www.youtube.com/watch?v={}"),
    ("Maps", "Vous avez recherché {}", "https://www.google.com/maps/search/{}"),
)
_SOURCES = ("WIFI", "WIFI", "WIFI", "CELL", "GPS", "UNKNOWN")
_ACTIVITIES = ("STILL", "IN_VEHICLE", "ON_FOOT", "WALKING", "UNKNOWN", "TILTING")


def write_activities(path: Path, count: int = 250_000, seed: int = 11) -> int:
    """A zip with so many activities of four products in JSON, over eleven years; returns the bytes of JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        return _add_activities(archive, count, seed)


def _add_activities(archive: zipfile.ZipFile, count: int, seed: int) -> int:
    random_ = random.Random(seed)
    vocabulary = Vocabulary(random_)
    written = 0
    for number, (product, title, url) in enumerate(_PRODUCTS):
        name = f"Takeout/Mon activité/{product}{number or ''}/MonActivité.json"
        with archive.open(name, "w") as file:
            written += _array(file, _activities(random_, vocabulary, count // 4, product, title, url))
    return written


def _activities(
    random_: random.Random, vocabulary: Vocabulary, count: int, product: str, title: str, url: str
) -> Iterator[str]:
    step = 11 * 365 * 86_400_000 // max(1, count)
    for at in range(count):
        when = _END - timedelta(milliseconds=at * step + random_.randrange(step))
        words = vocabulary.phrase(random_.randrange(2, 8))
        entry: dict[str, object] = {
            "header": product,
            "title": title.format(words),
            "titleUrl": url.format("".join(random_.choices("abcdefghijkmnpqrstuvwxyz0123456789", k=11))),
            "time": when.strftime("%Y-%m-%dT%H:%M:%S.") + f"{when.microsecond // 1000:03}Z",
            "products": [product],
            "activityControls": ["Activité sur le Web et les applications"],
        }
        if product == "YouTube":
            channel = int(random_.paretovariate(0.9)) % 900
            entry["subtitles"] = [
                {
                    "name": f"Chaîne {vocabulary.word(channel)}",
                    "url": f"https://www.youtube.com/channel/UC{channel:022}",
                }
            ]
        yield json.dumps(entry, ensure_ascii=False, indent=2)


def write_positions(path: Path, count: int = 1_000_000, seed: int = 12) -> int:
    """A zip with one ``Records.json`` of so many fixes; returns the bytes of JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        return _add_positions(archive, count, seed)


def _add_positions(archive: zipfile.ZipFile, count: int, seed: int) -> int:
    with archive.open("Takeout/Historique des positions/Records.json", "w", force_zip64=True) as file:
        file.write(b'{"locations": ')
        size = _array(file, _fixes(random.Random(seed), count))
        file.write(b"}")
    return size


def write_takeout(path: Path, activities: int = 250_000, positions: int = 1_000_000) -> int:
    """A zip with what ``write_activities`` and ``write_positions`` write; returns the bytes of JSON."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        return _add_positions(archive, positions, 12) + _add_activities(archive, activities, 11)


def _fixes(random_: random.Random, count: int) -> Iterator[str]:
    """Two phones of one person: mostly at a place, where a fix repeats or trembles, one in seven on the way."""
    latitude, longitude, heading = 465_800_000, 3_400_000, 90
    moment = int((_END - timedelta(days=11 * 365)).timestamp() * 1000)
    pause = 11 * 365 * 86_400_000 // max(1, count)
    moving = False
    for _ in range(count):
        if random_.random() < (0.03 if moving else 0.005):
            moving = not moving
        if moving or random_.random() < 0.3:
            step = 9000 if moving else 300
            latitude += random_.randrange(-step, step + 1)
            longitude += random_.randrange(-step, step + 1)
        heading = (heading + random_.randrange(-20, 21)) % 360
        moment += random_.choice((pause // 4, pause // 4, pause // 2, 3 * pause)) + random_.randrange(-3000, 3001)
        when = datetime.fromtimestamp(moment // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment % 1000:03}Z"
        lines = [
            f'    "latitudeE7": {latitude},',
            f'    "longitudeE7": {longitude},',
            f'    "accuracy": {random_.choice((9, 12, 13, 16, 20, 23, 31, 48, 65, 1200))},',
        ]
        if moving:
            lines.append(f'    "velocity": {random_.randrange(1, 35)},')
            lines.append(f'    "heading": {heading},')
        if random_.random() < 0.1:
            lines.append(
                '    "activity": [{\n      "activity": [{\n        "type": '
                f'"{random_.choice(_ACTIVITIES)}",\n        "confidence": {random_.randrange(20, 101)}\n      }}],\n'
                f'      "timestamp": "{when}"\n    }}],'
            )
        lines.append(f'    "source": "{random_.choice(_SOURCES)}",')
        lines.append(f'    "deviceTag": {-1_577_381_236 if random_.random() < 0.8 else 1_904_022_133},')
        lines.append(f'    "timestamp": "{when}"')
        yield "{\n" + "\n".join(lines) + "\n  }"


def _array(file: IO[bytes], entries: Iterator[str]) -> int:
    size, first = file.write(b"["), True
    batch: list[str] = []
    for entry in entries:
        batch.append(entry)
        if len(batch) == 1000:
            size += file.write((("" if first else ", ") + ", ".join(batch)).encode())
            batch, first = [], False
    if batch:
        size += file.write((("" if first else ", ") + ", ".join(batch)).encode())
    return size + file.write(b"]")
