"""Papers of French issuers: kept whole, with what their text says and how surely."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from importers.formats import pdf_text
from importers.france.documents import LETTERS
from importers.records import Item, Kind, Precision
from tests.france.paper import lined, paper
from tests.importing import Run, run

BILL = (
    "Électricité de France",
    "Facture du 12/03/2024",
    "N° de facture : 10 123 456 789",
    "Total TTC 1 234,50 €",
    "edf.fr",
)


def read(tmp_path: Path, data: bytes, name: str = "sans nom.pdf") -> Run:
    path = tmp_path / name
    path.write_bytes(data)
    return run(path)


def only(found: Run) -> Item:
    (item,) = found.items
    return item


def said(item: Item) -> dict[str, Any]:
    assert not isinstance(item.details, bytes)
    told: dict[str, Any] = item.details.get("found", {})
    return told


def day(item: Item) -> str:
    assert item.when is not None
    return str((item.when.us // 86_400_000_000, item.when.precision.value))


def test_a_bill_is_kept_whole_with_its_issuer_date_and_amount_however_it_is_called(tmp_path: Path) -> None:
    data = lined(*BILL)
    found = read(tmp_path, data)
    item = only(found)
    assert found.outcomes == {"kept": 1}
    assert found.files == {"sans nom.pdf": data}
    assert (item.kind, item.title, item.text) == (Kind.DOCUMENT, "sans nom.pdf", "EDF · facture")
    assert item.when is not None
    assert (item.when.us // 86_400_000_000, item.when.precision) == (19_794, Precision.DAY)
    assert said(item)["amount"] == {"value": "1234.50", "confidence": 0.9, "currency": "EUR"}
    assert said(item)["reference"]["value"] == "10 123 456 789"
    assert [role.name for role in item.parties] == ["EDF"]


def test_an_amount_found_in_a_text_is_never_summed(tmp_path: Path) -> None:
    assert only(read(tmp_path, lined(*BILL))).amount == ""


@pytest.mark.parametrize(
    ("lines", "issuer", "sort"),
    [
        (("ENGIE SA", "Votre facture de gaz"), "Engie", "bill"),
        (("Espace Client Orange", "Facture"), "Orange", "bill"),
        (("SFR", "Facture du 02/01/2024", "sfr.fr"), "SFR", "bill"),
        (("Bouygues Telecom", "Facture"), "Bouygues Telecom", "bill"),
        (("Free Mobile", "Facture"), "Free", "bill"),
        (("Relevé de remboursements", "www.ameli.fr"), "Assurance Maladie", "refund"),
        (("Caisse d’Allocations Familiales", "Attestation de paiement"), "CAF", "benefit"),
        (("Direction générale des Finances publiques", "AVIS D’IMPÔT 2024"), "impots.gouv.fr", "tax-notice"),
        (("Direction générale des Finances publiques", "Avis dégrèvement"), "impots.gouv.fr", "tax-notice"),
        (("MAIF", "Avis d'échéance", "maif.fr"), "MAIF", "schedule"),
        (("SNCF Voyageurs", "e-billet"), "SNCF", "ticket"),
        (("Confirmation de rendez-vous", "doctolib.fr"), "Doctolib", "appointment"),
        (("La Banque Postale", "Relevé de compte"), "La Banque Postale", "account-statement"),
    ],
)
def test_known_issuers_are_known_by_the_words_of_their_papers(
    tmp_path: Path, lines: tuple[str, ...], issuer: str, sort: str
) -> None:
    told = said(only(read(tmp_path, lined(*lines))))
    assert (told["issuer"]["value"], told["sort"]["value"]) == (issuer, sort)
    assert told["issuer"]["confidence"] == 0.9


def test_a_name_that_is_only_mentioned_is_a_guess(tmp_path: Path) -> None:
    item = only(read(tmp_path, lined("Chère voisine,", "le canal de Suez est long.")))
    assert said(item)["issuer"]["confidence"] == 0.4
    assert (item.text, item.parties) == ("Chère voisine,\nle canal de Suez est long.", ())


def test_the_customers_mail_address_names_no_issuer(tmp_path: Path) -> None:
    told = said(only(read(tmp_path, lined("EDF", "Facture", "alex@orange.fr", "alex@free.fr"))))
    assert told["issuer"] == {"value": "EDF", "confidence": 0.6}


def test_a_bill_that_names_the_network_is_the_suppliers(tmp_path: Path) -> None:
    lines = ("Votre facture de gaz", "engie.fr", "Urgence gaz : grdf.fr", "grdf.fr", "GRDF", "GRDF")
    assert said(only(read(tmp_path, lined(*lines))))["issuer"]["value"] == "Engie"


def test_a_letter_of_nobody_known_is_kept_with_the_date_of_its_file(tmp_path: Path) -> None:
    item = only(read(tmp_path, lined("Chère voisine,", "à bientôt, le 01/02/2003 ou après.")))
    assert (said(item), day(item)) == ({}, "(18263, 'second')")
    assert item.text == "Chère voisine,\nà bientôt, le 01/02/2003 ou après."


def test_of_a_long_letter_the_beginning_is_kept_for_the_search(tmp_path: Path) -> None:
    pages = [[(50, 800 - 10 * line, "mot " * 40) for line in range(70)] for _ in range(3)]
    item = only(read(tmp_path, paper(*pages)))
    assert len(item.text) == LETTERS
    assert item.text.startswith("mot mot")


def test_cells_out_of_order_are_paired_by_their_height(tmp_path: Path) -> None:
    pieces = [(400, 500, "45 678,00 €"), (50, 700, "impots.gouv.fr"), (400, 480, "1,00 €"), (50, 500, "Net à payer")]
    assert said(only(read(tmp_path, paper(pieces))))["amount"]["value"] == "45678.00"


def test_labels_that_name_different_amounts_make_the_first_one_unsure(tmp_path: Path) -> None:
    lines = ("edf.fr", "Facture", "Total TTC 10,00 €", "", "Net à payer 12,00 €")
    assert said(only(read(tmp_path, lined(*lines))))["amount"] == {
        "value": "10.00",
        "confidence": 0.4,
        "currency": "EUR",
    }


def test_an_amount_without_a_label_is_not_taken(tmp_path: Path) -> None:
    assert "amount" not in said(only(read(tmp_path, lined("edf.fr", "Facture", "dont taxes 3,00 €"))))


def test_a_tax_notice_of_a_year_is_about_the_income_of_the_year_before(tmp_path: Path) -> None:
    lines = ("impots.gouv.fr", "Avis d'impôt 2024 sur les revenus 2023", "Numéro fiscal : 1234567890123")
    item = only(read(tmp_path, lined(*lines)))
    assert said(item)["years"] == {"notice": "2024", "income": "2023"}
    assert "1234567890123" not in "".join(run(tmp_path / "sans nom.pdf").lines())


def test_a_stamped_label_gives_day_and_clock_in_french_time(tmp_path: Path) -> None:
    item = only(read(tmp_path, lined("impots.gouv.fr", "Déclaration des revenus", "Horodatage : 13/05/2018, à 18:18")))
    assert item.when is not None
    assert (item.when.us, item.when.precision) == (1_526_228_280_000_000, Precision.MINUTE)


def test_the_name_of_the_file_is_a_hint_where_the_text_says_nothing(tmp_path: Path) -> None:
    item = only(read(tmp_path, paper([]), "20240115_ameli_remboursement_soins_17.50EUR.pdf"))
    told = said(item)
    assert told["issuer"] == {"value": "Assurance Maladie", "confidence": 0.4}
    assert (told["date"]["value"], told["amount"]["value"]) == ("20240115", "17.50")


def test_a_folder_of_papers_keeps_each_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "coffre.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("Énergie/facture.pdf", lined(*BILL))
        made.writestr("Divers/lettre.pdf", lined("Bonjour"))
    found = run(path)
    assert found.outcomes == {"kept": 2}
    assert [item.text for item in found.items] == ["EDF · facture", "Bonjour"]
    assert [dict(item.details)["folder"] for item in found.items if not isinstance(item.details, bytes)] == [
        "Énergie",
        "Divers",
    ]


def test_the_same_paper_elsewhere_is_the_same_document(tmp_path: Path) -> None:
    first = only(read(tmp_path, lined(*BILL)))
    assert only(read(tmp_path, lined(*BILL), "Autre nom.pdf")).key == first.key


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_cut_pdf_is_kept_all_the_same(tmp_path: Path, cut: float) -> None:
    data = lined(*BILL)
    data = data[: int(len(data) * cut)]
    found = read(tmp_path, data)
    assert found.outcomes == {"kept": 1}
    assert found.files == {"sans nom.pdf": data}


def test_a_page_that_asks_for_too_much_is_left_where_it_stands() -> None:
    many = [(50, 800 - place % 700, "x" * 200) for place in range(1_200)]
    began = [(50, 830, "edf.fr")]
    assert len("".join(pdf_text.lines(paper(began, many)))) < 220_000


def test_only_the_first_pages_are_looked_at() -> None:
    assert pdf_text.lines(paper(*[[(50, 800, f"page {number}")] for number in range(6)])) == [
        "page 0",
        "page 1",
        "page 2",
    ]
