"""The main way, end to end, through the real command: archives in, a life on screen, files out."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.cli.selfdata import PASSPHRASE, Selfdata
from vault_app.learn.camille import write_archives


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("downloads")
    write_archives(folder)
    return folder


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, archives: Path) -> Selfdata:
    """A vault that holds all of Camille's archives."""
    selfdata = Selfdata(tmp_path_factory.mktemp("camille")).make()
    answer = selfdata("import", *sorted(archives.iterdir()), "--yes", "--json")
    assert answer.code == 0, answer.err
    accounts = answer.json()
    assert len(accounts) == 7
    assert all(account["new"] > 0 for account in accounts)
    return selfdata


def test_each_archive_is_recognised_before_anything_is_written(tmp_path: Path, archives: Path) -> None:
    selfdata = Selfdata(tmp_path)
    answer = selfdata("recognise", *sorted(archives.iterdir()), "--json")
    assert answer.code == 0
    sources = {plan["name"].split("-")[0].split("_")[0]: plan["source"] for plan in answer.json()}
    assert sources["Enedis"] == "enedis"
    assert sources["takeout"] == "google"
    assert sources["NetflixViewingHistory.csv"] == "netflix"
    assert sources["my"] == "spotify"
    assert not selfdata.vault.exists()


def test_an_account_adds_up_to_the_members_of_its_archive(imported: Selfdata, archives: Path) -> None:
    for account in imported("imports", "--json").json():
        assert account["new"] == sum(account["items"].values()) + sum(account["samples"].values()) + account["parties"]
        assert set(account["members"]) == {"read", "skipped", "kept", "unknown"}
    with zipfile.ZipFile(archives / "takeout-20250106T090000Z-001.zip") as archive:
        members = len(archive.namelist())
    (google,) = [a for a in imported("imports", "--json").json() if a["source"] == "google"]
    assert sum(google["members"].values()) == members


def test_half_hours_come_back_as_energy(imported: Selfdata) -> None:
    lines = imported("series", "electricity-power", "--json").lines()
    assert len(lines) == 2 * 24 * 731
    assert lines[0]["start"] == "2022-12-31T23:00:00Z"
    assert lines[0]["end"] == "2022-12-31T23:30:00Z"
    assert lines[0]["unit"] == "W"
    assert set(lines[0]) == {"start", "end", "value", "unit", "quality"}


def test_items_carry_every_field_and_the_french_wording(imported: Selfdata) -> None:
    items = imported("items", "--source", "google", "--kind", "watch", "--json").lines()
    assert items
    assert all(item["title"].startswith("Vous avez regardé ") for item in items)
    assert set(items[0]) == {
        "id", "kind", "source", "start", "end", "offset", "precision", "title", "text", "lat", "lon",
        "amount", "currency", "parties", "details", "member", "import",
    }  # fmt: skip
    starts = [item["start"] for item in items]
    assert starts == sorted(starts, reverse=True)


def test_a_count_is_the_number_of_lines(imported: Selfdata) -> None:
    for flags in (
        (),
        ("--kind", "listen"),
        ("--since", "2024-03", "--until", "2024-03"),
        ("--text", "gratin"),
        ("--party", "Lucette"),
    ):
        count = int(imported("items", "--count", *flags).out)
        assert count == len(imported("items", "--json", *flags).lines()), flags
        assert count > 0, flags


def test_words_are_found_without_accents_and_ligatures(imported: Selfdata) -> None:
    found = imported("search", "electricite", "--json").lines()
    assert found
    assert all("électricité" in item["title"].lower() for item in found)


def test_a_second_import_adds_nothing(imported: Selfdata, archives: Path, tmp_path: Path) -> None:
    before = imported("stats", "--json").json()
    again = imported("import", *sorted(archives.iterdir()), "--yes", "--json").json()
    assert [account["new"] for account in again] == [0] * 7
    copy = tmp_path / "autre.zip"
    with zipfile.ZipFile(archives / "my_spotify_data.zip") as old, zipfile.ZipFile(copy, "w") as new:
        for info in old.infolist():
            new.writestr(f"elsewhere/{info.filename}", old.read(info))
    (account,) = imported("import", copy, "--yes", "--json").json()
    assert account["new"] == 0
    assert account["known"] > 0
    assert imported("undo", str(account["import"])).code == 0
    assert imported("stats", "--json").json() == before


