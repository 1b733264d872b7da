"""Proposals: what each column is taken for, and what is doubtful about it."""

from __future__ import annotations

from importers.formats.dates import Layout
from importers.generic.header import Field, said, series_name, unit
from importers.generic.mapping import Doubt, Makes, Proposal, propose
from importers.generic.sheets import Line, Sheet
from importers.generic.survey import survey
from importers.records import Kind


def proposal(header: str, *rows: str) -> Proposal:
    names = header.split(";")
    lines = [Line("", dict(zip(names, row.split(";"), strict=False)), {}) for row in rows]
    return propose(survey(Sheet("", lambda: iter(lines))))


def test_a_bank_table_is_money_with_its_titles() -> None:
    found = proposal("Date opération;Date valeur;Libellé;Montant;Devise", "13/03/2024;14/03/2024;Achat;-3,50;EUR")
    assert found.mapping is not None
    assert found.mapping.fields == {
        "Date opération": Field.TIME,
        "Libellé": Field.TITLE,
        "Montant": Field.AMOUNT,
        "Devise": Field.CURRENCY,
    }
    assert (found.mapping.kind, found.mapping.layout, found.mapping.decimal) == (
        Kind.TRANSACTION,
        Layout.DAY_FIRST,
        ",",
    )
    assert found.doubts == ()
    assert found.confidence > 0.7


def test_an_english_table_with_month_first_and_a_clock() -> None:
    found = proposal("Date;Time;Subject;Notes", "3/25/2024;2:05 PM;Call;x", "3/26/2024;9:00 AM;Mail;y")
    assert found.mapping is not None
    assert found.mapping.fields == {
        "Date": Field.TIME,
        "Time": Field.CLOCK,
        "Subject": Field.TITLE,
        "Notes": Field.TEXT,
    }
    assert found.mapping.layout is Layout.MONTH_FIRST
    assert found.doubts == (Doubt.ZONE,)


def test_days_that_can_be_months_are_a_doubt() -> None:
    found = proposal("date;nom", "01/02/2024;a", "03/04/2024;b")
    assert Doubt.DATE_ORDER in found.doubts


def test_amounts_whose_comma_can_be_two_things_are_a_doubt() -> None:
    assert Doubt.DECIMAL in proposal("date;prix;nom", "2024-01-01;1,234;a").doubts
    assert Doubt.DECIMAL not in proposal("date;prix;nom", "2024-01-01;1,234;a", "2024-01-01;12,5;b").doubts


def test_bare_numbers_are_dates_only_under_a_name_for_times() -> None:
    assert proposal("numéro;nom", "1718444200;a").mapping is None
    assert proposal("timestamp;nom", "1718444200;a").mapping is not None


def test_a_latitude_without_a_longitude_is_no_place() -> None:
    found = proposal("date;lat;nom", "2024-01-01;1.5;x")
    assert found.mapping is not None
    assert Field.LAT not in found.mapping.fields.values()


def test_a_few_rows_with_numbers_are_facts_and_no_series() -> None:
    found = proposal("date;litres;observations", *(f"2024-01-{day:02};{day};vu {day}" for day in range(1, 10)))
    assert found.mapping is not None
    assert found.mapping.makes is Makes.ITEMS


def test_monthly_bills_are_not_dense_enough_for_a_series() -> None:
    rows = [f"{2000 + month // 12}-{1 + month % 12:02}-01;{month}" for month in range(36)]
    found = proposal("date;montant total du mois en points", *rows)
    assert found.mapping is not None
    assert found.mapping.makes is Makes.ITEMS


def test_a_table_without_dates_has_no_mapping() -> None:
    assert proposal("nom;ville", "Ada;Lyon") == Proposal(None, 0.0, (Doubt.NO_DATE,))


def test_headers_are_words_whatever_their_spelling() -> None:
    for header in ("startTime", "start_time", "Start Time", " START-TIME "):
        assert said(header, Field.TIME) > 0.9
    assert said("libelle", Field.TITLE) == said("Libellé", Field.TITLE) > 0.9
    assert said("couleur", Field.TITLE) == 0
    assert (unit("Température (°C)"), series_name("Température (°C)")) == ("°C", "temperature")
