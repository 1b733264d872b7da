"""An invented Apple Health export of any size: seeded, with the proportions of a real one.

Sixteen record types, 42 % heart rate (every few minutes, every 5 seconds in workouts), metadata children, beat
lists, workouts with routes as GPX, day summaries. The person, her devices and her places do not exist.
"""

from __future__ import annotations

import math
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

_PARIS = ZoneInfo("Europe/Paris")
_FIRST_DAY = datetime(2021, 1, 1, tzinfo=UTC)
_WATCH = "Apple\u00a0Watch de Camille"
_PHONE = "iPhone de Camille"
_WATCH_DEVICE = (
    "&lt;&lt;HKDevice: 0x3011a5ae0&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, "
    "hardware:Watch6,7, software:{}&gt;"
)
_PHONE_DEVICE = (
    "&lt;&lt;HKDevice: 0x3011a42d0&gt;, name:iPhone, manufacturer:Apple Inc., model:iPhone, "
    "hardware:iPhone13,2, software:{}&gt;"
)
_VERSIONS = ("8.3", "8.5.1", "9.1", "9.6.2", "10.1.1")

_SHARES = (
    ("HKQuantityTypeIdentifierHeartRate", "count/min", 420),
    ("HKQuantityTypeIdentifierActiveEnergyBurned", "kcal", 170),
    ("HKQuantityTypeIdentifierBasalEnergyBurned", "kcal", 120),
    ("HKQuantityTypeIdentifierStepCount", "count", 70),
    ("HKQuantityTypeIdentifierDistanceWalkingRunning", "km", 70),
    ("HKQuantityTypeIdentifierAppleStandTime", "min", 30),
    ("HKQuantityTypeIdentifierEnvironmentalAudioExposure", "dBASPL", 24),
    ("HKQuantityTypeIdentifierAppleExerciseTime", "min", 20),
    ("HKCategoryTypeIdentifierAppleStandHour", "", 18),
    ("HKQuantityTypeIdentifierFlightsClimbed", "count", 15),
    ("HKCategoryTypeIdentifierSleepAnalysis", "", 12),
    ("HKQuantityTypeIdentifierRespiratoryRate", "count/min", 12),
    ("HKQuantityTypeIdentifierOxygenSaturation", "%", 12),
    ("HKQuantityTypeIdentifierHeartRateVariabilitySDNN", "ms", 5),
    ("HKQuantityTypeIdentifierRestingHeartRate", "count/min", 1),
    ("HKQuantityTypeIdentifierWalkingHeartRateAverage", "count/min", 1),
)

_DTD = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  unit          CDATA #IMPLIED
  value         CDATA #IMPLIED