def test_undo_gives_back_what_was_there_before(imported: Selfdata, tmp_path: Path) -> None:
    before = imported.seen()
    extra = tmp_path / "NetflixViewingHistory.csv"
    extra.write_text(
        'Title,Date\n"Un film de plus","31/12/2024"\n"La Cuisinière du phare","31/01/2024"\n', encoding="utf-8"
    )
    (account,) = imported("import", extra, "--yes", "--json").json()
    assert account["new"] >= 1
    assert imported.seen() != before
    assert imported("undo", str(account["import"])).code == 0
    assert imported.seen() == before


def test_a_planted_broken_record_gives_a_notice_and_the_rest_is_imported(imported: Selfdata, tmp_path: Path) -> None:
    broken = tmp_path / "NetflixViewingHistory.csv"
    broken.write_text('Title,Date\n"Bon","30/12/2021"\n"Cassé","99/99/2021"\n"Bien","29/12/2021"\n', encoding="utf-8")
    (account,) = imported("import", broken, "--yes", "--json").json()
    assert [notice["position"] for notice in account["notices"]] == ["line 3"]
    titles = {item["title"] for item in imported("items", "--source", "netflix", "--until", "2021", "--json").lines()}
    assert {"Bon", "Bien"} <= titles
    imported("undo", str(account["import"]))


def test_export_writes_what_was_chosen_with_its_dictionary(imported: Selfdata, tmp_path: Path) -> None:
    flags = ("--source", "spotify", "--since", "2024")
    count = int(imported("items", "--count", *flags).out)
    for target in ("csv", "json"):
        out = tmp_path / target
        answer = imported("export", "--target", target, "--out", out, *flags)
        assert answer.code == 0, answer.err
        assert not list(out.rglob("*.part"))
        assert any("dictionary" in path.name for path in out.iterdir())
    facts = (tmp_path / "json" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(facts) == count
    assert {json.loads(line)["source"] for line in facts} == {"spotify"}


def test_the_vault_verifies(imported: Selfdata) -> None:
    assert imported("verify").code == 0


def test_exit_codes_and_one_clear_sentence(imported: Selfdata, tmp_path: Path) -> None:
    nonsense = tmp_path / "notes.csv"
    nonsense.write_bytes(b"")
    answer = imported("import", nonsense, "--yes")
    assert answer.code == 1
    assert "pas été reconnu" in answer.err
    assert imported("import", tmp_path / "absent.zip", "--yes").code == 2
    assert imported("items", "--since", "bientôt").code == 2
    cut = tmp_path / "cut.zip"
    cut.write_bytes(b"PK\x03\x04" + b"\0" * 50)
    answer = imported("import", cut, "--yes")
    assert answer.code == 1
    assert len(answer.err.strip().splitlines()) == 1
    wrong = tmp_path / "wrong"
    wrong.write_text("pas la bonne phrase", encoding="utf-8")
    assert imported("stats", "--password-file", wrong).code == 3
    copy = Selfdata(tmp_path / "abîmé")
    shutil.copytree(imported.vault, copy.vault)
    for header in copy.vault.glob("header.*"):
        header.write_bytes(b"x" * 4096)
    assert copy("stats").code == 4


def test_without_a_passphrase_and_without_a_terminal_one_sentence_is_said(imported: Selfdata) -> None:
    process = imported.start("stats", "--password-file", str(imported.home / "absent"))
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_the_passphrase_and_the_facts_are_in_no_file_of_the_profile(imported: Selfdata) -> None:
    tokens = ["gratin dauphinois", "Cuisinière du phare", "Marée basse", "Lucette", PASSPHRASE, "Médiathèque du Tonkin"]
    for path in imported.home.rglob("*"):
        if path.is_file() and path.name != "secret":
            data = path.read_bytes()
            for token in tokens:
                assert token.encode() not in data, (path, token)
                assert token.encode("utf-16-le") not in data, (path, token)
