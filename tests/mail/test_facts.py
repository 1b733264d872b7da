"""What mails tell beside themselves: purchases, journeys, nights, parcels, subscriptions, sign-ups, and never a guess."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from importers.mail import message
from importers.mail.split import Raw
from importers.records import Item, Kind, Moment, Precision
from tests.importing import check_golden, run
from tests.mail.letters import HEAD, SHOP, ld, mail, node, reasons, told

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "mail"


def test_a_box_of_purchases_and_bookings_gives_what_stands_in_it(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "achats.mbox", FIXTURES / "achats.golden.jsonl", regenerate=regenerate)


def test_every_fact_names_its_mail_and_the_rule_that_found_it() -> None:
    letters: dict[str, Item] = {}
    for item in run(FIXTURES / "achats.mbox").items:
        details = item.details
        assert isinstance(details, dict)
        if item.kind is Kind.MESSAGE:
            letters[dict(details["headers"])["Message-ID"]] = item
            continue
        origin = letters[details["mail"]["Message-ID"]]
        assert details["mail"]["subject"] == origin.title
        assert details["rule"].startswith(("schema.org ", "words "))
    assert len(letters) == 20


def test_a_mail_is_the_same_with_and_without_its_facts() -> None:
    order = node("Order", orderNumber="A-1001", price="5.00", priceCurrency="EUR")
    whole, bare = mail(ld(order)), mail(ld(order).replace("schema.org", "schema.oeg"))
    kept = [next(r for r in records if isinstance(r, Item)) for records in (whole, bare)]
    assert len(told(whole)) == 1
    assert told(bare) == []
    assert [(i.kind, i.title, i.text, i.when, i.parties, i.details) for i in kept[:1]] == [
        (i.kind, i.title, i.text, i.when, i.parties, i.details) for i in kept[1:]
    ]


@pytest.mark.parametrize("subject", ["La lettre de juin", "-50 % sur votre prochaine commande", "Votre avis compte"])
def test_a_newsletter_gives_exactly_the_mail(subject: str) -> None:
    offer = node("DiscountOffer", description="-50 %", discountCode="ETE")
    records = mail(ld(offer) + "<p>Commande n° 12345, total : 10,00 €</p>", subject=subject)
    assert len(records) == 1


def test_two_legs_of_a_flight_are_two_trips_each_end_in_its_own_zone_and_the_price_counts_once() -> None:
    trips = [item for item in run(FIXTURES / "achats.mbox").items if "LKQ7VD" in item.key]
    paris, london = trips[0], trips[1]
    assert paris.when == Moment(1_783_064_400_000_000, None, Precision.SECOND)  # 09:40 in Paris
    assert paris.end == 1_783_069_200_000_000  # 10:00 in London
    assert london.when == Moment(1_783_080_900_000_000, 60, Precision.SECOND)  # 13:15+01:00
    assert london.end == 1_783_109_100_000_000  # 16:05-04:00
    assert [(trip.amount, trip.currency) for trip in trips[:2]] == [("612.40", "EUR"), ("", "")]


def test_the_same_flight_from_an_agency_is_the_same_trip() -> None:
    trips = [item for item in run(FIXTURES / "achats.mbox").items if "LKQ7VD" in item.key]
    assert len(trips) == 3
    assert len({trip.key for trip in trips}) == 2


@pytest.mark.parametrize(
    ("country", "us"),
    [("FR", 1_781_265_600_000_000), ({"name": "France"}, 1_781_265_600_000_000), ("US", 1_781_272_800_000_000)],
)
def test_a_time_without_a_zone_is_placed_by_a_country_with_one_zone_else_in_utc_and_said(country: Any, us: int) -> None:
    place = {"@type": "LodgingBusiness", "name": "Auberge", "address": {"addressCountry": country}}
    (stay,) = told(mail(ld(node("LodgingReservation", reservationFor=place, checkinTime="2026-06-12T14:00:00"))))
    assert stay.when == Moment(us, None, Precision.SECOND)
    assert ("zone" in stay.details) is (country == "US")


def test_an_arrival_without_a_zone_at_a_place_that_is_not_known_is_left_out_rather_than_wrong() -> None:
    flight = {
        "flightNumber": "XM418",
        "airline": {"iataCode": "XM"},
        "departureAirport": "CDG",
        "departureTime": "2026-07-03T09:40:00",
        "arrivalAirport": {"name": "Nulle-Part", "iataCode": "QQQ"},
        "arrivalTime": "2026-07-03T10:00:00",
    }
    (trip,) = told(mail(ld(node("FlightReservation", reservationFor=flight))))
    assert (trip.when, trip.end) == (Moment(1_783_064_400_000_000, None, Precision.SECOND), None)
    assert trip.title == "CDG → Nulle-Part"
    assert isinstance(trip.details, dict)
    assert trip.details["number"] == "XM418"


def test_the_first_time_that_can_be_read_counts() -> None:
    train = {"departureTime": "08 h 04", "departureDay": "2026-06-12", "departureStation": {"name": "Valmont"}}
    (trip,) = told(mail(ld(node("TrainReservation", reservationFor=train))))
    assert trip.when == Moment(1_781_222_400_000_000, None, Precision.DAY)


def test_days_without_a_time_stay_days() -> None:
    place = {"@type": "LodgingBusiness", "name": "Auberge"}
    reservation = node("LodgingReservation", reservationFor=place, checkinDate="2026-06-12", checkoutDate="2026-06-14")
    (stay,) = told(mail(ld(reservation)))
    assert stay.when == Moment(1_781_222_400_000_000, None, Precision.DAY)
    assert stay.end == 1_781_222_400_000_000 + 2 * 86_400_000_000
    assert "zone" not in stay.details


@pytest.mark.parametrize("status", ["http://schema.org/ReservationCancelled", "ReservationHold", "Pending"])
def test_what_is_cancelled_or_only_held_is_other_without_an_amount(status: str) -> None:
    reservation = node(
        "EventReservation",
        reservationNumber="E-1",
        reservationStatus=status,
        reservationFor={"name": "Concert", "startDate": "2026-06-21T17:00:00+02:00"},
        totalPrice="20.00",
        priceCurrency="EUR",
    )
    (item,) = told(mail(ld(reservation)))
    assert (item.kind, item.amount) == (Kind.OTHER, "")


def test_a_booking_without_a_readable_date_is_other_at_the_date_of_its_mail_and_told() -> None:
    records = mail(ld(node("BusReservation", reservationNumber="B-1", reservationFor={"departureTime": "demain"})))
    (item,) = told(records)
    assert (item.kind, item.when) == (Kind.OTHER, records[0].when if isinstance(records[0], Item) else None)
    assert reasons(records) == ["mail-markup-date"]


@pytest.mark.parametrize(
    ("price", "currency", "amount"),
    [
        ("41.80", "EUR", ("41.80", "EUR")),
        (41, "eur", ("41", "EUR")),
        ("1 234,50 €", "", ("1234.50", "EUR")),
        ("£34.50", "", ("34.50", "GBP")),
        ("34.50", "", ("", "")),
        ("$34.50", "", ("", "")),
        ("1e999", "EUR", ("", "")),
        ("gratuit", "EUR", ("", "")),
        ({"price": "12.00", "priceCurrency": "CHF"}, "", ("12.00", "CHF")),
    ],
)
def test_an_amount_needs_a_number_and_a_certain_currency(price: Any, currency: str, amount: tuple[str, str]) -> None:
    (item,) = told(mail(ld(node("Order", orderNumber="A-1001", price=price, priceCurrency=currency))))
    assert (item.amount, item.currency) == amount


def test_lines_of_an_order_are_shown_and_never_added_up() -> None:
    line = {"itemOffered": {"name": "Encre"}, "price": "11.00", "priceCurrency": "EUR", "eligibleQuantity": 2}
    (item,) = told(mail(ld(node("Order", orderNumber="A-1001", acceptedOffer=[line, line]))))
    assert (item.title, item.amount) == ("Encre, Encre", "")
    assert item.text == "2 × Encre : 11.00 EUR\n2 × Encre : 11.00 EUR"


def test_the_invoice_of_an_order_is_a_document_so_that_the_order_counts_once() -> None:
    due = {"price": "9.00", "priceCurrency": "EUR"}
    (alone,) = told(mail(ld(node("Invoice", accountId="A-9", totalPaymentDue=due))))
    (of_order,) = told(mail(ld(node("Invoice", totalPaymentDue=due, referencesOrder={"orderNumber": "A-1001"}))))
    assert (alone.kind, of_order.kind) == (Kind.PURCHASE, Kind.DOCUMENT)


def test_an_order_confirmed_by_markup_and_again_by_words_is_one() -> None:
    (first,) = told(mail(ld(node("Order", orderNumber="FR-10442", price="5.00", priceCurrency="EUR"))))
    (second,) = told(
        mail("Commande n° FR-10442\nTotal : 5,00 €", subject="Votre commande est confirmée", number="2", html=False)
    )
    assert first.key == second.key


def test_short_numbers_of_shops_that_share_a_sender_are_told_apart() -> None:
    orders = [
        told(mail(ld(node("Order", orderNumber="#1001")), who=f"Boutique <boutique+{shop}@envoi.example>"))[0].key
        for shop in (1, 2)
    ]
    assert orders[0] != orders[1]


def test_actions_that_a_person_may_choose_are_no_facts_and_those_that_took_place_are() -> None:
    for kind in ("RegisterAction", "SubscribeAction", "ConfirmAction"):
        assert told(mail(ld(node("EmailMessage", potentialAction=node(kind, name="Ici"))))) == []
    done = node("SubscribeAction", actionStatus="CompletedActionStatus", object={"name": "Revue du phare"})
    (item,) = told(mail(ld(done)))
    assert (item.kind, item.title) == (Kind.SUBSCRIPTION, "Revue du phare")


@pytest.mark.parametrize(
    "more",
    [
        "X-Gmail-Labels: Spam,Non lus\n",
        "X-Gmail-Labels: =?UTF-8?Q?Messages_envoy=C3=A9s?=\n",
        "X-Spam-Flag: YES\n",
        "In-Reply-To: <0@x>\n",
    ],
)
def test_spam_answers_and_what_was_sent_tell_nothing(more: str) -> None:
    order = ld(node("Order", orderNumber="A-1001", price="5.00", priceCurrency="EUR"))
    assert len(told(mail(order))) == 1
    assert len(mail(order, more=more)) == 1


def test_a_mail_that_never_travelled_is_a_draft_or_was_sent_and_tells_nothing() -> None:
    order = ld(node("Order", orderNumber="A-1001", price="5.00", priceCurrency="EUR"))
    head = HEAD.format(id="1", who=SHOP, subject="Merci").replace("Delivered-To:", "X-Box:")
    raw = Raw(1, "", f"{head}Content-Type: text/html; charset=utf-8\n\n{order}\n".encode())
    assert len(list(message.records(raw))) == 1


@pytest.mark.parametrize("mark", ["Fwd:", "Re:", "TR :", "Tr:", "FW:"])
def test_what_others_forward_is_not_the_persons_own(mark: str) -> None:
    assert len(mail(ld(node("Order", orderNumber="A-1001")), subject=f"{mark} Votre commande")) == 1


def test_the_same_mail_in_another_archive_with_other_labels_and_line_ends_tells_the_same() -> None:
    """Equal keys are one fact, equal details add nothing to it; undo and a second import: ``explore/test_letters``."""
    order = ld(node("Order", orderNumber="A-1001", price="5.00", priceCurrency="EUR"))
    head = HEAD.format(id="1", who=SHOP, subject="Merci") + "Content-Type: text/html; charset=utf-8\n\n"
    (first,) = told(list(message.records(Raw(1, "", f"{head}{order}\n".encode()))))
    other = f"X-Gmail-Labels: Achats\n{head}{order}\n".replace("\n", "\r\n").encode()
    (second,) = told(list(message.records(Raw(7, "x", other))))
    assert first == second


def test_a_parcel_that_has_come_is_one_fact_whether_the_shop_or_the_carrier_says_so() -> None:
    delivered = node(
        "ParcelDelivery", trackingNumber="XB004417728FR", deliveryStatus="http://schema.org/OrderDelivered"
    )
    (shop,) = told(mail(ld(delivered)))
    words = "Votre colis n° XB004417728FR a été remis."
    (carrier,) = told(mail(words, subject="Votre colis a été livré", who="Colis <suivi@colis.example>", html=False))
    assert shop.key == carrier.key
    assert shop.when == Moment(1_781_032_450_000_000, 120, Precision.SECOND)
