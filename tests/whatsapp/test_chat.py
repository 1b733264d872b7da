"""Exported chats of Android and iOS: one message each, whatever the phone's language, region and clock."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Kind, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "whatsapp"
ANDROID, IOS = FIXTURES / "android", FIXTURES / "ios"
WHATSR = ("englishandroid24h", "englishandroidampm", "englishios24h", "englishiosampm")
MINER = ("[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs")


def us(*stamp: int) -> int:
    return int(datetime(*stamp, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[misc]


def times(found: Run) -> list[str]:
    return [datetime.fromtimestamp(item.when.us / 1e6, UTC).isoformat()[:16] for item in found.items if item.when]


def said(found: Run, text: str) -> Item:
    return next(item for item in found.items if text in item.text)


def chat(folder: Path, *lines: str, name: str = "_chat.txt") -> Run:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return run(folder)


@pytest.mark.parametrize("name", ["android", "ios"])
def test_the_invented_chats_read_as_their_golden_records(name: str, *, regenerate: bool) -> None:
    check_golden(FIXTURES / name, FIXTURES / f"{name}.golden.jsonl", regenerate=regenerate)


@pytest.mark.parametrize("name", WHATSR)
def test_the_real_group_of_2018_has_fifty_entries_eight_of_them_of_the_app(name: str) -> None:
    found = run(sample(f"whatsapp/whatsr-en/{name}.txt"))
    assert found.kinds == {"message": 42, "other": 8}
    assert times(found)[0] == "2018-01-29T11:24"
    assert [notice.reason for _, notice in found.notices] == ["whatsapp-local-time"]


def test_twelve_and_twenty_four_hours_are_the_same_times() -> None:
    texts = {name: times(run(sample(f"whatsapp/whatsr-en/{name}.txt"))) for name in WHATSR}
    assert texts["englishandroid24h"] == texts["englishandroidampm"]
    assert texts["englishios24h"] == texts["englishiosampm"]


@pytest.mark.parametrize("name", MINER)
def test_five_orders_of_dates_are_the_same_nine_entries(name: str) -> None:
    found = run(sample(f"whatsapp/chat-miner/test_{name}.txt"))
    assert found.kinds == {"message": 7, "other": 2}
    assert times(found)[1:5] == ["2019-01-20T10:23", "2019-01-30T19:49", "2020-06-10T13:55", "2020-06-19T22:08"]
    senders = [item.parties[0].name for item in found.items if item.kind is Kind.MESSAGE]
    assert senders == ["John Doe", "John Doe", "Jahn Doe", "John-John Doe", "John Doe 🤓", "🤓", "John Doe"]


def test_the_ios_chat_has_nineteen_entries_and_two_calls() -> None:
    found = run(sample("whatsapp/timelinize-ios"))
    assert found.kinds == {"message": 15, "other": 2, "call": 2}
    assert said(found, "Location").lat == 51.513767
    assert said(found, "A PDF").details["attached"] == "some-doc.pdf"  # type: ignore[index]
    assert said(found, "An edited message").text == "An edited message"


def test_a_dotted_chat_whose_notice_has_the_group_as_its_author() -> None:
    found = run(sample("whatsapp/whatstk/pokemon.txt"))
    assert found.kinds == {"message": 18, "other": 2}
    assert times(found)[2] == "2016-08-06T11:23"


def test_a_chat_without_a_comma_behind_the_date_is_read_as_french_time() -> None:
    item = said(run(ANDROID), "Bonjour à tous")
    assert item.when is not None
    assert (item.when.us, item.when.precision, item.when.offset) == (us(2025, 3, 12, 7, 59), Precision.MINUTE, None)
    assert (item.title, item.parties[0].name) == ("Chorale du lac", "Inès")


def test_a_group_name_with_a_colon_is_no_author() -> None:
    assert said(run(ANDROID), "Chorale : le lac").kind is Kind.OTHER


def test_a_message_may_be_empty_and_may_have_empty_lines_within() -> None:
    found = run(ANDROID)
    assert said(found, "partitions").text == "Oui.\n\nJe prends les partitions."
    assert [item.parties[0].name for item in found.items if item.kind is Kind.MESSAGE and not item.text] == ["Inès"]


def test_a_picture_comes_with_its_message_and_a_sound_that_nobody_names_by_itself() -> None:
    found = run(ANDROID)
    assert [file.name for file in said(found, "fichier joint").files] == ["IMG-20250313-WA0002.jpg"]
    alone = next(item for item in found.items if item.kind is Kind.DOCUMENT)
    assert alone.when is not None
    assert (alone.title, alone.when.precision) == ("PTT-20250314-WA0009.opus", Precision.DAY)
    assert [item for item in found.items if item.kind is Kind.PHOTO] == []


def test_a_person_who_writes_the_words_of_a_marker_is_not_misread() -> None:
    assert "what" not in said(run(ANDROID), "disait").details


def test_an_unsaved_number_is_a_telephone_number() -> None:
    handle = said(run(ANDROID), "salle").parties[0].handle
    assert handle is not None
    assert (handle.type, handle.value) == ("phone", "+33600000007")


def test_twelve_at_night_and_narrow_spaces_before_am() -> None:
    item = said(run(IOS), "of course")
    assert item.when is not None
    assert (item.when.us, item.text) == (us(2024, 2, 29, 23, 10), "Yes: of course 👩\u200d🎤")


def test_a_call_lasts_as_long_as_it_says() -> None:
    calls = [item for item in run(IOS).items if item.kind is Kind.CALL]
    assert [(call.end or 0) - call.when.us if call.end and call.when else None for call in calls] == [300_000_000, None]


def test_the_same_greeting_to_two_people_in_one_minute_stays_two_messages(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, minute in ((first, "31/12/2024 18:02"), (second, "30/12/2024 09:44")):
        folder.mkdir()
        chat(
            folder, f"{minute} - Paul: Salut", "01/01/2025 00:00 - Moi: Bonne année !", "01/01/2025 00:00 - Moi: Bises"
        )
    found = run(tmp_path)
    assert len({item.key for item in found.items}) == 6


def test_a_renamed_chat_has_the_same_keys_and_so_has_a_longer_one(tmp_path: Path) -> None:
    (text,) = ANDROID.glob("*.txt")
    shutil.copy(text, tmp_path / "notes.txt")
    first = [item.key for item in run(ANDROID).items if item.key[0] == "message"]
    assert [item.key for item in run(tmp_path).items] == first
    with (tmp_path / "notes.txt").open("a", encoding="utf-8") as file:
        file.write("15/03/2025 09:00 - Inès: À samedi\n")
    assert {item.key for item in run(tmp_path).items} > set(first)


def test_the_last_bytes_of_a_cut_chat_cost_the_last_message_only(tmp_path: Path) -> None:
    (text,) = ANDROID.glob("*.txt")
    (tmp_path / "_chat.txt").write_bytes(text.read_bytes()[:700])
    found = run(tmp_path)
    assert found.outcomes == {"read": 1}
    assert [item.key for item in run(ANDROID).items][: len(found.items) - 1] == [item.key for item in found.items][:-1]


def test_a_day_that_does_not_exist_is_said_with_its_line() -> None:
    found = run(ANDROID)
    assert [(n.reason, n.position) for _, n in found.notices][1:] == [("whatsapp-date", "line 18")]
    assert said(found, "n’existe pas").when is None


def test_a_chat_that_does_not_tell_day_from_month_says_so(tmp_path: Path) -> None:
    found = chat(tmp_path, "03/04/2024, 10:00 - A: un", "03/04/2024, 10:01 - B: deux")
    assert [notice.reason for _, notice in found.notices] == ["whatsapp-local-time", "whatsapp-day-or-month"]
    assert times(found) == ["2024-04-03T08:00", "2024-04-03T08:01"]


@pytest.mark.parametrize(
    "line",
    [
        *("12/03/2020 à 08:59 - Nom: x", "12/03/2020, 08:59 - Nom: x", "[12/03/2020 08:59:00] Nom: x"),
        *("[12/03/2020 à 08:59:00] Nom: x", "[12.03.20, 08:59:00] Nom: x", "12. 3. 2020. 08:59 - Nom: x"),
        *("12/03/2020 klo 8.59 - Nom: x", "12/03/2020, 8:59 a.\u00a0m. - Nom: x", "[\ufeff12.03.20, 08:59:00] Nom: x"),
        "2020-03-12, 08:59 - Nom: x",
    ],
)
def test_a_line_of_each_region_is_read(line: str, tmp_path: Path) -> None:
    found = chat(tmp_path, "13/03/2019, 08:59 - Nom: avant", line)
    assert times(found)[1] == "2020-03-12T07:59"
    assert (found.items[1].text, found.items[1].parties[0].name) == ("x", "Nom")


@pytest.mark.parametrize(
    "line", ["[2024-03-12 08:59:01] INFO: started", "2024-03-12 08:59:01 - INFO: started", "12/03/2024;08:59;Nom: x"]
)
def test_the_log_of_a_program_is_no_chat(line: str, tmp_path: Path) -> None:
    found = chat(tmp_path, line, line, line, name="journal.txt")
    assert not found.readers["journal.txt"].startswith("whatsapp")


def test_a_database_of_the_app_is_kept_whole_and_explained(tmp_path: Path) -> None:
    (tmp_path / "msgstore.db.crypt15").write_bytes(bytes(range(200)))
    found = run(tmp_path)
    assert [notice.reason for _, notice in found.notices] == ["whatsapp-database"]
    assert [len(data) for data in found.files.values()] == [200]


@pytest.mark.parametrize("name", ["android", "ios"])
def test_every_word_of_a_chat_is_in_a_record(name: str) -> None:
    lines = "\n".join(run(FIXTURES / name).lines())
    for path in (FIXTURES / name).rglob("*.txt"):
        for line in path.read_text(encoding="utf-8").splitlines():
            words = line.translate(dict.fromkeys([0xFEFF, 0x200E, 0x2068, 0x2069])).partition(": ")[2].rpartition("<")
            shown = (words[0] or words[2]).strip()
            assert json.dumps(shown, ensure_ascii=False)[1:-1] in lines


def test_a_contact_whose_name_has_a_word_of_the_app_is_a_person(tmp_path: Path) -> None:
    found = chat(tmp_path, "13/03/2024, 10:00 - Team Left Bank: allons", '13/03/2024, 10:01 - Zoé created group "a: b"')
    assert [(item.kind, item.text) for item in found.items] == [
        (Kind.MESSAGE, "allons"),
        (Kind.OTHER, 'Zoé created group "a: b"'),
    ]
