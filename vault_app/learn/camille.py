"""Camille, an invented person in Lyon: her archives, written in the formats that the services really use.

Everything is made from a seed, so two runs write the same bytes. Nobody's data is in it: places are public squares,
meter and message numbers are zeros, addresses end in ``example.org``.
"""

from __future__ import annotations

import csv
import io
import json
import math
import random
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
FIRST = date(2023, 1, 1)
LAST = date(2024, 12, 31)
_STAMP = (2025, 1, 6, 9, 0, 0)

_HOME = (45.7606, 4.8357)
_WORK = (45.7676, 4.8799)
_MONTHS = ("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER",
           "NOVEMBER", "DECEMBER")  # fmt: skip
_SONGS = (
    ("Les Quais", "Marée basse"),
    ("Odile Fabre", "Fenêtre sur cour"),
    ("Orchestre du Rhône", "Suite pour un lundi"),
    ("Nuit Claire", "Le dernier tram"),
    ("Paper Boats", "Slow Morning"),
    ("Ana Teixeira", "Saudade em Lyon"),
)
_FILMS = (
    "Les Voisins du dessus: Saison 1: Le colis (Épisode 1)",
    "Les Voisins du dessus: Saison 1: La fuite (Épisode 2)",
    "Les Voisins du dessus: Saison 2: Le retour (Épisode 1)",
    "Un été sans montre",
    "La Cuisinière du phare",
    "Cartes sur table: Partie 1: La donne (Épisode 1)",
    "Planète lente: Volume 1: Les mousses",
)
_SEARCHES = (
    "recette gratin dauphinois",
    "horaires bibliothèque part-dieu",
    "comment lire sa facture d’électricité",
    "randonnée monts d’or",
    "météo lyon demain",
    "réparer chasse d’eau",
    "cinéma ce soir",
    "vélo occasion lyon",
)
_VIDEOS = (
    ("Réparer son vélo en dix minutes", "Atelier du Coin"),
    ("Comprendre le compteur communicant", "La Minute Énergie"),
    ("Gratin dauphinois : la vraie recette", "Cuisine de Lucette"),
    ("Balade sonore au parc", "Oreilles grandes ouvertes"),
)


def write_archives(folder: Path) -> list[Path]:
    """Write Camille's archives into a folder that exists; returns their paths, the same bytes each time."""
    makers = {
        "Enedis_Conso_Heure_20230101-20250101_00000000000000.csv": load_curve,
        "takeout-20250106T090000Z-001.zip": takeout,
        "NetflixViewingHistory.csv": viewing_history,
        "my_spotify_data.zip": listening,
        "Agenda de Camille.ics": calendar,
        "contacts.vcf": contacts,
        "balade-monts-dor.gpx": walk,
    }
    written = []
    for name, make in makers.items():
        path = folder / name
        path.write_bytes(make(random.Random(name)))  # noqa: S311 - invention, not cryptography
        written.append(path)
    return written


def load_curve(chance: random.Random) -> bytes:
    """Two years of half-hours as the French grid operator writes them: mean power in W, stamped at the end."""
    lines = [
        (
            "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;"
            "Etape metier;Unite;Pas en minutes"
        ),
        "00000000000000;Courbe de charge;01/01/2023;01/01/2025;Energie active;Consommation;Comptage Brut;W;30",
        "Horodate;Valeur",
    ]
    moment = datetime(2022, 12, 31, 23, 0, tzinfo=UTC)
    last = datetime(2024, 12, 31, 23, 0, tzinfo=UTC)
    while moment < last:
        moment += timedelta(minutes=30)
        local = (moment - timedelta(minutes=30)).astimezone(PARIS)
        lines.append(f"{moment.astimezone(PARIS).isoformat()};{_watts(local, chance)}")
    return b"\xef\xbb\xbf" + "\n".join(lines).encode() + b"\n"


def _watts(local: datetime, chance: random.Random) -> int:
    winter = (1 + math.cos((local.timetuple().tm_yday - 15) / 365.25 * 2 * math.pi)) / 2
    hour = local.hour + local.minute / 60
    waking = math.exp(-((hour - 7.5) ** 2) / 2) + 1.4 * math.exp(-((hour - 19.5) ** 2) / 5)
    heating = 900 * winter * (0.7 + 0.3 * math.cos((hour - 6) / 24 * 2 * math.pi))
    boiler = 1900 if 2 <= hour < 4 else 0
    weekend = 250 if local.weekday() >= 5 and 10 <= hour < 18 else 0
    return round(90 + heating + 650 * waking + boiler + weekend + chance.random() * 120)


