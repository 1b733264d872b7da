"""``docs/vault-format.md`` is enough: a reader made from it opens what the application writes."""

from __future__ import annotations

import ast
import secrets
import shutil
import zipfile
from pathlib import Path

import pytest

from importers.batches import NO_TIME
from importers.columns import numbers, texts, times
from importers.records import Handle, Role, Samples
from tests.vault import independent_reader
from tests.vault.bare_vault import PHRASE, QUICK, BareVault
from tests.vault.content import batch, bring, item, pulse
from tests.vault.independent_reader import CannotRead, Vault
from vault_app.vault import driver, header, ledger, rescue
from vault_app.vault import vault as app
from vault_app.vault.ledger import Op
from vault_app.vault.packs import PIECE

CONTENTS = [b"", b"une photo " * 5_000, secrets.token_bytes(PIECE * 3 + 1), secrets.token_bytes(PIECE)]


@pytest.fixture
def written(bare: BareVault) -> BareVault:
    """A vault with objects and ledger lines, closed cleanly, but for its lock."""
    with bare.data_key.subkey("ledger") as key, driver.durably(bare.connection):
        for content in CONTENTS:
            writer = bare.store.begin()
            writer.write(content)
            writer.finish()
        bare.store.seal()
        ledger.append(bare.connection, key, Op.CREATE)
        head = ledger.append(bare.connection, key, Op.IMPORT_DONE, {"import": 1, "été": "œuvre"})
    from dataclasses import replace

    header.write(bare.folder.root, replace(bare.header, ledger=head), bare.data_key)
    driver.close_cleanly(bare.connection)
    return bare


def check(vault: Vault) -> None:
    try:
        assert [vault.object(n) for n in range(1, 5)] == CONTENTS
        assert vault.damaged_packs() == []
        lines = list(vault.ledger())
        assert [line[2] for line in lines] == ["create", "import-done"]
        assert lines[1][3] == {"import": 1, "été": "œuvre"}
    finally:
        vault.close()


def test_the_independent_reader_opens_a_vault_with_the_passphrase(written):
    check(Vault.open(written.folder.root, passphrase=PHRASE))


def test_the_independent_reader_opens_a_vault_with_the_rescue_code(written):
    check(Vault.open(written.folder.root, code=rescue.spell(written.code, written.header.vault_id)))


def test_the_independent_reader_opens_a_vault_without_headers_with_the_sheet(written):
    code = rescue.spell(written.code, written.header.vault_id)
    block = rescue.spell_block(rescue.block_of(written.header))
    for name in header.NAMES:
        (written.folder.root / name).unlink()
    check(Vault.open_with_sheet(written.folder.root, code, block))


def test_the_independent_reader_reads_a_vault_that_a_crash_left_with_its_wal(written, tmp_path):
    connection = written.database.writer()
    connection.execute("PRAGMA wal_autocheckpoint=0")
    with written.data_key.subkey("ledger") as key, driver.durably(connection):
        ledger.append(connection, key, Op.VERIFY)
    copy = tmp_path / "after a crash"
    shutil.copytree(written.folder.root, copy)
    connection.close()
    vault = Vault.open(copy, passphrase=PHRASE)
    assert [line[2] for line in vault.ledger()] == ["create", "import-done", "verify"]
    vault.close()


def test_the_independent_reader_lists_items_and_samples(tmp_path):
    place = tmp_path / "Coffre"
    vault = app.Vault.create(place, PHRASE, profile=QUICK).vault
    role = Role("channel", "Lucette", Handle("url", "https://example.org/c"))
    bring(vault, item(1), item(2, day=300, parties=(role,), details={"x": 1}), item(3, when=None))
    uneven = Samples(
        series="position", unit="deg", start=times([5, 5, 70_000_000]), end=times([NO_TIME, 9, 70_000_001]),
        value=numbers(["-0.5", "1e-5", None]), columns={"lat": numbers(["46.5800001"] * 3), "note": texts(["œ", None, "œ"])},
    )  # fmt: skip
    bring(vault, samples=uneven)
    given = pulse(1_700_000_000, 5000)
    bring(vault, samples=given)
    bring(vault, item(2, day=300, details={"x": 2, "y": "é"}))
    writer = vault.imports.begin("b.zip", 1, "b", ["google"], [("a.json", 1)])
    writer.items("google", batch(item(9)), {})
    writer.samples("enedis", 0, pulse(1_800_000_000, 10))
    writer.commit(0, 11)
    reader = Vault.open(place, passphrase=PHRASE)
    found = list(reader.items())
    assert [line["title"] for line in found] == ["œuvre 2", "œuvre 1", "œuvre 3"]
    assert (found[0]["kind"], found[0]["source"], found[0]["details"]) == (
        "watch",
        "google",
        {"x": 1, "x (2)": 2, "y": "é"},
    )
    assert found[0]["parties"] == [["channel", "Lucette", "url", "https://example.org/c"]]
    series = {name: list(reader.samples(number)) for number, name, _ in reader.series()}
    assert [
        (line["start"], line["@end"], line["@value"], line["lat"], line["note"]) for line in series["position"]
    ] == [
        (5, None, "-0.5", "46.5800001", "œ"),
        (5, "9", "1e-5", "46.5800001", None),
        (70_000_000, "70000001", None, "46.5800001", "œ"),
    ]
    beats = series["heart-rate"]
    assert [line["start"] for line in beats] == given.start.tolist()
    for name, column in {"@value": given.value, **given.columns}.items():
        assert [line[name] for line in beats] == list(column.texts())
    reader.close()
    writer.abandon()
    vault.close()


def test_the_independent_reader_refuses_what_it_must(written):
    with pytest.raises(CannotRead):
        Vault.open(written.folder.root, passphrase="une autre phrase")
    with pytest.raises(CannotRead):
        Vault.open(written.folder.root, code=rescue.spell(rescue.new_code(), written.header.vault_id))


def test_the_independent_reader_is_independent_and_short():
    source = Path(independent_reader.__file__).read_text(encoding="utf-8")
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else name.name).split(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported & {"vault_app", "importers", "tests"} == set()
    assert len(source.splitlines()) <= 400


def test_the_page_names_every_file_of_a_vault_folder(written):
    page = (Path(__file__).resolve().parents[2] / "docs" / "vault-format.md").read_text(encoding="utf-8")
    for path in written.folder.root.iterdir():
        name = "vault-<8 hex digits>.db" if path.suffix == ".db" else path.name
        assert name in page


def test_the_independent_reader_finds_one_person_over_all_sources(tmp_path):
    with zipfile.ZipFile(Path(__file__).with_name("golden") / "vault-1.zip") as kept:
        kept.extractall(tmp_path / "Coffre")
    vault = app.Vault.open(tmp_path / "Coffre", PHRASE)
    vault.decide("facebook:name:Lucette Inventée", "email:lucette@example.org", same=True)
    vault.decide("facebook:name:Ahmed Imaginé", "email:lucette@example.org", same=False)
    vault.close()
    reader = Vault.open(tmp_path / "Coffre", passphrase=PHRASE)
    assert reader.people() == [
        {"email:Lucette@example.org"},
        {"email:lucette@example.org", "phone:+33600000001", "facebook:name:Lucette Inventée"},
        {"facebook:name:Ahmed Imaginé"},
    ]
    reader.close()
