"""OFX in SGML and XML, as French banks write it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from importers.banks.ofx_elements import Tag, tags, tree
from importers.records import Kind
from tests.banks.statements import balances, keys, movements, of, read, shown
from tests.importing import Run, run, sample


def parsed(text: str) -> dict[str, object]:
    return tree([tag for tag in tags(io.BytesIO(text.encode())) if isinstance(tag, Tag)])


def one_operation(tmp_path: Path, fields: str, account: str = "1") -> Run:
    path = tmp_path / "releve.ofx"
    text = f"OFXHEADER:100\n<OFX><STMTTRNRS><STMTRS><CURDEF>EUR<BANKACCTFROM><ACCTID>{account}</BANKACCTFROM>"
    path.write_text(
        f"{text}<BANKTRANLIST><STMTTRN>{fields}</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></OFX>", "utf-8"
    )
    return run(path)


@pytest.mark.parametrize("file", ["stmtrs.ofx", "stmtrs_euro.ofx"])
def test_the_real_files_have_two_operations_with_a_point_and_with_a_comma(file: str) -> None:
    found = run(sample(f"standards/ofx/{file}"))
    assert movements(found) == [("2005-10-04", "-200.00"), ("2005-10-20", "-300.00")]
    assert balances(found) == [("121099999 999988", "200.29", "USD")] * 2
    assert not found.notices


def test_values_without_an_end_are_read_like_those_with_one() -> None:
    assert parsed("<A><B>1<C>2</A>") == parsed("<A><B>1</B><C>2</C></A>") == {"A": {"B": "1", "C": "2"}}


def test_an_empty_value_without_an_end_swallows_nothing() -> None:
    assert parsed("<A><MEMO><NAME>x</NAME></A>") == {"A": {"MEMO": "", "NAME": "x"}}
    assert parsed("<A><MEMO/><NAME>x</A>") == {"A": {"MEMO": "", "NAME": "x"}}


def test_what_occurs_twice_is_a_list() -> None:
    assert parsed("<A><B>1<B>2</A>") == {"A": {"B": ["1", "2"]}}


def test_a_bare_ampersand_and_windows_1252_under_a_header_that_says_usascii() -> None:
    assert of(read("ofx/french-bank.ofx"), Kind.TRANSACTION)[0].title == "CAFÉ & THÉ DE LA GARE SUR LE QUAI"


def test_cheques_that_share_an_identifier_are_several_operations() -> None:
    cheques = [item for item in read("ofx/french-bank.ofx").items if item.title == "CHEQUE"]
    assert len({item.key for item in cheques}) == 2


def test_one_identifier_on_two_accounts_is_two_operations() -> None:
    found = [item for item in read("ofx/french-bank.ofx").items if item.key[-1] == "F1"]
    assert {item.key[1] for item in found} == {"00001 00002 00000000003", "00001 00002 00000000004"}


def test_an_operation_without_a_day_is_kept_and_said() -> None:
    found = read("ofx/french-bank.ofx")
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("row-date", "line 52")]
    assert movements(found)[3] == ("", "1700.00")


def test_everything_that_stands_around_the_operations_is_kept() -> None:
    seen = shown(read("ofx/french-bank.ofx"))
    for text in ("OFXHEADER:100", "CHARSET:1252", "20240301", "FRA", "CHECKING", "0000124", "20240328120000[+1:CET]"):
        assert text in seen


def test_a_file_on_one_line_and_in_xml_gives_the_same_operation(tmp_path: Path) -> None:
    lines = one_operation(tmp_path, "\n<TRNAMT>-1.50\n<DTPOSTED>20240102\n<FITID>7\n<NAME>PAIN\n")
    inline = one_operation(
        tmp_path, "<TRNAMT>-1,50</TRNAMT><DTPOSTED>20240102</DTPOSTED><FITID>7</FITID><NAME>PAIN</NAME>"
    )
    assert keys(lines) == keys(inline)


def test_an_operation_that_never_ends_costs_only_itself(tmp_path: Path) -> None:
    found = one_operation(tmp_path, "<TRNAMT>-1<DTPOSTED>20240102<STMTTRN><TRNAMT>-2<DTPOSTED>20240103")
    assert movements(found) == [("2024-01-02", "-1"), ("2024-01-03", "-2")]
    assert [(notice.reason, notice.position) for _, notice in found.notices] == [("table-cut", "line 2")]


def test_another_currency_and_the_account_of_the_other_side_are_read(tmp_path: Path) -> None:
    fields = "<TRNAMT>-9<DTPOSTED>20240102<NAME>LOU<CURRENCY><CURRATE>1.1<CURSYM>USD</CURRENCY>"
    (item,) = of(one_operation(tmp_path, fields + "<BANKACCTTO><ACCTID>42</BANKACCTTO>"), Kind.TRANSACTION)
    assert item.currency == "USD"
    assert [(role.role, role.handle.value if role.handle else "") for role in item.parties] == [("to", "42")]


def test_the_same_operation_in_csv_and_in_ofx_is_not_merged(tmp_path: Path) -> None:
    """Date, amount and label prove nothing across formats: the sources differ, and the labels are cut differently."""
    ofx = one_operation(tmp_path, "<TRNAMT>-45.50<DTPOSTED>20241115<FITID>9<NAME>SUPERMARCHE", account="")
    csv = run(sample("banks-fr/caisse_epargne_12345678_01112024_30112024.csv"))
    assert not keys(ofx) & keys(csv)


def test_a_card_statement_is_read_like_an_account(tmp_path: Path) -> None:
    path = tmp_path / "carte.ofx"
    path.write_text(
        "<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>4970XXXX0001</CCACCTFROM>"
        "<BANKTRANLIST><STMTTRN><TRNTYPE>POS<DTPOSTED>20240102<TRNAMT>-7.20<FITID>1<NAME>PAIN</STMTTRN></BANKTRANLIST>"
        "<LEDGERBAL><BALAMT>-7.20<DTASOF>20240103</LEDGERBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>",
        encoding="utf-8",
    )
    found = run(path)
    assert movements(found) == [("2024-01-02", "-7.20")]
    assert balances(found) == [("4970XXXX0001", "-7.20", "EUR")]


def test_investments_are_kept_whole_and_their_bank_movements_are_read(tmp_path: Path) -> None:
    path = tmp_path / "titres.ofx"
    path.write_text(
        "<OFX><INVSTMTTRNRS><INVSTMTRS><CURDEF>EUR<INVACCTFROM><BROKERID>b.example<ACCTID>77</INVACCTFROM><INVTRANLIST>"
        "<BUYSTOCK><INVBUY><INVTRAN><FITID>9<DTTRADE>20240105</INVTRAN><UNITS>3</INVBUY></BUYSTOCK>"
        "<INVBANKTRAN><STMTTRN><TRNTYPE>DIV<DTPOSTED>20240102<TRNAMT>1.10<FITID>2</STMTTRN><SUBACCTFUND>CASH"
        "</INVBANKTRAN></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS></OFX>",
        encoding="utf-8",
    )
    found = run(path)
    assert movements(found) == [("2024-01-02", "1.10")]
    (around,) = of(found, Kind.SETTING)
    listed = around.details["INVSTMTTRNRS"]["INVSTMTRS"]["INVTRANLIST"]  # type: ignore[index]
    assert listed["BUYSTOCK"]["INVBUY"] == {"INVTRAN": {"FITID": "9", "DTTRADE": "20240105"}, "UNITS": "3"}
    assert listed["INVBANKTRAN"] == {"SUBACCTFUND": "CASH"}


def test_a_second_download_of_an_account_adds_no_operation(tmp_path: Path) -> None:
    fields = "<TRNAMT>-1<DTPOSTED>20240102<FITID>7<NAME>PAIN"
    first = one_operation(tmp_path, fields)
    second = one_operation(tmp_path, fields + "</STMTTRN><STMTTRN><TRNAMT>-2<DTPOSTED>20240103<FITID>8<NAME>LAIT")
    new = {key for key in keys(second) - keys(first) if key[0] is Kind.TRANSACTION}
    assert len(new) == 1
