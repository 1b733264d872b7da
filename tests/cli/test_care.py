"""The life of a vault through the real command: checked, backed up, lost and brought back, under other keys."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path

import pytest

from tests.cli.selfdata import PASSPHRASE, Selfdata
from tests.vault.bare_vault import QUICK
from tests.vault.content import bring, item, power
from tests.vault.lives import bring_files
from vault_app.vault import header
from vault_app.vault.driver import PAGE
from vault_app.vault.vault import Vault
from vault_app.vault.verify import Verdict
from vault_app.words import sentences

PHOTO, OTHER = secrets.token_bytes(100_000), secrets.token_bytes(90_000)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A closed vault with facts, samples and a photo, and its rescue code."""
    place = tmp_path_factory.mktemp("made") / "Coffre"
    created = Vault.create(place, PASSPHRASE, profile=QUICK)
    bring(created.vault, *(item(n, day=n) for n in range(300)), samples=power((1, "5"), (2, "6")))
    bring_files(created.vault, PHOTO)
    created.vault.close()
    return place, created.rescue_code


@pytest.fixture
def selfdata(made: tuple[Path, str], tmp_path: Path) -> Selfdata:
    command = Selfdata(tmp_path)
    shutil.copytree(made[0], command.vault)
    return command


def test_verify_says_in_words_what_is_sound_and_what_is_not(selfdata: Selfdata) -> None:
    quick = selfdata("verify")
    assert quick.code == 0
    assert quick.out.strip().endswith("Le coffre est intact : chaque octet est celui qui a été écrit.")
    full = selfdata("verify", "--full", "--json").json()
    assert (full["sound"], full["problems"]) == (True, [])
    assert selfdata("ledger", "--json").json()["lines"][-1]["op"] == "verify"
    (pack,) = (selfdata.vault / "packs").iterdir()
    data = bytearray(pack.read_bytes())
    data[500] ^= 1
    pack.write_bytes(data)
    wrong = selfdata("verify", "--full")
    assert wrong.code == 4
    assert "!!  des fichiers joints manquent ou sont abîmés" in wrong.out
    assert "selfdata salvage" in wrong.out


def test_a_backup_comes_back_as_a_vault(selfdata: Selfdata, tmp_path: Path) -> None:
    to, home = tmp_path / "clé", tmp_path / "revenu"
    done = selfdata("backup", to, "--json")
    assert done.code == 0, done.err
    assert done.json()["packs"] == 1
    before = selfdata("stats", "--json").json()
    back = selfdata("restore", to, "--to", home)
    assert back.code == 0, back.err
    assert "la sauvegarde est celle qui a été terminée" in back.out
    assert selfdata("stats", "--json", "--vault", home).json() == before
    again = selfdata("restore", to, "--to", home)
    assert again.code == 2
    assert len(again.err.strip().splitlines()) == 1


def test_salvage_saves_what_reads_and_says_what_is_missing(selfdata: Selfdata, tmp_path: Path) -> None:
    (database,) = selfdata.vault.glob("vault-*.db")
    pages = database.stat().st_size // PAGE
    with database.open("r+b") as file:
        for page in range(pages - 4, pages):
            file.seek(page * PAGE + 60)
            file.write(b"\0" * 40)
    (pack,) = (selfdata.vault / "packs").iterdir()
    pack.write_bytes(b"\0" * pack.stat().st_size)
    home = tmp_path / "sauvé"
    done = selfdata("salvage", "--to", home)
    assert done.code == 4
    assert "dans le nouveau coffre" in done.out
    assert selfdata("verify", "--full", "--vault", home).code == 0


def test_after_a_change_of_password_the_new_one_opens(selfdata: Selfdata, tmp_path: Path) -> None:
    other, short = tmp_path / "autre", tmp_path / "court"
    other.write_text("brouette mauve et quatorze\n", encoding="utf-8")
    short.write_text("court\n", encoding="utf-8")
    refused = selfdata("password", "--new-password-file", short)
    assert refused.code == 2
    assert "12 caractères" in refused.err
    assert selfdata("password", "--new-password-file", other).code == 0
    assert selfdata("stats").code == 3
    assert selfdata("stats", "--password-file", other).code == 0


def test_both_headers_lost_the_sheet_brings_the_vault_back(
    selfdata: Selfdata, made: tuple[Path, str], tmp_path: Path
) -> None:
    before = selfdata("stats", "--json").json()
    sheet, other = tmp_path / "fiche", tmp_path / "autre"
    sheet.write_text(made[1] + "\n" + selfdata("rescue").out, encoding="utf-8")
    other.write_text("brouette mauve et quatorze\n", encoding="utf-8")
    for name in header.NAMES:
        (selfdata.vault / name).unlink()
    assert selfdata("stats").code == 2
    done = selfdata("rescue", "--block", "--sheet-file", sheet, "--new-password-file", other)
    assert done.code == 0, done.err
    assert selfdata("stats", "--json", "--password-file", other).json() == before


def test_rekey_prints_a_new_sheet_and_voids_the_old_one(selfdata: Selfdata) -> None:
    before, old = selfdata("stats", "--json").json(), selfdata("rescue").out
    done = selfdata("rekey", "--deep", "--json")
    assert done.code == 0, done.err
    sheet = done.json()
    assert sheet["block"] != old.strip()
    assert len(sheet["rescue_code"]) == 39
    assert selfdata("stats", "--json").json() == before
    assert selfdata("verify", "--full").code == 0
    renewed = selfdata("rescue", "--renew", "--json").json()
    assert renewed["rescue_code"] != sheet["rescue_code"]


def test_the_ledger_ends_with_eight_words_to_be_kept_on_paper(selfdata: Selfdata) -> None:
    lines = selfdata("ledger").out.splitlines()
    assert [line.split()[2] for line in lines[:-1]] == ["create", "import-done", "import-done"]
    assert len(lines[-1].split()) == 9


def test_undo_gives_the_room_of_dead_attachments_back(selfdata: Selfdata) -> None:
    vault = Vault.open(selfdata.vault, PASSPHRASE)
    first = bring_files(vault, OTHER, secrets.token_bytes(200_000))
    bring_files(vault, OTHER)
    vault.close()
    before = sum(path.stat().st_size for path in (selfdata.vault / "packs").iterdir())
    assert selfdata("undo", str(first)).code == 0
    after = sum(path.stat().st_size for path in (selfdata.vault / "packs").iterdir())
    assert before - after > 190_000
    assert selfdata("verify", "--full").code == 0


def test_each_look_has_its_sentences_in_both_languages(made: tuple[Path, str]) -> None:
    vault = Vault.open(made[0], PASSPHRASE)
    verdict: Verdict = vault.verify()
    vault.close()
    for name in (*verdict.checked, "manifest"):
        for end in ("", "-wrong"):
            assert set(sentences("verdicts")[name + end]) == {"fr", "en"}
