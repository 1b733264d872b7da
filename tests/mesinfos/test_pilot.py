"""The partners' records of the pilot: each sort is read, and nothing of it is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from importers.records import Item, Kind, Precision
from tests.enedis.slots import slots
from tests.importing import Run, check_golden, run, sample

FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "mesinfos" / "pilote"
GOLDEN = FIXTURE.with_name("pilote.golden.jsonl")

REAL = {
    "consommation_gazpar_journaliere": ("grdf.gas_statements", {}, {"gas-energy": 10, "gas-volume": 10}, 0),
    "consommation_gazpar_mensuelle": ("grdf.gas_statements", {}, {"gas-energy-monthly": 2, "gas-volume-monthly": 2}, 0),
    "consommation_linky_demiheure": ("edf.statements", {"consumption": 11}, {}, 0),
    "contrat_electricite": ("edf.contracts", {"subscription": 1}, {}, 0),
    "contrat_maif": ("maif.insurance", {"subscription": 2}, {}, 0),
    "domicile_maif": ("maif.insurance", {"stay": 1}, {}, 0),
    "donnees_d_appel_telephonique": ("orange.communications", {"call": 5, "message": 3}, {}, 0),
    "enedis_energy": ("enedis.pilot", {}, {"electricity-energy": 1}, 0),
    "enedis_loadcurve": ("enedis.pilot", {}, {"electricity-power": 48}, 0),
    "estimation_consommation_edelia": ("edf.statements", {"consumption": 10}, {}, 0),
    "factures_telephone": ("cozy.bills", {"purchase": 8}, {}, 0),
    "foyer_maif": ("maif.members", {}, {}, 2),
    "operations_bancaires": ("mesinfos.bank_operations", {"transaction": 10}, {}, 0),
    "sinistre_habitation": ("maif.insurance", {"event": 1}, {}, 0),
    "sinistre_vehicule": ("maif.insurance", {"event": 1}, {}, 0),
    "societaire_maif": ("maif.members", {}, {}, 1),
    "vod_iptv": ("orange.films", {"watch": 30}, {}, 0),
}
"""Each published file: who reads it, and how many items, samples and parties come out."""

SORTS = """
    GeolocationLog Receipt ReceiptDetail VideoOnDemand PhoneCommunicationLog BankAccount BankOperation BankProduct
    Savings PersonIncome Proposal Tarification Risk RiskHome RiskVehicle InsuranceContract HomeInsuranceContract
    CarInsuranceContract Contract Premiums Quittance InsuranceClaim Claim InsuranceScoring Vehicle Home Person Client
    User Contact Mail Photo Album Note Task TodoList Alarm Notifications
