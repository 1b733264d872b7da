"""Apple Health exports, whole: the real sample, invented ones in two languages, and what must not be lost."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from importers.apple.health import read_export
from importers.apple.health_notes import device_name
from importers.formats.digit_columns import stamp
from importers.formats.few_notices import FIRST, MORE
from importers.records import Item, Kind, Notice, Precision, Samples
from tests.apple.export_xml import HEAD, PLAIN, TAIL, sample_rows
from tests.importing import Run, check_golden, run, sample
from tests.perf.health import write_health_export

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "apple"
WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"
SDNN = "heart-rate-variability-sdnn"
INCIDENTAL = (
    "device",
    "offset",
    "endDateOffset",
    "creationDateOffset",
    "HeartRateVariabilityMetadataList",
    "MetadataEntry",
)


def rows_of(found: Run, series: str) -> list[dict[str, object]]:
    return [row for samples in found.samples if samples.series == series for row in sample_rows(samples)]


def test_the_real_sample_is_read_to_the_letter() -> None:
    found = run(sample("apple/health"))
    assert not found.notices
    assert found.outcomes == {"read": 2}
    (mass,) = rows_of(found, "body-mass-index")
    assert (mass["value"], mass["unit"], mass["sourceName"], mass["sourceVersion"]) == (
        "22.5312",
        "count",
        "Health Mate",
        "2160040",
    )
    assert mass["start"] == mass["end"] == 1_460_993_132_000_000  # 2016-04-18 08:25:32 -0700
    assert mass["creationDate"] == "1479689839000000"  # 2016-11-20 17:57:19 -0700
    assert mass["offset"] == "-420"
    assert "date=482685932&type=1" in str(mass["MetadataEntry"])
    (rate,) = rows_of(found, "heart-rate")
    assert (rate["value"], rate["unit"], rate["MetadataEntry"]) == (
        "72",
        "count/min",
        '{"HKMetadataKeyHeartRateMotionContext":"0"}',
    )
    assert rate["device"] == (
        "<<HKDevice>, name:Apple Watch, manufacturer:Apple, model:Watch, hardware:Watch2,4, software:4.3.1>"
    )
    (workout,) = [item for item in found.items if item.kind is Kind.WORKOUT]
    assert (workout.title, workout.end) == ("Running", 1_479_133_852_000_000)
    assert workout.details["totalDistance"] == "0.4971749504535062"
    assert workout.details["MetadataEntry"]["HKWeatherTemperature"] == "56 degF"
    (route,) = workout.details["WorkoutRoute"]
    assert route["FileReference"] == [{"path": "/workout-routes/route_2019-06-11_3.00pm.gpx"}]
    assert found.series()["position"] == 3
    assert {name: n for name, n in found.series().items() if name.startswith("daily-")} == {
        "daily-active-energy-burned": 2,
        "daily-active-energy-burned-goal": 2,
        "daily-exercise-time": 2,
        "daily-exercise-time-goal": 2,
        "daily-stand-hours": 2,
        "daily-stand-hours-goal": 2,
    }
    assert [row["value"] for row in rows_of(found, "daily-active-energy-burned")] == ["590.252", "323.513"]


def test_the_real_sample_is_recognised_under_meaningless_names(tmp_path: Path) -> None:
    source = sample("apple/health/apple_health_export")
    shutil.copy(source / "export.xml", tmp_path / "0001.bin")
    shutil.copy(next((source / "workout-routes").iterdir()), tmp_path / "0002")
    found = run(tmp_path)
    assert found.readers == {"0001.bin": "apple.health", "0002": "gpx.track"}
    assert [item.key for item in found.items] == [item.key for item in run(sample("apple/health")).items]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_export_gives_its_golden_records(language: str, *, regenerate: bool) -> None:
    fixture = FIXTURES / f"health-{language}"
    check_golden(fixture, FIXTURES / f"health-{language}.golden.jsonl", regenerate=regenerate)


def test_a_second_export_in_another_language_and_zone_brings_the_same_facts() -> None:
    english, french = run(FIXTURES / "health-en"), run(FIXTURES / "health-fr")
    exports = {("export", 1_714_634_100_000_000), ("export", 1_717_315_200_000_000)}
    keys = {item.key for item in french.items} - exports
    assert keys < {item.key for item in english.items}
    for series in english.series().keys() - {"position"}:
        facts = [
            [{name: value for name, value in row.items() if name not in INCIDENTAL} for row in rows_of(found, series)]
            for found in (english, french)
        ]
        assert facts[0] == facts[1], series
    incidental = {name for samples in french.samples for name in samples.incidental}
    assert incidental <= {*INCIDENTAL, "track", "segment"}


def test_the_second_copy_of_the_records_is_left_out_and_says_why() -> None:
    found = run(FIXTURES / "health-en")
    ended = found.ended["apple_health_export/export_cda.xml"]
    assert (ended.outcome, ended.why) == ("skipped", "apple-health-cda")
    assert "apple-health-cda" in tomllib.loads((WORDS / "skips" / "apple.toml").read_text(encoding="utf-8"))


def test_records_inside_a_correlation_are_counted_once_and_never_lost() -> None:
    found = run(FIXTURES / "health-en")
    assert [row["value"] for row in rows_of(found, "blood-pressure-systolic")] == ["118"]
    assert [row["value"] for row in rows_of(found, "dietary-energy-consumed")] == ["210.5"]
    pressure = next(item for item in found.items if item.title == "BloodPressure")
    assert [child["value"] for child in pressure.details["Record"]] == ["118", "76"]


def test_one_type_in_two_units_is_two_series_and_odd_numbers_stay_as_written() -> None:
    found = run(FIXTURES / "health-en")
    assert {row["unit"]: row["value"] for row in rows_of(found, "weight")} == {"kg": "61.2", "lb": "1.35e2"}
    assert {row["sourceName"]: row["value"] for row in rows_of(found, "steps")}["Pas & Santé"] == "0740"


def test_offsets_that_differ_within_a_record_are_all_kept() -> None:
    first, second = rows_of(run(FIXTURES / "health-en"), "heart-rate")
    assert (first["offset"], second["offset"]) == ("60", "60")
    assert "creationDateOffset" not in first
    assert second["creationDateOffset"] == "120"


def test_sleep_is_an_item_with_its_phase_and_a_category_without_value_keeps_its_time() -> None:
    found = run(FIXTURES / "health-en")
    (sleep,) = [item for item in found.items if item.kind is Kind.SLEEP]
    assert sleep.title == "AsleepCore"
    assert sleep.details["value"] == "HKCategoryValueSleepAnalysisAsleepCore"
    assert sleep.details["endDate"].endswith("+0200")  # the clocks went forward that night
    (mindful,) = rows_of(found, "mindful-session")
    assert "value" not in mindful
    assert rows_of(found, "stand-hour")[0]["value"] == "HKCategoryValueAppleStandHourStood"


def test_all_that_hangs_below_a_workout_stays_with_it() -> None:
    running, walking = [item for item in run(FIXTURES / "health-en").items if item.kind is Kind.WORKOUT]
    assert running.details["WorkoutActivity"][0]["WorkoutStatistics"][0]["average"] == "151.2"
    assert [event["type"] for event in running.details["WorkoutEvent"]] == [
        "HKWorkoutEventTypePause",
        "HKWorkoutEventTypeResume",
    ]
    assert running.details["MetadataEntry"]["HKAverageMETs"] == "9.2 kcal/hr·kg"
    assert [place["latitude"] for place in walking.details["WorkoutRoute"][0]["Location"]] == ["46.5801", "46.5802"]


def test_an_electrocardiogram_is_the_same_in_both_languages() -> None:
    for language in ("en", "fr"):
        found = run(FIXTURES / f"health-{language}")
        rows = rows_of(found, "electrocardiogram")
        assert [row["value"] for row in rows] == ["-12.345", "4.5", "120.007"]
        assert [int(str(row["start"])) - 1_712_296_800_000_000 for row in rows] == [0, 1953, 3906]
        assert {row["unit"] for row in rows} == {"µV"}


def test_an_electrocardiogram_without_a_time_is_kept_whole(tmp_path: Path) -> None:
    folder = tmp_path / "apple_health_export" / "electrocardiograms"
    folder.mkdir(parents=True)
    (folder / "ecg_1.csv").write_text("Name,X\nUnit,µV\nSample Rate,512 hertz\n\n1.5\n2.5\n", encoding="utf-8")
    found = run(tmp_path)
    assert [notice.reason for _, notice in found.notices] == ["apple-ecg-no-time"]
    assert found.files["ecg_1.csv"].endswith(b"1.5\n2.5\n")


def test_voltages_that_are_no_numbers_are_told_a_few_times_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "apple_health_export" / "electrocardiograms"
    folder.mkdir(parents=True)
    head = "Name,X\nRecorded Date,2024-04-05 08:00:00 +0200\nUnit,µV\nSample Rate,512 hertz\n\n1.5\n"
    (folder / "ecg_1.csv").write_text(head + "none\n" * 30, encoding="utf-8")
    found = run(tmp_path)
    assert [row["value"] for row in rows_of(found, "electrocardiogram")] == ["1.5", *["none"] * 30]
    notices = [notice for _, notice in found.notices]
    assert (len(notices), notices[0].position) == (FIRST + 1, "voltage 2")
    assert notices[-1] == Notice("apple-ecg-line-more", what="30")


def test_a_medical_document_is_kept_to_the_letter() -> None:
    found = run(FIXTURES / "health-en")
    document = next(item for item in found.items if item.title == "Ferritin")
    assert isinstance(document.details, bytes)
    assert b'"value": 41.20' in document.details
    assert document.when is not None
    assert document.when.precision is Precision.DAY


def test_a_planted_broken_record_is_told_with_its_place_and_the_rest_is_read() -> None:
    good = PLAIN
    broken = good.format(61).replace(' unit="count/min"', " unit=count/min")
    text = HEAD + good.format(60) + broken + good.format(62) + TAIL
    records = list(read_export([text.encode()]))
    (notice,) = [record for record in records if isinstance(record, Notice)]
    assert notice.reason == "apple-health-broken"
    at = int(notice.position.removeprefix("byte "))
    assert text.encode()[at:].startswith(b"count/min")
    (samples,) = [record for record in records if isinstance(record, Samples)]
    assert samples.value is not None
    assert list(samples.value.texts()) == ["60", "62"]


def test_forbidden_characters_are_replaced_and_told_and_the_record_is_kept() -> None:
    record = PLAIN.format(7).replace("Watch", "Pas\x0b & Co &#1;")
    records = list(read_export([(HEAD + record + TAIL).encode()]))
    (samples,) = [record for record in records if isinstance(record, Samples)]
    assert list(samples.columns["sourceName"].texts()) == ["Pas\ufffd & Co \ufffd"]
    assert [record.reason for record in records if isinstance(record, Notice)] == ["apple-health-mended"]


def test_an_export_that_is_cut_off_gives_what_stands_before_the_cut() -> None:
    whole = (FIXTURES / "health-en" / "apple_health_export" / "export.xml").read_bytes()
    cut = whole[: whole.index(b'<WorkoutStatistics type="HKQuantityTypeIdentifierDistance') + 30]
    records = list(read_export([cut]))
    (notice,) = [record for record in records if isinstance(record, Notice)]
    assert notice.reason == "apple-health-broken"
    (workout,) = [record for record in records if isinstance(record, Item) and record.kind is Kind.WORKOUT]
    assert len(workout.details["WorkoutEvent"]) == 2
    assert sum(len(record.start) for record in records if isinstance(record, Samples)) == 12


def test_a_document_type_that_declares_entities_is_refused() -> None:
    bomb = '<!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<HealthData><Me x="&b;"/></HealthData>'
    (notice,) = list(read_export([bomb.encode()]))
    assert isinstance(notice, Notice)
    assert notice.reason == "xml-entity"


def test_a_record_without_a_time_is_kept_as_an_item_and_told() -> None:
    record = (
        ' <Record type="HKQuantityTypeIdentifierStepCount" sourceName="P" unit="count" startDate="hier" value="7"/>\n'
    )
    records = list(read_export([(HEAD + record + TAIL).encode()]))
    (notice,) = [record for record in records if isinstance(record, Notice)]
    assert (notice.reason, notice.what) == ("apple-health-no-time", "StepCount")
    kept = records[-1]
    assert isinstance(kept, Item)
    assert kept.when is None
    assert (kept.details["startDate"], kept.details["value"]) == ("hier", "7")


def test_a_workout_whose_dates_are_none_is_kept_as_it_is_written_and_told() -> None:
    workout = '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" startDate="hier" endDate="####"/>'
    day = '<ActivitySummary dateComponents="0-0-0" appleStandHours="3"/>'
    text = HEAD + workout + day + TAIL
    records = list(read_export([text.encode()]))
    notices = [record for record in records if isinstance(record, Notice)]
    assert [(notice.reason, notice.what) for notice in notices] == [
        ("apple-health-no-time", "Workout"),
        ("apple-health-no-time", "ActivitySummary"),
    ]
    places = [int(notice.position.removeprefix("byte ")) for notice in notices]
    assert [text.encode()[at:].split(b" ")[0] for at in places] == [b"<Workout", b"<ActivitySummary"]
    kept = next(record for record in records if isinstance(record, Item) and record.kind is Kind.WORKOUT)
    assert kept.when is None
    assert (kept.details["startDate"], kept.details["endDate"]) == ("hier", "####")


def test_a_file_that_is_damaged_everywhere_says_so_a_few_times_and_how_often() -> None:
    record = ' <Record type="HKQuantityTypeIdentifierStepCount" startDate="?"/>\n'
    records = list(read_export([(HEAD + record * 3000 + TAIL).encode()]))
    notices = [record for record in records if isinstance(record, Notice)]
    assert len(notices) == FIRST + 1
    assert notices[-1] == Notice("apple-health-no-time-more", what="3000")
    assert sum(isinstance(record, Item) and record.kind is Kind.MEASUREMENT for record in records) == 3000


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_attribute_of_an_export_is_found_again(language: str) -> None:
    (file,) = [path for path in (FIXTURES / f"health-{language}").rglob("*.xml") if "cda" not in path.name]
    declared = re.sub(rb"<!DOCTYPE.*?\n\]>", b"", file.read_bytes(), flags=re.DOTALL)
    root = ET.fromstring(declared)  # noqa: S314
    said = {text for element in root.iter() for text in element.attrib.values()}
    assert len(said) > 150
    found = run(FIXTURES / f"health-{language}")
    known = {text for item in found.items for text in texts_in(item.details)}
    moments = {item.when.us for item in found.items if item.when is not None} | {item.end for item in found.items}
    for row in (row for samples in found.samples for row in sample_rows(samples)):
        known |= set(texts_in(row))
        moments |= {row["start"], row["end"], int(str(row.get("creationDate", 0)))}
    lost = {device_name(text) for text in said} - known
    assert [text for text in lost if not at_a_known_moment(text, moments)] == []


def texts_in(value: object) -> Iterator[str]:
    """All texts of details, those inside of columns of JSON among them."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value
        if value[:1] in "[{" and value:
            yield from texts_in(json.loads(value))