def takeout(chance: random.Random) -> bytes:
    """A Google archive in French: activities, positions, places."""
    search: list[object] = []
    youtube: list[object] = []
    maps: list[object] = []
    positions: list[object] = []
    visits: list[dict[str, Any]] = []
    for day in _days():
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=PARIS)
        for _ in range(chance.randrange(4)):
            when = noon + timedelta(minutes=chance.randrange(-300, 600))
            words = chance.choice(_SEARCHES)
            search.append(
                _activity("Recherche", f"Vous avez recherché {words}", when, "https://www.google.com/search?q=x")
            )
        for _ in range(chance.randrange(3)):
            title, channel = chance.choice(_VIDEOS)
            when = noon + timedelta(minutes=chance.randrange(300, 640), seconds=chance.randrange(60))
            entry = _activity(
                "YouTube", f"Vous avez regardé {title}", when, f"https://www.youtube.com/watch?v={len(youtube):011d}"
            )
            youtube.append(entry | {"subtitles": [{"name": channel, "url": "https://www.youtube.com/channel/UC0"}]})
        if day.weekday() < 5:
            visits += _working_day(day, chance)
            positions += list(_way(noon.replace(hour=8), _HOME, _WORK, chance))
            positions += list(_way(noon.replace(hour=18), _WORK, _HOME, chance))
        elif chance.random() < 0.3:
            maps.append(
                _activity("Maps", "Itinéraire pour Parc de la Tête d’Or", noon, "https://www.google.com/maps/dir/")
            )
    content = {
        "Mon activité/Recherche/MonActivité.json": search[::-1],
        "Mon activité/YouTube/MonActivité.json": youtube[::-1],
        "Mon activité/Maps/MonActivité.json": maps[::-1],
        "Historique des positions/Records.json": {"locations": positions},
        "Historique des positions/Settings.json": {
            "createdTime": "2023-01-01T08:00:00Z",
            "historyEnabled": True,
            "deviceSettings": [{"deviceTag": 1, "devicePrettyName": "Téléphone de Camille", "platformType": "ANDROID"}],
        },
    }
    months: dict[str, list[object]] = {}
    for visit in visits:
        stamp = visit["placeVisit"]["duration"]["startTimestamp"]
        months.setdefault(stamp[:7], []).append(visit)
    for month, objects in months.items():
        year, number = month.split("-")
        path = f"Historique des positions/Semantic Location History/{year}/{year}_{_MONTHS[int(number) - 1]}.json"
        content[path] = {"timelineObjects": objects}
    return _zip({f"Takeout/{name}": json.dumps(value, ensure_ascii=False, indent=1) for name, value in content.items()})


def _activity(header: str, title: str, when: datetime, url: str) -> dict[str, object]:
    return {
        "header": header,
        "title": title,
        "titleUrl": url,
        "time": _utc(when),
        "products": [header],
        "activityControls": ["Activité sur le Web et les applications"],
    }


def _working_day(day: date, chance: random.Random) -> list[dict[str, Any]]:
    arrive = datetime(day.year, day.month, day.day, 8, 35 + chance.randrange(20), tzinfo=PARIS)
    return [
        {
            "placeVisit": {
                "location": {
                    "latitudeE7": round(_WORK[0] * 1e7),
                    "longitudeE7": round(_WORK[1] * 1e7),
                    "placeId": "ChIJ0000000000000000000000",
                    "name": "Médiathèque du Tonkin",
                    "address": "Villeurbanne",
                    "semanticType": "TYPE_WORK",
                },
                "duration": {
                    "startTimestamp": _utc(arrive),
                    "endTimestamp": _utc(arrive + timedelta(hours=8, minutes=chance.randrange(60))),
                },
                "placeConfidence": "HIGH_CONFIDENCE",
            }
        }
    ]


def _way(
    start: datetime, origin: tuple[float, float], goal: tuple[float, float], chance: random.Random
) -> Iterator[dict[str, object]]:
    for step in range(0, 25, 4):
        part = step / 24
        lat = origin[0] + (goal[0] - origin[0]) * part + chance.uniform(-2e-4, 2e-4)
        lon = origin[1] + (goal[1] - origin[1]) * part + chance.uniform(-2e-4, 2e-4)
        yield {
            "latitudeE7": round(lat * 1e7),
            "longitudeE7": round(lon * 1e7),
            "accuracy": chance.randrange(8, 40),
            "source": "GPS",
            "deviceTag": 1,
            "timestamp": _utc(start + timedelta(minutes=step)),
        }


