"""Markup of mails: nearly right, broken or hostile, it is read or told, and never costs the mail."""

from __future__ import annotations

import json
import time
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.mail import facts, markup, message, microdata
from importers.mail.split import Raw
from importers.records import Item, Kind, Moment, Notice, Precision
from tests.mail.letters import HEAD, SHOP, ld, mail, node, reasons, told


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