def at_a_known_moment(text: str, moments: set[int | None]) -> bool:
    found = stamp(text) or stamp(f"{text} 00:00:00 +0000")
    return found is not None and found[0] in moments


def test_a_route_is_found_by_the_name_that_its_workout_states() -> None:
    found = run(FIXTURES / "health-en")
    workout = next(item for item in found.items if item.title == "Running")
    (route,) = workout.details["WorkoutRoute"]
    (reference,) = route["FileReference"]
    tracks = [item for item in found.items if isinstance(item.details, dict) and item.details.get("element") == "trk"]
    assert [item.details["gpx"]["file"] for item in tracks] == [reference["path"].rsplit("/", 1)[-1]]
    assert workout.when is not None
    assert tracks[0].when is not None
    assert workout.when.us <= tracks[0].when.us <= (workout.end or 0)


def test_the_second_copy_is_known_by_its_root_whatever_its_name(tmp_path: Path) -> None:
    copy = FIXTURES / "health-en" / "apple_health_export" / "export_cda.xml"
    shutil.copy(copy, tmp_path / "exportation_cda.xml")
    (ended,) = run(tmp_path).ended.values()
    assert (ended.outcome, ended.why) == ("skipped", "apple-health-cda")


def test_the_beats_of_a_list_are_pairs_of_rate_and_time_of_day_as_they_are_written() -> None:
    for language, first in (("en", ["61", "6:30:02.41 AM"]), ("fr", ["61", "06:30:02,41"])):
        (row,) = rows_of(run(FIXTURES / f"health-{language}"), SDNN)
        beats = json.loads(str(row["HeartRateVariabilityMetadataList"]))
        assert (len(beats), beats[0]) == (3, first)