"""


def of(name: str) -> Run:
    return run(FIXTURE / name)


def details(item: Item) -> dict[str, Any]:
    assert isinstance(item.details, bytes)
    found: dict[str, Any] = msgspec.json.decode(item.details)
    return found


def test_the_invented_files_read_as_their_golden_records(*, regenerate: bool) -> None:
    check_golden(FIXTURE, GOLDEN, regenerate=regenerate)


@pytest.mark.parametrize("name", REAL)
def test_a_published_file_of_the_pilot_is_read_whole(name: str) -> None:
    found = run(sample(f"mesinfos/{name}.json"))
    reader, kinds, series, parties = REAL[name]
    assert list(found.readers.values()) == [reader]
    assert (found.kinds, found.series(), len(found.parties)) == (kinds, series, parties)
    assert not found.notices


@pytest.mark.parametrize("name", [name for name in REAL if not name.startswith(("consommation_gazpar", "enedis"))])
def test_no_value_of_a_published_file_is_lost(name: str) -> None:
    path = sample(f"mesinfos/{name}.json")
    said = {plain(value) for line in run(path).lines() for value in leaves(json.loads(line))}
    assert not {plain(value) for value in leaves(json.loads(path.read_text(encoding="utf-8")))} - said


def test_each_of_the_pilots_38_sorts_has_a_place_and_keeps_its_fields(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    rows = [{"docType": sort, "docTypeVersion": "1", "date": "2016-01-02", "champ": sort} for sort in SORTS.split()]
    path.write_text(json.dumps(rows), encoding="utf-8")
    found = run(path)
    assert len(rows) == len(found.items) == 38
    assert [details(item)["champ"] for item in found.items] == SORTS.split()
    assert sum(item.kind is Kind.OTHER for item in found.items) == 3


def test_a_table_with_the_pilots_field_names_loses_no_field(tmp_path: Path) -> None:
    path = tmp_path / "operations.csv"
    path.write_text(
        "date,amount,raw,title,operationTypeID,dateImport\n"
        "2016-03-08,-22.28,CB MARCHE,Marché,abc,2016-08-11\n2016-03-09,-1.5,CB PAIN,Pain,abd,2016-08-11\n",
        encoding="utf-8",
    )
    said = "\n".join(run(path).lines())
    assert all(text in said for text in ("CB MARCHE", "Marché", "abc", "abd", "2016-08-11", "-22.28"))


def test_a_call_has_a_length_and_a_message_counts_messages_not_seconds() -> None:
    call, message, _, diverted = of("appels.json").items
    assert call.when is not None
    assert call.end == call.when.us + 59_000_000
    assert (message.kind, message.end) == (Kind.MESSAGE, None)
    assert [role.role for role in call.parties] == ["from", "to"]
    assert [role.role for role in diverted.parties] == ["to", "from"]


def test_a_masked_number_is_a_name_and_no_identifier() -> None:
    message = of("appels.json").items[1]
    (masked,) = [role for role in message.parties if "x" in role.name]
    assert masked.handle is None


def test_two_messages_of_one_second_are_two_facts() -> None:
    found = of("appels.json")
    assert len({item.key for item in found.items}) == 4


def test_an_impossible_day_is_said_with_its_record_and_the_other_places_are_read() -> None:
    found = of("lieux.json")
    assert found.series() == {"position": 1}
    assert [(n.reason, n.position) for _, n in found.notices] == [("table-record", "record 2")]
    (kept,) = found.items
    assert (kept.when, kept.lat, json.loads(kept.details)["timestamp"]) == (None, 45.1, "2016-09-31T10:00:00Z")  # type: ignore[arg-type]


def test_what_was_free_has_no_price() -> None:
    assert [(item.amount, item.currency) for item in of("films.json").items] == [("3.99", "EUR"), ("", "")]


def test_days_of_the_bank_are_days_and_equal_operations_are_two() -> None:
    first, second = of("banque.json").items
    assert first.when is not None
    assert (first.when.us // 86_400_000_000, first.when.precision) == (16_868, Precision.DAY)
    assert first.key != second.key


def test_the_later_connectors_member_has_a_number_mail_and_phone(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    reached = {"email": "alex@example.org", "numeroTelephonePortable": "0600000000"}
    path.write_text(json.dumps([{"numeroSocietaire": "0000001", "coordonnees": reached}]), encoding="utf-8")
    (party,) = run(path).parties
    assert [handle.value for handle in party.handles] == ["0000001", "alex@example.org", "0600000000"]


def test_two_claims_of_one_number_are_two() -> None:
    assert len({item.key for item in of("sinistres.json").items}) == 2


def test_gas_of_days_and_of_months_stand_apart_and_a_number_without_unit_is_no_series() -> None:
    gas = of("gaz.json")
    assert [slot.value for slot in slots(gas, "gas-energy")] == ["60"]
    assert [slot.value for slot in slots(gas, "gas-energy-monthly")] == ["900"]
    assert [(n.reason, n.position) for _, n in gas.notices] == [("energy-row", "record 3")]
    assert gas.kinds == {"consumption": 1, "other": 1}, "what is no measurement is kept as it stands"
    assert of("electricite.json").series() == {}


def test_inner_json_that_is_broken_costs_nothing() -> None:
    bill = of("factures elec.json").items[0]
    assert (bill.amount, bill.currency) == ("61.20", "EUR")
    assert details(bill)["encryptedBankDetails"] == '{"iban":\n}'


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURE.iterdir()))
def test_a_cut_file_is_said_and_does_not_break(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    whole = (FIXTURE / name).read_bytes()
    path.write_bytes(whole[:-10])
    found = run(path)
    assert any(notice.reason.startswith("json-") for _, notice in found.notices)
    assert "importer-failed" not in {notice.reason for _, notice in found.notices}


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value not in (None, ""):
        yield value


def plain(value: Any) -> str:
    return str(value)
