"""How many facts an archive holds, from the beginnings of its members: about right, honest, and never in the way."""

from __future__ import annotations

import contextlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import process_time

import pytest
import xlsxwriter

from importers.archive.errors import ArchiveError, DamagedMember, RefusedArchive
from importers.archive.parts import FilePart
from importers.archive.view import View, open_archive
from importers.contract import Declaration, Importer, Member
from importers.recognition import Rulebook
from importers.records import Item, Kind, Record
from importers.registry import declarations
from tests.archive.hostile import CLASSES, Hostile
from tests.importing import Run, parts_of, run, sample
from vault_app.intake.estimate import FEW, USUAL, Bounds, estimates
from vault_app.intake.frames import Expected

PATIENT = Bounds(seconds=30, in_all=60)
"""As usual, on a machine that is busy with other tests."""

MESSAGES = "your_facebook_activity/messages/inbox/{0}_1/message_1.json"


def archive_of(members: Mapping[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def opened(data: bytes, name: str = "a.zip") -> View:
    return open_archive([FilePart(name, io.BytesIO(data), len(data))])


@contextmanager
def lying_at(path: Path) -> Iterator[View]:
    """A file or folder of the disk, opened."""
    parts = parts_of(path)
    try:
        yield open_archive(parts)
    finally:
        for part in parts:
            if isinstance(part, FilePart):
                part.stream.close()


def matched(archive: View) -> list[Declaration | None]:
    rulebook = Rulebook(declarations())
    return [found[0] if found else None for found in map(rulebook.match, archive.members)]


def expected(archive: View, bounds: Bounds = PATIENT) -> dict[str, Expected]:
    return {one.reader: one for one in estimates(archive, matched(archive), bounds)}


def total(one: Expected) -> int:
    return sum(one.kinds.values()) + sum(one.series.values()) + one.facts + one.samples + one.parties


def conversation(name: str, messages: int) -> str:
    written = [
        {
            "sender_name": "Camille",
            "timestamp_ms": 1_600_000_000_000 + 60_000 * at,
            "content": f"{name} {at} " + "la " * (at % 9),
        }
        for at in range(messages)
    ]
    people = [{"name": name}, {"name": "Camille"}]
    return json.dumps({"participants": people, "messages": written, "title": name, "thread_path": f"inbox/{name}_1"})


def history(films: int) -> str:
    rows = (f'"Film {at}","{1 + at % 28:02}/{1 + at // 28 % 12:02}/{2010 + at // 336 % 15}"' for at in range(films))
    return "Title,Date\n" + "\n".join(rows) + "\n"


def test_members_that_are_read_to_their_end_are_counted_exactly() -> None:
    archive = opened(archive_of({MESSAGES.format(name): conversation(name, 7) for name in ("ada", "bob")}))
    (found,) = expected(archive).values()
    assert found.exact
    assert (found.kinds, found.parties) == ({"message": 14}, 2)


def test_a_fact_that_two_members_tell_is_counted_once() -> None:
    films = history(50)
    archive = opened(
        archive_of(
            {"a/NetflixViewingHistory.csv": films, "b/NetflixViewingHistory.csv": films + '"Neuf","01/01/2025"\n'}
        )
    )
    (found,) = expected(archive).values()
    assert (found.exact, found.kinds) == (True, {"watch": 51})


def test_samples_that_two_members_tell_are_counted_once(tmp_path: Path) -> None:
    rows = [f"2024-03-01T10:{at:02}:00Z,{48 + at / 100},2.5" for at in range(40)]
    for name, some in (("a.csv", rows[:30]), ("b.csv", rows[10:])):
        (tmp_path / name).write_text("time,latitude,longitude\n" + "\n".join(some) + "\n", encoding="utf-8")
    with lying_at(tmp_path) as archive:
        (found,) = expected(archive).values()
    assert (found.exact, found.series) == (True, {"position": 40})


def test_of_a_long_table_the_beginning_is_scaled_and_is_called_a_guess() -> None:
    (found,) = expected(opened(archive_of({"NetflixViewingHistory.csv": history(60_000)}))).values()
    assert not found.exact
    assert found.kinds.keys() == {"watch"}
    assert 50_000 < found.kinds["watch"] < 70_000


def test_a_long_file_of_sections_tells_how_many_and_not_of_which_kind() -> None:
    sections = {
        "about": "x",
        "chats": {
            "list": [
                {
                    "name": name,
                    "type": "personal_chat",
                    "id": number,
                    "messages": [
                        {"id": at, "type": "message", "date_unixtime": str(1_600_000_000 + at), "date": "2020-09-13T14:26:40",
                         "from": name, "from_id": "user1", "text": f"salut {at}"}
                        for at in range(4_000)
                    ],
                }
                for number, name in enumerate(("Ada", "Bob"))
            ]
        },
    }  # fmt: skip
    archive = opened(json.dumps(sections).encode(), "result.json")
    assert archive.members[0].size > USUAL.windows[0]
    (found,) = expected(archive).values()
    assert (found.exact, found.kinds, found.series) == (False, {}, {})
    assert 4_000 < found.facts < 16_000


def test_members_that_are_not_looked_at_are_like_the_others_by_their_size() -> None:
    lengths = {f"amie{number}": (3, 20, 200)[number % 3] for number in range(90)}
    archive = opened(archive_of({MESSAGES.format(name): conversation(name, count) for name, count in lengths.items()}))
    (found,) = expected(archive, Bounds(seconds=30, in_all=60, members=10)).values()
    assert not found.exact
    assert sum(lengths.values()) / 2 < found.kinds["message"] < sum(lengths.values()) * 2
    assert found.parties == 90


def test_each_importer_has_a_member_looked_at_before_one_has_two() -> None:
    many = {MESSAGES.format(name): conversation(name, 100) for name in ("ada", "bob", "cle", "dan")}
    archive = opened(archive_of(many | {"NetflixViewingHistory.csv": history(5)}))
    found = expected(archive, Bounds(seconds=30, in_all=60, members=2))
    assert len(found) == 2


def test_pictures_that_are_kept_whole_are_counted_by_kind() -> None:
    pictures = {f"DCIM/{number}.jpg": b"\xff\xd8\xff\xe0" + bytes([number]) * 900 for number in range(30)}
    (found,) = expected(opened(archive_of(pictures))).values()
    assert (found.reader, found.kinds, found.exact) == ("", {"photo": 30}, False)


def test_files_that_messages_carry_are_not_counted_again() -> None:
    lines = [f"01/02/2024 10:{at:02} - Ada: IMG-20240201-WA{at:04}.jpg (fichier joint)" for at in range(40)]
    members: dict[str, bytes | str] = {"Discussion WhatsApp avec Ada.txt": "\n".join(lines) + "\n"}
    members |= {f"IMG-20240201-WA{at:04}.jpg": b"\xff\xd8\xff\xe0" + bytes([at]) * 50 for at in range(40)}
    members["IMG-20240101-WA0099.jpg"] = b"\xff\xd8\xff\xe0seule"
    found = expected(opened(archive_of(members), "Discussion WhatsApp avec Ada.zip"))
    assert sum(map(total, found.values())) == 41
    assert all(one.exact for one in found.values())


def test_a_letter_longer_than_the_beginning_makes_it_look_further() -> None:
    head = "From x@example.org Mon Jan 01 10:00:00 2024\nFrom: Ada <ada@example.org>\nTo: b@example.org\n"
    letters = [
        f"{head}Subject: {at}\nMessage-ID: <{at}@example.org>\nDate: Mon, 01 Jan 2024 10:00:{at:02} +0000\n\n"
        + ("abcdefg " * 9 + "\n") * 2_000
        + "\n"
        for at in range(50)
    ]
    archive = opened("".join(letters).encode(), "Courrier.mbox")
    (found,) = expected(archive).values()
    assert 25 < found.kinds["message"] < 100


def test_a_small_workbook_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "depenses.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(
            [("Date", "Libellé", "Montant"), *((f"2024-03-{day:02}", f"Achat {day}", -day) for day in range(1, 29))]
        ):
            sheet.write_row(at, 0, row)
    with lying_at(path) as archive:
        (found,) = expected(archive).values()
    assert (found.kinds, found.exact) == ({"transaction": 28}, True)


def test_a_damaged_member_costs_no_other_estimate() -> None:
    data = bytearray(
        archive_of({MESSAGES.format("ada"): conversation("ada", 30), "NetflixViewingHistory.csv": history(9)})
    )
    archive = opened(bytes(data))
    found = matched(archive)
    data[300] ^= 0xFF  # inside the first member, after it was recognised
    broken = opened(bytes(data))
    assert {one.reader: one.kinds for one in estimates(broken, found, PATIENT)}["netflix.viewing_history"] == {
        "watch": 9
    }


def one_of(read: object, **more: object) -> Importer:
    return Importer("x.y", "x", "", (), read, **more)  # type: ignore[arg-type]


def endless(member: Member) -> Iterator[Record]:
    at = 0
    while True:
        at += 1
        yield Item(kind=Kind.NOTE, key=(at,))


def breaking(member: Member) -> Iterator[Record]:
    yield Item(kind=Kind.NOTE, key=(1,))
    raise KeyError("anything")


def refusing(member: Member) -> Iterator[Record]:
    raise DamagedMember("member-damaged")
    yield Item(kind=Kind.NOTE, key=(1,))


@pytest.mark.parametrize("importer", [endless, breaking, refusing])
def test_an_importer_that_fails_or_does_not_end_gives_no_estimate(importer: object) -> None:
    archive = opened(archive_of({f"{name}.txt": name for name in "abcdefgh"}))
    before = process_time()
    assert not list(estimates(archive, [one_of(importer)] * 8, Bounds(seconds=0.05, in_all=60)))
    assert process_time() - before < 1.0


def test_without_time_nothing_is_estimated() -> None:
    archive = opened(archive_of({"NetflixViewingHistory.csv": history(9)}))
    assert expected(archive, Bounds(in_all=0.0)) == {}


@pytest.mark.parametrize("count", [FEW - 1, FEW])
def test_few_facts_of_a_beginning_are_no_ground_for_a_guess(count: int) -> None:
    def some(member: Member) -> Iterator[Record]:
        with member.open() as stream:
            stream.read()
        yield from (Item(kind=Kind.NOTE, key=(at,)) for at in range(count))

    archive = opened(archive_of({"x.txt": b"a" * 10_000}))
    found = list(estimates(archive, [one_of(some)], Bounds(windows=(1_000,), seconds=30, in_all=60)))
    assert [one.kinds for one in found] == ([] if count < FEW else [{"note": 10 * count}])


def test_what_stands_once_among_many_is_not_taken_to_come_again() -> None:
    points = "".join(
        f'<trkpt lat="{48 + at / 1e5:.5f}" lon="2.3"><time>2024-01-01T{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}Z</time></trkpt>'
        for at in range(20_000)
    )
    track = f'<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>Marche</name><trkseg>{points}</trkseg></trk></gpx>'
    (found,) = expected(opened(track.encode(), "trace.gpx")).values()
    assert found.facts <= 1
    assert 10_000 < found.samples < 40_000


SAMPLES = (
    "apple/health", "browsers", "enedis", "facebook", "google/takeout-fr-2022", "grdf", "her", "instagram", "linkedin",
    "mesinfos", "netflix", "sleep-as-android", "spotify", "standards/fit", "tiktok", "tinder", "twitter", "whatsapp",
)  # fmt: skip
"""Those with more than a hundred facts."""


def counted(result: Run) -> int:
    return sum(result.kinds.values()) + sum(result.series().values()) + len({party.key for party in result.parties})


@pytest.mark.parametrize("name", SAMPLES)
def test_estimates_of_real_archives_are_within_a_factor_of_two(name: str) -> None:
    """From less of them than usual, since most are small enough to be read to their end."""
    path = sample(name)
    imported = counted(run(path))
    with lying_at(path) as archive:
        usual = expected(archive).values() if archive.bytes_total > 150_000 else ()
        short = expected(archive, Bounds(windows=(16 << 10, 64 << 10), seconds=30, in_all=60)).values()
    for found in (usual, short) if usual else (short,):
        assert imported / 2 <= sum(map(total, found)) <= imported * 2


@pytest.mark.parametrize("case", CLASSES[::3], ids=lambda case: case.name)
def test_a_hostile_archive_is_estimated_at_once_or_refused(case: Hostile) -> None:
    try:
        archive = opened(case.make(), case.file)
        found = matched(archive)
    except ArchiveError:
        return  # refused before anything was estimated
    before = process_time()
    with contextlib.suppress(RefusedArchive):
        assert all(total(one) < 1_000_000 for one in estimates(archive, found))
    assert process_time() - before < 2 * USUAL.in_all