def test_every_reason_has_its_sentence_in_both_languages() -> None:
    for room in ("apple", "gpx", "xml"):
        said = tomllib.loads((WORDS / "notices" / f"{room}.toml").read_text(encoding="utf-8"))
        for words in said.values():
            assert words["fr"]
            assert words["en"]
        counted = {reason for reason in said if reason.endswith(MORE)}
        assert {reason.removesuffix(MORE) for reason in counted} <= said.keys()
        once = {"apple-ecg-no-time", "apple-clinical-unreadable"}
        assert room == "xml" or {reason for reason in said if reason + MORE not in said} - counted == once & said.keys()


def test_an_invented_export_of_many_records_is_read_in_full_and_in_bounded_batches(tmp_path: Path) -> None:
    written = write_health_export(tmp_path / "export.zip", 60_000)
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        archive.extractall(tmp_path / "open")
    found = run(tmp_path / "open")
    assert not found.notices
    records = sum(written.records.values()) - written.records["HKCategoryTypeIdentifierSleepAnalysis"]
    counts = found.series()
    assert sum(n for name, n in counts.items() if name != "position" and not name.startswith("daily-")) == records
    assert counts["heart-rate"] == written.records["HKQuantityTypeIdentifierHeartRate"]
    assert counts["position"] == written.positions
    assert counts["daily-stand-hours"] == written.days
    assert found.kinds["sleep"] == written.records["HKCategoryTypeIdentifierSleepAnalysis"]
    assert found.kinds["workout"] == written.workouts
    assert found.kinds["trip"] == written.routes
    assert max(len(samples.start) for samples in found.samples) <= 50_000
    beats = [json.loads(str(row["HeartRateVariabilityMetadataList"])) for row in rows_of(found, SDNN)]
    assert sum(map(len, beats)) == written.beats
