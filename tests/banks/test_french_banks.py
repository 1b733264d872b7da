"""Habits of the French banks: signs, marks, days, accents, and what stands above the rows."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from importers.records import Kind, Precision
from tests.banks.statements import FIXTURES, balances, day, keys, movements, of, read
from tests.importing import Run, run, sample


def written(tmp_path: Path, text: str, encoding: str = "utf-8", file: str = "releve.csv") -> Run:
    (tmp_path / file).write_bytes(text.encode(encoding))
    return run(tmp_path / file)


def test_the_real_file_of_caisse_d_epargne_has_5_operations() -> None:
    found = run(sample("banks-fr/caisse_epargne_12345678_01112024_30112024.csv"))
    amounts = [float(amount) for _, amount in movements(found)]
    assert len(amounts) == 5
    assert sum(amount for amount in amounts if amount < 0) == pytest.approx(-175.70)
    assert [amount for amount in amounts if amount > 0] == [3500.0]
    assert not found.notices


def test_the_real_file_of_boursorama_of_2019_has_2_accounts_and_a_transfer_between_them() -> None:
    found = run(sample("banks-fr/boursorama_export-operations-30-03-2019_08-50-51.csv"))
    details = [item.details for item in found.items]
    assert [(one["accountNum"], one["accountbalance"]) for one in details] == [  # type: ignore[index]
        *[("001234", "370.00")] * 3,
        ("003607", "4810.00"),
    ]
    assert [item.amount for item in found.items][2:] == ["-10.00", "10.00"]
    assert len(keys(found)) == 4


def test_the_real_file_of_boursorama_of_2022_has_another_set_of_columns() -> None:
    found = run(sample("banks-fr/boursorama_export-operations-11-06-2022_09-52-55.csv"))
    assert movements(found) == [("2021-08-17", "130.00")]


def test_the_real_file_of_bnp_paribas_has_no_titles_and_a_balance_above() -> None:
    found = run(sample("banks-fr/bnp_E1851234.csv"))
    assert movements(found) == [("2019-06-05", "67.97")]
    assert balances(found) == [("****1234", "-123456.78", "EUR")]


def test_the_real_file_of_revolut_has_one_booked_and_one_pending_payment() -> None:
    found = run(sample("banks-fr/revolut_account-statement_2022-06-01_2022-07-14_undefined-undefined_e85fa6.csv"))
    assert movements(found) == [("2022-07-11", "-55.34")]
    (pending,) = of(found, Kind.OTHER)
    assert (pending.amount, pending.details["State"]) == ("-57.74", "PENDING")  # type: ignore[index]
    assert pending.when is not None
    assert pending.when.precision is Precision.SECOND


def test_a_debit_is_money_that_left_whichever_sign_the_bank_gives_it() -> None:
    assert [amount for _, amount in movements(read("bpce/personal.csv"))] == ["-3.10", "-3.10", "-42.90", "1700.00"]


def test_two_identical_rows_are_two_operations() -> None:
    assert len(keys(read("bpce/personal.csv"))) == 4


def test_an_overlapping_export_adds_only_what_is_new(tmp_path: Path) -> None:
    header = "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n"
    rows = [f"0{day}/05/2024;0{day}/05/2024;-2,00;;F COTIS;{100 - 2 * day},00\n" for day in range(1, 6)]
    older = written(tmp_path, header + "".join(rows[:4]))
    newer = written(tmp_path, header + "".join(rows[2:]))
    assert len(keys(older) | keys(newer)) == 5


def test_one_fee_on_two_accounts_that_the_file_does_not_name_is_two(tmp_path: Path) -> None:
    header = "Date;Date de valeur;Débit;Crédit;Libellé;Solde\n"
    first = written(tmp_path, header + "01/05/2024;01/05/2024;-2,00;;F COTIS;98,00\n")
    second = written(tmp_path, header + "01/05/2024;01/05/2024;-2,00;;F COTIS;510,00\n")
    assert len(keys(first) | keys(second)) == 2


def test_a_balance_that_does_not_follow_is_told() -> None:
    found = read("credit-mutuel/two-columns.csv")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("bank-balance", "line 4")]


def test_the_euro_sign_of_iso_8859_15_is_read() -> None:
    assert read("credit-mutuel/two-columns.csv").items[0].title == "PAIEMENT CB 3004 LIBRAIRIE 45,50€ CARTE 000111"


def test_the_summary_of_societe_generale_is_checked(tmp_path: Path) -> None:
    text = "00011112222;01/03/2024;31/03/2024;9;02/04/2024;1234.56 EUR\n\n"
    text += (
        "Date de l'opération;Libellé;Détail de l'écriture;Montant de l'opération;Devise\n28/03/2024;A;A B;-4,20;EUR\n"
    )
    found = written(tmp_path, text, "cp1252")
    assert [(notice.reason, notice.what) for _, notice in found.notices] == [("bank-count", "9 / 1")]
    assert balances(found) == [("00011112222", "1234.56", "EUR")]


def test_excel_s_trick_for_texts_is_taken_off_an_account_number() -> None:
    (first, *_) = of(read("societe-generale/savings.csv"), Kind.TRANSACTION)
    assert first.key[1] == "0009990001112223"


def test_the_line_date_above_the_titles_of_la_banque_postale_is_no_title() -> None:
    found = read("la-banque-postale/account.csv")
    assert movements(found) == [("2004-06-28", "-12.50"), ("2004-06-25", "900.00")]
    assert balances(found) == [("1234567A020", "410.27", "EUR")]


@pytest.mark.parametrize("debit", ["Débit", "Debit", "DÃ©bit", '"D&eacute;bit"', '"D&amp;eacute;bit"', "D\ufffdbit"])
def test_titles_whose_accents_are_lost_or_escaped_are_found(tmp_path: Path, debit: str) -> None:
    text = f"Date opération;Date valeur;libellé;{debit};Crédit;\n30/01/2024;31/01/2024;PAIN;-3,20;;\n"
    found = written(tmp_path, text, file="HistoriqueOperations_1.csv")
    assert movements(found) == [("2024-01-30", "-3.20")]


def test_a_fee_of_revolut_leaves_the_account_too() -> None:
    found = read("revolut/english.csv")
    assert [amount for _, amount in movements(found)] == ["-12.50", "-20.30"]
    assert found.items[1].details["Amount"] == "-20.00"  # type: ignore[index]


def test_what_revolut_sent_back_or_did_not_book_yet_is_no_movement() -> None:
    states = [item.details["State"] for item in of(read("revolut/english.csv"), Kind.OTHER)]  # type: ignore[index]
    assert states == ["PENDING", "REVERTED"]


def test_a_payment_of_revolut_is_one_in_english_and_in_french() -> None:
    assert keys(read("revolut/french.csv")) <= keys(read("revolut/english.csv"))


def test_the_other_party_of_n26_is_whom_was_paid_or_who_paid() -> None:
    roles = [(role.role, role.name) for item in read("n26/2024.csv").items for role in item.parties]
    assert roles == [("to", "LOU INVENTE"), ("from", "ATELIER")]


def test_a_day_that_is_none_costs_no_row(tmp_path: Path) -> None:
    text = "Date comptable;Libelle simplifie;Type operation;Debit;Credit;Pointage\n"
    found = written(
        tmp_path, text + "31/02/2024;A;Carte;-1,00;;0\n01/03/2024;B;Carte;-;;0\n02/03/2024;C;Carte;-2,00;;0\n"
    )
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("row-date", "line 2"),
        ("row-number", "line 3"),
    ]
    assert [(day(item), item.amount, item.title) for item in found.items] == [
        ("", "-1.00", "A"),
        ("2024-03-01", "", "B"),
        ("2024-03-02", "-2.00", "C"),
    ]
    assert found.items[1].details["Debit"] == "-"  # type: ignore[index]


def test_an_identifier_of_the_bank_is_the_identity() -> None:
    assert read("shine/shine.csv").items[0].key[-1] == "t-1"
    (one,) = read("qonto/qonto.csv").items
    assert (one.key[-1], day(one)) == ("q-1", "2024-04-02")


def test_the_file_of_fortuneo_may_come_inside_a_zip(tmp_path: Path) -> None:
    inside = FIXTURES / "fortuneo" / "HistoriqueOperations_000111_du_01_01_2024_au_31_01_2024.csv"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(inside, inside.name)
    assert keys(run(tmp_path / "a.zip")) == keys(run(inside))


def test_a_day_with_two_digits_of_its_year_is_of_this_century(tmp_path: Path) -> None:
    text = "Date comptable;Libelle simplifie;Type operation;Debit;Credit;Pointage\n05/04/24;A;Carte;-1,00;;0\n"
    assert movements(written(tmp_path, text)) == [("2024-04-05", "-1.00")]


def test_a_table_that_is_cut_inside_a_row_keeps_its_beginning_and_says_where(tmp_path: Path) -> None:
    text = "Date comptable;Libelle simplifie;Type operation;Debit;Credit;Pointage\n05/04/2024;A;Carte;-1,00;;0\n04/04/2024;B;Ca"
    found = written(tmp_path, text)
    assert movements(found) == [("2024-04-05", "-1.00"), ("2024-04-04", "")]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [
        ("row-number", "line 3"),
        ("table-cut", "line 3"),
    ]
