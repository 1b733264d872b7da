"""An archive of LinkedIn: English headers in every language, eras that differ by columns, tables that are not CSV."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from importers.records import Item, Precision
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "linkedin"
ARCHIVE = FIXTURES / "archive"


def of(found: Run, what: str) -> list[Item]:
    return [item for item in found.items if item.key[0] == what]


def table(name: str) -> list[dict[str, str]]:
    with (ARCHIVE / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def stamp(item: Item) -> str:
    assert item.when is not None
    return datetime.fromtimestamp(item.when.us / 1e6, UTC).isoformat()


def test_the_invented_archive_reads_as_its_golden_records(*, regenerate: bool) -> None:
    check_golden(ARCHIVE, FIXTURES / "archive.golden.jsonl", regenerate=regenerate)


def test_every_member_has_an_outcome_and_no_table_is_unknown() -> None:
    found = run(ARCHIVE)
    assert found.outcomes == {"read": 19, "skipped": 1, "kept": 1}
    assert {path for path, reader in found.readers.items() if reader == "linkedin.other"} == {"Hashtag_Follows.csv"}


def test_the_real_archive_gives_its_connections_and_conclusions() -> None:
    found = run(sample("linkedin/hestia-2022/linkedin.zip"))
    assert len({item.key for item in of(found, "connection")}) == 3000
    assert len({item.key for item in of(found, "inference")}) == 18  # all rows that the file has
    columns = {item.details["column"] for item in of(found, "targeting")}  # type: ignore[index]
    assert {"Company Names", "Company Names (2)", "Company Names (3)"} <= columns
    assert not found.notices
    first = of(found, "connection")[0]
    assert (stamp(first), first.parties[0].name) == ("2009-03-15T00:00:00+00:00", "Carla Smith")


def test_the_broken_tables_give_all_their_rows_and_say_the_impossible_dates() -> None:
    found = run(sample("linkedin/linkedin-analyzer"))
    assert [len(of(found, what)) for what in ("share", "comment", "message", "connection")] == [6, 5, 3, 5]
    assert of(found, "share")[0].text == 'He said "hi".\n\nNext "line" here.'
    assert of(found, "comment")[0].text == 'She wrote "great post" yesterday.\n📌 Naïve “smart quotes” line.'
    assert [item.text for item in of(found, "comment")][2:] == ["NA", "+1 first-token payload", "none"]
    assert {(path, notice.position) for path, notice in found.notices} == {
        ("connections-parity.csv", "line 8"),
        ("messages-parity.csv", "line 4"),
        ("shares-parity.csv", "line 8"),
    }


def test_a_hidden_connection_is_counted_and_french_months_are_read() -> None:
    found = of(run(ARCHIVE), "connection")
    assert [stamp(item)[:10] for item in found] == ["2023-02-08", "2023-10-02", "2024-02-12"]
    assert [item.parties[0].name if item.parties else "" for item in found] == ["Noé Exemple", "", "Zoé Brandt, Ph.D."]


def test_names_with_commas_are_not_taken_apart() -> None:
    roles = of(run(ARCHIVE), "message")[0].parties[1:]
    assert [(role.name, role.handle.value if role.handle else "") for role in roles] == [
        ("", "https://www.linkedin.com/in/zo%C3%AB-brandt"),
        ("", "https://www.linkedin.com/in/lea-exemple"),
    ]


def test_a_sponsored_message_is_its_words() -> None:
    item = of(run(ARCHIVE), "message")[1]
    assert item.text == "Bonjour %FIRSTNAME%,\ndes tuiles & du thé"
    assert "spinmail" in item.details["CONTENT"]  # type: ignore[index]


def test_american_dates_and_dates_of_a_career_keep_their_precision() -> None:
    found = run(ARCHIVE)
    assert stamp(of(found, "invitation")[0]) == "2023-02-07T15:05:00+00:00"
    assert stamp(of(found, "registration")[0]) == "2010-01-29T14:37:00+00:00"
    position = of(found, "position")[0]
    assert position.when is not None
    assert (stamp(position)[:7], position.when.precision) == ("2020-01", Precision.MONTH)
    assert position.end is not None


def test_archives_of_all_eras_share_their_connections(tmp_path: Path) -> None:
    old = "First Name,Last Name,Email Address,Company,Position,Connected On\nNoé,Exemple,,Les Tuiles SA,,08 Feb 2023\n"
    (tmp_path / "Connections.csv").write_text(old, encoding="utf-8")
    assert {item.key for item in run(tmp_path).items} < {item.key for item in run(ARCHIVE).items}


def test_messages_of_the_oldest_era_have_the_same_identity(tmp_path: Path) -> None:
    rows = table("messages")
    names = ["CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "DATE", "SUBJECT", "CONTENT"]
    with (tmp_path / "messages.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [*names, "FOLDER"], extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | {"CONTENT": row["CONTENT"].replace("\r\n", "\n")} for row in rows)
    assert {item.key for item in run(tmp_path).items} == {item.key for item in of(run(ARCHIVE), "message")}


@pytest.mark.parametrize("name", ["Connections", "messages", "Shares", "Logins", "Ad_Targeting", "Profile"])
def test_a_renamed_table_is_still_recognised(tmp_path: Path, name: str) -> None:
    shutil.copy(ARCHIVE / f"{name}.csv", tmp_path / "0001.dat")
    found = run(tmp_path)
    assert found.readers["0001.dat"].startswith("linkedin.")
    assert {item.key for item in found.items} <= {item.key for item in run(ARCHIVE).items}


def test_a_cut_table_gives_its_rows_and_says_so(tmp_path: Path) -> None:
    data = (ARCHIVE / "messages.csv").read_bytes()
    (tmp_path / "messages.csv").write_bytes(data[:-120])
    found = run(tmp_path)
    assert len(found.items) == 2
    assert "table-cut" in {notice.reason for _, notice in found.notices}


def test_nothing_of_the_originals_is_dropped() -> None:
    found = run(ARCHIVE)
    lines = "\n".join(found.lines())
    for name in (
        "Profile",
        "messages",
        "Invitations",
        "Reactions",
        "Receipts",
        "Positions",
        "Logins",
        "Hashtag_Follows",
    ):
        for row in table(name):
            for column, cell in row.items():
                timed = "DATE" in column.upper() or column.endswith((" At", " On"))
                assert timed or cell.replace("\r\n", "\\r\\n").replace("\n", "\\n").replace('"', '\\"') in lines, cell