>
]>
"""


@dataclass
class Written:
    """What an export holds: records by type, and how much there is of everything else."""

    records: dict[str, int] = field(default_factory=dict)
    beats: int = 0
    workouts: int = 0
    routes: int = 0
    positions: int = 0
    days: int = 0
    xml_bytes: int = 0


def write_health_export(
    path: Path, records: int = 1_000_000, seed: int = 7, *, routes_per_workout: float = 0.25
) -> Written:
    """Write an export zip with about that many records (exactly, but for rounding); returns what it holds."""
    random_ = random.Random(seed)
    written = Written()
    workouts = _workouts(random_, max(1, records // 2500))
    routes = workouts[: max(1, int(len(workouts) * routes_per_workout))]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with archive.open("apple_health_export/exportation.xml", "w", force_zip64=True) as file:
            lines = _export(random_, records, workouts, {start for start, _ in routes}, written)
            written.xml_bytes = _write(file, lines)
        for start, length in routes:
            name = f"apple_health_export/workout-routes/{_route_name(start)}"
            archive.writestr(name, "".join(_route(random_, start, length, written)))
    return written


def _write(file: IO[bytes], lines: Iterator[str]) -> int:
    size = 0
    batch: list[str] = []
    for line in lines:
        batch.append(line)
        if len(batch) == 2000:
            size += file.write("".join(batch).encode())
            batch.clear()
    return size + file.write("".join(batch).encode())


class _Clock:
    """Local time texts in France, with the offset that holds on each day."""

    def __init__(self) -> None:
        self._days: dict[int, tuple[str, int]] = {}
        self._dates: dict[int, str] = {}

    def text(self, seconds: int) -> str:
        """``2021-01-01 08:00:00 +0100`` for seconds since the first day, UTC."""
        day = seconds // 86_400
        if day not in self._days:
            noon = (_FIRST_DAY + timedelta(days=day, hours=12)).astimezone(_PARIS)
            offset = noon.utcoffset()
            assert offset is not None
            self._days[day] = (noon.strftime("%z"), int(offset.total_seconds()))
        zone, offset_seconds = self._days[day]
        local = seconds + offset_seconds
        day, rest = divmod(local, 86_400)
        date = self.date(day)
        return f"{date} {rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02} {zone}"

    def date(self, day: int) -> str:
        """``2021-01-01`` for days since the first."""
        if day not in self._dates:
            self._dates[day] = (_FIRST_DAY + timedelta(days=day)).strftime("%Y-%m-%d")
        return self._dates[day]


def _workouts(random_: random.Random, count: int) -> list[tuple[int, int]]:
    """Start (seconds since the first day) and length in seconds, two days apart."""
    return [
        (day * 2 * 86_400 + 17 * 3600 + random_.randrange(3600), random_.randrange(1200, 3600)) for day in range(count)
    ]


def _export(
    random_: random.Random, records: int, workouts: list[tuple[int, int]], routed: set[int], written: Written
) -> Iterator[str]:
    clock = _Clock()
    last = workouts[-1][0] + 86_400
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield _DTD
    yield '<HealthData locale="fr_FR">\n'
    yield f' <ExportDate value="{clock.text(last)}"/>\n'
    yield (
        ' <Me HKCharacteristicTypeIdentifierDateOfBirth="1987-05-04" HKCharacteristicTypeIdentifierBiologicalSex='
        '"HKBiologicalSexFemale" HKCharacteristicTypeIdentifierBloodType="HKBloodTypeNotSet"/>\n'
    )
    total = sum(share for _, _, share in _SHARES)
    for type_, unit, share in _SHARES:
        count = max(1, records * share // total)
        written.records[type_] = count
        yield from _records(random_, clock, type_, unit, count, workouts, last, written)
    yield from _workout_elements(random_, clock, workouts, routed)
    written.workouts, written.routes = len(workouts), len(routed)
    for day in range(last // 86_400):
        date = clock.date(day)
        yield (
            f' <ActivitySummary dateComponents="{date}"'
            f' activeEnergyBurned="{random_.randrange(90_000, 900_000) / 1000}"'
            f' activeEnergyBurnedGoal="420" activeEnergyBurnedUnit="kcal" appleMoveTime="0" appleMoveTimeGoal="0"'
            f' appleExerciseTime="{random_.randrange(120)}" appleExerciseTimeGoal="30"'
            f' appleStandHours="{random_.randrange(18)}" appleStandHoursGoal="12"/>\n'
        )
        written.days += 1
    yield "</HealthData>\n"


def _times(random_: random.Random, type_: str, count: int, workouts: list[tuple[int, int]], last: int) -> Iterator[int]:
    """Ascending start seconds: for heart rate half of them every 5 seconds within workouts."""
    if not type_.endswith("HeartRate"):
        step = max(1, last // count)
        yield from (at * step + random_.randrange(step) for at in range(count))
        return
    bursts = [start + 5 * at for start, length in workouts for at in range(length // 5)][: count // 2]
    rest = count - len(bursts)
    step = max(1, last // rest)
    yield from sorted(bursts + [at * step + random_.randrange(step) for at in range(rest)])


def _records(
    random_: random.Random,
    clock: _Clock,
    type_: str,
    unit: str,
    count: int,
    workouts: list[tuple[int, int]],
    last: int,
    written: Written,
) -> Iterator[str]:
    text = clock.text
    for at, start in enumerate(_times(random_, type_, count, workouts, last)):
        version = _VERSIONS[at * len(_VERSIONS) // count]
        phone = type_.endswith(("StepCount", "WalkingRunning", "FlightsClimbed")) and at % 3 == 0
        name, device = (_PHONE, _PHONE_DEVICE) if phone else (_WATCH, _WATCH_DEVICE)
        value, length, children = _value(random_, type_, at, text(start), written)
        units = f' unit="{unit}"' if unit else ""
        begin = text(start)
        end = begin if not length else text(start + length)
        created = text(start + length + random_.randrange(1, 900))
        yield (
            f' <Record type="{type_}" sourceName="{name}" sourceVersion="{version}" device="{device.format(version)}"'
            f'{units} creationDate="{created}" startDate="{begin}" endDate="{end}" value="{value}"'
        )
        yield f">\n{children} </Record>\n" if children else "/>\n"


_SLEEP = ("InBed", "AsleepCore", "AsleepDeep", "AsleepREM", "Awake")


def _value(  # noqa: PLR0911 - one answer for each type
    random_: random.Random, type_: str, at: int, start: str, written: Written
) -> tuple[str, int, str]:
    """Value text, length in seconds, children."""
    short = type_.partition("TypeIdentifier")[2]
    if short == "HeartRate":
        context = random_.choice("0112")
        value = int(70 + 25 * math.sin(at / 400) + random_.randrange(15))
        shown = str(value) if at % 20 else f"{value}.{random_.randrange(1, 9999)}"
        return shown, 0, f'  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="{context}"/>\n'
    if short.endswith("EnergyBurned"):
        return f"{random_.randrange(50, 9000) / 1000}", random_.randrange(10, 600), ""
    if short == "StepCount":
        return str(random_.randrange(1, 900)), random_.randrange(30, 600), ""
    if short == "DistanceWalkingRunning":
        return f"{random_.random():.{random_.choice((5, 6, 15))}f}", random_.randrange(30, 600), ""
    if short == "HeartRateVariabilitySDNN":
        beats = "".join(_beats(random_, start, written))
        return f"{random_.randrange(15_000, 120_000) / 1000}", 60, beats
    if short == "SleepAnalysis":
        zone = '  <MetadataEntry key="HKTimeZone" value="Europe/Paris"/>\n'
        return f"HKCategoryValueSleepAnalysis{random_.choice(_SLEEP)}", random_.randrange(300, 5400), zone
    if short == "AppleStandHour":
        return f"HKCategoryValueAppleStandHour{random_.choice(('Stood', 'Idle'))}", 3600, ""
    if short == "OxygenSaturation":
        pressure = (
            f'  <MetadataEntry key="HKMetadataKeyBarometricPressure" value="{random_.randrange(98, 103)} kPa"/>\n'
        )
        return f"0.{random_.randrange(92, 100)}", 0, pressure
    return str(random_.randrange(1, 99)), 60, ""


def _beats(random_: random.Random, start: str, written: Written) -> Iterator[str]:
    yield "  <HeartRateVariabilityMetadataList>\n"
    clock, hundredths = start[11:19], 0
    minute, second = int(clock[3:5]), int(clock[6:8])
    for _ in range(random_.randrange(35, 60)):
        bpm = random_.randrange(52, 96)
        hundredths += 6000 // bpm
        at = second * 100 + hundredths
        shown = f"{clock[:2]}:{(minute + at // 6000) % 60:02}:{at // 100 % 60:02},{at % 100:02}"
        yield f'   <InstantaneousBeatsPerMinute bpm="{bpm}" time="{shown}"/>\n'
        written.beats += 1
    yield "  </HeartRateVariabilityMetadataList>\n"


def _workout_elements(
    random_: random.Random, clock: _Clock, workouts: list[tuple[int, int]], routed: set[int]
) -> Iterator[str]:
    for start, length in workouts:
        begin, end = clock.text(start), clock.text(start + length)
        source = f'sourceName="{_WATCH}" sourceVersion="9.1" creationDate="{end}"'
        yield (
            f' <Workout workoutActivityType="HKWorkoutActivityType{random_.choice(("Running", "Walking", "Cycling"))}"'
            f' duration="{length / 60}" durationUnit="min" {source} startDate="{begin}" endDate="{end}">\n'
            '  <MetadataEntry key="HKIndoorWorkout" value="0"/>\n'
            '  <MetadataEntry key="HKTimeZone" value="Europe/Paris"/>\n'
            f'  <MetadataEntry key="HKWeatherTemperature" value="{random_.randrange(30, 90)} degF"/>\n'
            f'  <WorkoutEvent type="HKWorkoutEventTypeSegment" date="{begin}" duration="9.5" durationUnit="min"/>\n'
            f'  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" startDate="{begin}"'
            f' endDate="{end}" sum="{random_.randrange(9000, 60000) / 100}" unit="kcal"/>\n'
            f'  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" startDate="{begin}" endDate="{end}"'
            f' average="{random_.randrange(9000, 16000) / 100}" minimum="71" maximum="171" unit="count/min"/>\n'
        )
        if start in routed:
            yield (
                f'  <WorkoutRoute {source} startDate="{begin}" endDate="{end}">\n'
                f'   <FileReference path="/workout-routes/{_route_name(start)}"/>\n'
                "  </WorkoutRoute>\n"
            )
        yield " </Workout>\n"


def _route_name(start: int) -> str:
    return (_FIRST_DAY + timedelta(seconds=start)).strftime("route_%Y-%m-%d_%-I.%M%p.gpx").lower()


def _route(random_: random.Random, start: int, length: int, written: Written) -> Iterator[str]:
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="Apple Health Export" xmlns="http://www.topografix.com/GPX/1/1">\n'
        "  <metadata>\n    <time>2026-01-05T09:00:00Z</time>\n  </metadata>\n"
        f"  <trk>\n    <name>Route {start}</name>\n    <trkseg>\n"
    )
    latitude, longitude = 46.58 + random_.random() / 50, 0.34 + random_.random() / 50
    for second in range(0, length, 2):
        latitude += random_.uniform(-1, 1.2) / 40_000
        longitude += random_.uniform(-1, 1.2) / 40_000
        moment = (_FIRST_DAY + timedelta(seconds=start + second)).strftime("%Y-%m-%dT%H:%M:%SZ")
        yield (
            f'      <trkpt lon="{longitude:.6f}" lat="{latitude:.6f}">'
            f"<ele>{random_.randrange(60_000_000, 90_000_000) / 1e6}"
            f"</ele><time>{moment}</time><extensions><speed>{random_.random() * 4:.6f}</speed>"
            f"<course>{random_.random() * 360:.6f}</course><hAcc>{random_.random() * 9:.6f}</hAcc>"
            f"<vAcc>{random_.random() * 9:.6f}</vAcc></extensions></trkpt>\n"
        )
        written.positions += 1
    yield "    </trkseg>\n  </trk>\n</gpx>\n"