def viewing_history(chance: random.Random) -> bytes:
    """Films and episodes as the French viewing page writes them: title and day, newest first."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows = [(chance.choice(_FILMS), day) for day in _days() if chance.random() < 0.35]
    out.write("Title,Date\n")
    writer.writerows((title, day.strftime("%d/%m/%Y")) for title, day in reversed(rows))
    return out.getvalue().encode()


def listening(chance: random.Random) -> bytes:
    """Songs as the basic account archive writes them: end of play to the minute, milliseconds played."""
    plays = []
    for day in _days():
        moment = datetime(day.year, day.month, day.day, 17, 30, tzinfo=PARIS)
        for _ in range(chance.randrange(9)):
            artist, track = chance.choice(_SONGS)
            played = chance.randrange(20_000, 260_000)
            moment += timedelta(milliseconds=played, minutes=chance.randrange(3))
            ended = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
            plays.append({"endTime": ended, "artistName": artist, "trackName": track, "msPlayed": played})
    members = {
        f"MyData/StreamingHistory{number}.json": json.dumps(plays[at : at + 10_000], ensure_ascii=False, indent=2)
        for number, at in enumerate(range(0, len(plays), 10_000))
    }
    return _zip(members)


def calendar(chance: random.Random) -> bytes:
    """Appointments in iCalendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Exemple//Agenda//FR", "X-WR-CALNAME:Agenda de Camille",
             "X-WR-TIMEZONE:Europe/Paris"]  # fmt: skip
    what = ("Dentiste", "Chorale", "Déjeuner avec Ahmed", "Réunion d’équipe", "Médiation numérique")
    who = {
        "Chorale": "ORGANIZER;CN=Lucie Moreau:mailto:lucie.moreau@example.org",
        "Déjeuner avec Ahmed": "ATTENDEE;CN=Ahmed B.:mailto:0@example.org",
        "Médiation numérique": "ORGANIZER;CN=Rose Lemaire:mailto:1@example.org",
    }
    for number, day in enumerate(day for day in _days() if chance.random() < 0.12):
        start = datetime(day.year, day.month, day.day, chance.randrange(9, 19), tzinfo=PARIS).astimezone(UTC)
        title = chance.choice(what)
        lines += [
            "BEGIN:VEVENT",
            f"UID:evenement-{number}@agenda.example.org",
            f"DTSTAMP:{start:%Y%m%dT%H%M%SZ}",
            f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
            f"DTEND:{start + timedelta(hours=1):%Y%m%dT%H%M%SZ}",
            f"SUMMARY:{title}",
            *([who[title]] if title in who else []),
            "END:VEVENT",
        ]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def contacts(_chance: random.Random) -> bytes:
    """A few contact cards."""
    people = (("Ahmed", "Benali"), ("Rose", "Lemaire"), ("Lucie", "Moreau"), ("Médiathèque", "Tonkin"))
    cards = [
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{last};{first};;;\r\nFN:{first} {last}\r\n"
        f"EMAIL;TYPE=INTERNET:{number}@example.org\r\nTEL;TYPE=CELL:06 00 00 00 0{number}\r\nEND:VCARD\r\n"
        for number, (first, last) in enumerate(people)
    ]
    return "".join(cards).encode()


def walk(chance: random.Random) -> bytes:
    """A Sunday walk as a GPX track."""
    start = datetime(2024, 5, 12, 8, 0, tzinfo=UTC)
    points = []
    for step in range(240):
        lat = 45.845 + 0.012 * math.sin(step / 40) + chance.uniform(-1e-5, 1e-5)
        lon = 4.79 + 0.015 * math.cos(step / 40)
        height = 420 + 180 * math.sin(step / 80)
        when = start + timedelta(seconds=30 * step)
        points.append(
            f'<trkpt lat="{lat:.6f}" lon="{lon:.6f}">'
            f"<ele>{height:.1f}</ele><time>{when:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>"
        )
    body = "\n".join(points)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="Exemple" '
        'xmlns="http://www.topografix.com/GPX/1/1">\n<trk><name>Balade aux Monts d’Or</name>'
        "<type>hiking</type><trkseg>\n"
        f"{body}\n</trkseg></trk>\n</gpx>\n"
    ).encode()


def _days() -> Iterator[date]:
    for number in range((LAST - FIRST).days + 1):
        yield FIRST + timedelta(days=number)


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _zip(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
