"""What mails tell beside themselves: purchases, journeys, nights, parcels, subscriptions, sign-ups, and never a guess."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.mail import facts, markup, message, microdata
from importers.mail.split import Raw
from importers.records import Item, Kind, Moment, Notice, Precision, Record
from tests.importing import check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "mail"
HEAD = "Delivered-To: camille@exemple.org\nMessage-ID: <{id}@boutique.example>\nDate: Tue, 9 Jun 2026 21:14:10 +0200\nFrom: {who}\nSubject: {subject}\n"
SHOP = "Boutique <commandes@boutique.example>"


def mail(
    body: str, *, subject: str = "Bonjour", number: str = "1", who: str = SHOP, more: str = "", html: bool = True
) -> list[Record]:
    """All records of one mail."""
    type_ = f"Content-Type: text/{'html' if html else 'plain'}; charset=utf-8\n"
    head = HEAD.format(id=number, who=who, subject=subject)
    return list(message.records(Raw(1, "", f"{more}{head}{type_}\n{body}\n".encode())))


def told(records: list[Record]) -> list[Item]:
    """The facts, without the mail."""
    return [record for record in records if isinstance(record, Item) and record.key[0] not in {"message-id", "content"}]


def ld(*nodes: Any) -> str:
    """An HTML text with these objects."""
    said = nodes[0] if len(nodes) == 1 else list(nodes)
    return f'<p>Bonjour</p><script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'


def node(type_: str, **fields: Any) -> dict[str, Any]:
    """An object of schema.org."""
    return {"@context": "http://schema.org", "@type": type_, **fields}


def reasons(records: list[Record]) -> list[str]:
    return [record.reason for record in records if isinstance(record, Notice)]


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


def test_markup_that_is_nearly_right_is_read() -> None:
    text = '<!--\n{"@context":"http://schema.org","@type":"Order","orderNumber":"A-1001","merchant":{"name":"La\nMalle"}}\n-->'
    (item,) = told(mail(f'<SCRIPT type="application/ld+json">{text}</SCRIPT>'))
    assert item.parties[0].name == "La Malle"


@pytest.mark.parametrize(
    "text",
    [
        '[{"@context":"http://schema.org","@type":"Order","orderNumber":"A-1001",},]',
        '[{"@context":"http://schema.org","@type":"Offer"} {"@type":"Order","orderNumber":"A-1001"}]',
        '{"@context":"http://schema.org","@type":"Order","orderNumber":"A-1001","name":"a,} }{ \\",]"}',
    ],
)
def test_commas_too_many_or_too_few_leave_no_doubt(text: str) -> None:
    (item,) = told(mail(f'<script type="application/ld+json">{text}</script>'))
    assert item.key == ("order", "boutique.example", "A-1001")
    assert isinstance(item.details, dict)
    assert item.details["markup"].get("name") in {None, 'a,} }{ ",]'}


def test_angle_brackets_inside_a_value_do_not_end_it() -> None:
    page = """<div itemscope itemtype="http://schema.org/FlightReservation"><tag1></tag2>
    <meta itemprop="ticketToken" content="M1 147>1181W 0"><meta itemprop="reservationNumber" content="KQ7VDL">
    <div itemprop="reservationFor" itemscope itemtype="http://schema.org/Flight">
    <meta itemprop="departureTime" content="2017-03-06T14:00:00+0:00"></div></div>"""
    (trip,) = told(mail(page))
    assert trip.when == Moment(1_488_808_800_000_000, 0, Precision.SECOND)
    assert isinstance(trip.details, dict)
    assert trip.details["markup"]["ticketToken"] == "M1 147>1181W 0"


def test_broken_markup_of_ours_is_told_and_of_others_is_not() -> None:
    for kind, said in (("Order", ["mail-markup-broken"]), ("DiscountOffer", [])):
        records = mail(
            f'<script type="application/ld+json">{{"@context":"http://schema.org","@type":"{kind}",</script>'
        )
        assert reasons(records) == said
        assert told(records) == []


def test_microdata_gives_the_same_as_json_ld() -> None:
    page = """<table itemscope itemtype='http://schema.org/Order'><tr><td>
    <meta itemprop=orderNumber content=A-1001><link itemprop="orderStatus" href="http://schema.org/OrderProcessing"/>
    <div itemprop="merchant" itemscope itemtype="http://schema.org/Organization"><b itemprop="name">La <i>Malle</i></b>
    </div><div itemprop="acceptedOffer" itemscope itemtype="http://schema.org/Offer"><span itemprop="itemOffered"
    itemscope itemtype="http://schema.org/Product"><span itemprop="name">Encre &amp; plume</span></span></div>
    <span itemprop="price">5.00</span><meta itemprop="priceCurrency" content="EUR"></td></tr></table>"""
    (item,) = told(mail(page))
    same = node(
        "Order",
        orderNumber="A-1001",
        orderStatus="http://schema.org/OrderProcessing",
        merchant={"name": "La Malle"},
        acceptedOffer={"itemOffered": {"name": "Encre & plume"}},
        price="5.00",
        priceCurrency="EUR",
    )
    (other,) = told(mail(ld(same)))
    shown = [(i.kind, i.key, i.when, i.title, i.text, i.amount, i.currency, i.parties) for i in (item, other)]
    assert shown[0] == shown[1]


HOSTILE = {
    "a bomb of objects": '<script type="application/ld+json">{"@type":"Order","x":"schema.org","a":' + '{"a":[' * 200_000,
    "a bomb of lists": '<script type="application/ld+json">["schema.org",' + "[" * 200_000 + "</script>",
    "an endless number": '<script type="application/ld+json">{"@type":"Order","schema.org":' + "9" * 200_000 + "}</script>",
    "a block beyond all bounds": '<script type="application/ld+json">"schema.org' + "a" * (3 << 20) + '"</script>',
    "blocks without end": '<script type="application/ld+json">{"a":"schema.org"}</script>' * 40_000,
    "scripts that never close": '<script type="application/ld+json">schema.org' * 60_000,
    "orders without end": ld(*[node("Order", orderNumber=f"A-{n}") for n in range(1_500)]),
    "an order within an order": ld(json.loads('{"about":' * 400 + '{"@type":"Order","orderNumber":"A-1"}' + "}" * 400)),
    "names within names": ld(
        node("Order", orderNumber="A-1", merchant=json.loads('{"name":' * 300 + '"x"' + "}" * 300))
    ),
    "elements without end": 'schema.org <b itemscope itemtype="http://schema.org/Order"' + "><i itemprop=a>" * 90_000,
    "quotes that never close": 'schema.org itemtype="http://schema.org/Order" itemscope' + "<a b='\"" * 200_000,
    "attributes without end": 'schema.org <a itemscope itemtype="http://schema.org/Order" ' + "itemprop " * 200_000 + ">",
    "ends without beginnings": 'schema.org <b itemscope itemtype="http://schema.org/Order">' + "</p></div>" * 150_000,
    "values without end": 'schema.org <b itemscope itemtype="http://schema.org/Order">'
    + '<meta itemprop="orderNumber" content="A">' * 50_000,
    "texts that never end": '<script type="application/ld+json">{"@context":"schema.org","@type":"Order"' + '\\"' * 100_000,
    "halves of characters": '<script type="application/ld+json">{"@context":"schema.org","@type":"Order",'
    '"orderNumber":"A-1001","merchant":"\\ud800\n"}</script>',
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_takes_bounded_time_and_costs_the_mail_nothing(name: str) -> None:
    started = time.process_time()
    records = mail(HOSTILE[name], subject="Confirmation de votre commande")
    assert time.process_time() - started < 3
    assert sum(isinstance(record, Item) and record.kind is Kind.MESSAGE for record in records) == 1
    assert len(told(records)) <= markup.OBJECTS
    for item in told(records):
        msgspec.json.encode([item.title, item.text, item.details])


def test_markup_is_shown_as_text_whatever_it_holds() -> None:
    order = node(
        "Order", orderNumber="A-1001", merchant="<b>Banque</b>\u202e", acceptedOffer={"name": "<img src=//h/s>"}
    )
    (item,) = told(mail(ld(order)))
    assert (item.title, item.parties[0].name) == ("<img src=//h/s>", "<b>Banque</b>\u202e")


def test_a_mail_that_breaks_what_looks_for_its_facts_is_kept_and_that_is_told() -> None:
    order = ld(node("Order", orderNumber="A-1001", price="5.00", priceCurrency="EUR"))
    head = HEAD.format(id="1", who=SHOP, subject="Merci").replace(
        "Tue, 9 Jun 2026 21:14:10 +0200", "Fri, 31 Dec 9999 23:59:59 -1400"
    )
    raw = Raw(3, "", f"{head}Content-Type: text/html; charset=utf-8\n\n{order}\n".encode())
    kept, notice = message.records(raw)
    assert isinstance(kept, Item)
    assert (kept.kind, kept.title) == (Kind.MESSAGE, "Merci")
    assert notice == Notice(facts.UNREAD, "message 3", "OverflowError")


def test_a_number_that_is_none_is_not_taken() -> None:
    assert told(mail(ld(node("Order", orderNumber="<img src=x onerror=alert(1)>")))) == []


pieces = st.sampled_from(
    [
        '<script type="application/ld+json">', "</script>", "schema.org", '{"@type":"Order",', '"orderNumber":"A-1"', "}",
        '<div itemscope itemtype="http://schema.org/FlightReservation">', '<b itemprop="reservationNumber">', "</b></div>",
        '"reservationFor":', "[", "]", "<!--", "\\ud800", '"departureTime":"2026-01-01T00:00:00+99:99"', ",", ":", '"', "\x00",
        '<meta itemprop="price" content="', '">', "&#x110000;", "é", "null", "1e9999", '"@graph":',
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(pieces, st.text(max_size=20), st.binary(max_size=20).map(lambda b: b.decode("latin-1"))), max_size=40
    )
)
def test_anything_at_all_in_markup_is_read_or_told_and_the_mail_is_kept(parts: list[str]) -> None:
    records = mail("<p>schema.org</p>" + "".join(parts), subject="Your order is confirmed")
    assert facts.UNREAD not in reasons(records)
    assert sum(isinstance(record, Item) and record.kind is Kind.MESSAGE for record in records) == 1
    for item in told(records):
        assert len(item.title) <= 300
        msgspec.json.encode([item.title, item.text, item.details])


@settings(max_examples=100, deadline=None)
@given(st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
                    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(
                        ["@type", "name", "price", "reservationFor", "departureTime", "orderNumber", "acceptedOffer", "geo",
                         "latitude", "departureAirport", "iataCode", "address", "addressCountry", "totalPaymentDue"]), inner, max_size=6)),
                    max_leaves=20), st.sampled_from(
    ["Order", "Invoice", "ParcelDelivery", "FlightReservation", "TrainReservation", "LodgingReservation", "Reservation",
     "RentalCarReservation", "SubscribeAction"]))  # fmt: skip
def test_objects_with_fields_of_any_shape_break_nothing(value: Any, type_: str) -> None:
    fields = value if isinstance(value, dict) else {"reservationFor": value, "orderNumber": value}
    records = mail(ld(fields | {"@context": "http://schema.org", "@type": type_}))
    assert facts.UNREAD not in reasons(records)
    assert len(told(records)) <= 10


def test_microdata_is_bounded() -> None:
    assert microdata.objects("<b itemscope>" * 1_000).cut
    assert not microdata.objects("<b itemscope></b>" * 1_000).cut


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
