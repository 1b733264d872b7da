"""Reservations in the markup of mails: journeys, nights and tables, each at the time for which it is booked.

Facts: schema.org and the page on e-mail markup of a large mail service. A journey is a `trip` from departure to
arrival, each end in its own time zone; a lodging is a `stay`; an evening, a table and a hired car are an `event`. What
was cancelled, is only held, or has no readable beginning is `other`, without an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any, NamedTuple

from importers.mail import node_fields as fields
from importers.mail.letter import Letter, carried
from importers.mail.markup import Node, types
from importers.records import Item, Kind, Moment, Notice, Record, Role

NO_DATE = "mail-markup-date"
"""The notice about a booking whose beginning cannot be read."""

_AIRPORT = re.compile(r"[A-Z]{3}\Z")
_DAY = 86_400_000_000
_NOT_BOOKED = ("cancel", "hold", "pending", "declin", "reject", "expire")


class _Shape(NamedTuple):
    """Names of fields. ``begins``, ``ends``: times; ``away``, ``home``: places of departure and arrival; ``number``:
    of the train or flight."""

    kind: Kind
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    away: tuple[str, ...] = ()
    home: tuple[str, ...] = ()
    number: tuple[str, ...] = ()


_LEAVES, _COMES = ("departureTime",), ("arrivalTime",)
_STARTS, _STOPS = ("startDate", "startTime", "doorTime"), ("endDate", "endTime")
_RIDE = _Shape(
    Kind.TRIP,
    ("pickupTime", *_LEAVES, *_STARTS),
    ("dropoffTime", *_COMES, *_STOPS),
    ("pickupLocation", "departureLocation"),
    ("dropoffLocation", "arrivalLocation"),
)
_SHAPES = {
    "FlightReservation": _Shape(
        *(Kind.TRIP, (*_LEAVES, "departureDate", "departureDay"), (*_COMES, "arrivalDate")),
        *(("departureAirport",), ("arrivalAirport",), ("flightNumber",)),
    ),
    "TrainReservation": _Shape(
        *(Kind.TRIP, (*_LEAVES, "departureDay"), _COMES, ("departureStation",), ("arrivalStation",)),
        ("trainNumber", "trainName"),
    ),
    "BusReservation": _Shape(
        *(Kind.TRIP, _LEAVES, _COMES, ("departureBusStop", "departureStation")),
        *(("arrivalBusStop", "arrivalStation"), ("busNumber", "busName")),
    ),
    "BoatReservation": _Shape(
        *(Kind.TRIP, _LEAVES, _COMES, ("departureBoatTerminal",), ("arrivalBoatTerminal",)), ("name",)
    ),
    "TaxiReservation": _RIDE,
    "LodgingReservation": _Shape(
        *(Kind.STAY, ("checkinTime", "checkinDate", "checkInTime"), ("checkoutTime", "checkoutDate", "checkOutTime"))
    ),
    "FoodEstablishmentReservation": _Shape(Kind.EVENT, _STARTS, _STOPS),
    "RentalCarReservation": _Shape(
        *(Kind.EVENT, ("pickupTime", "pickupDate"), ("dropoffTime", "dropoffDate")),
        *(("pickupLocation",), ("dropoffLocation",)),
    ),
}
_ANY = _Shape(Kind.EVENT, _STARTS, _STOPS)


def booked(letter: Letter, form: str, node: Node, paid: set[str]) -> Iterator[Record]:
    """The items of one reservation, one a leg. ``paid``: numbers of reservations of this mail whose price an item has
    already: each leg and each passenger repeats the price of the whole."""
    name = next((name for name in types(node) if name.endswith("Reservation")), "Reservation")
    shape = _SHAPES.get(name, _ANY)
    legs = list(fields.inners(node, "reservationFor")) or [{}]
    for place, leg in enumerate(legs):
        yield from _leg(_Leg(letter, f"schema.org {name} ({form})", node, leg, shape, place), paid)


class _Leg(NamedTuple):
    letter: Letter
    rule: str
    node: Node
    leg: Node
    shape: _Shape
    place: int

    @property
    def number(self) -> str:
        """Of the whole reservation."""
        return fields.number(self.node, "reservationNumber", "reservationId", "confirmationNumber", "bookingReference")

    def time(self, names: tuple[str, ...], zone: tzinfo | None) -> tuple[Moment | None, bool]:
        """The first time that can be read, of the leg, else of the reservation; and whether it names no zone."""
        for node in (self.leg, self.node):
            for written in filter(None, (fields.text(node, name) for name in names)):
                found = fields.moment(written, zone)
                if found is not None:
                    return found, fields.has_no_zone(written)
        return None, False

    def spot(self, names: tuple[str, ...]) -> Node:
        """A place of the leg, else of the reservation; what is booked is a place when there is no other. Of an airport
        some write the code alone."""
        if not names:
            return self.leg
        code = fields.text(self.leg, *names) if "flightNumber" in self.shape.number else ""
        found = fields.inner(self.leg, *names) or fields.inner(self.node, *names)
        return found or ({"iataCode": code} if _AIRPORT.match(code) else {})

    def place_name(self, names: tuple[str, ...]) -> str:
        """A place by its name, else by its code."""
        spot = self.spot(names)
        return fields.text(spot, "name", "iataCode") or fields.text(self.leg, *names) or fields.text(self.node, *names)


def _leg(leg: _Leg, paid: set[str]) -> Iterator[Record]:
    shape, letter = leg.shape, leg.letter
    status = fields.word(leg.node, "reservationStatus", "status")
    zone = fields.zone_of(leg.spot(shape.away))
    there = fields.zone_of(leg.spot(shape.home)) if shape.home else zone
    when, floats = leg.time(shape.begins, zone)
    end, also = leg.time(shape.ends, there)
    if also and there is None and not (floats and zone is None):
        end = None  # the zone of the beginning is not that of the end
    if when is None:
        yield Notice(NO_DATE, what=next(iter(shape.begins)))
    taken = when is not None and not any(word in status.casefold() for word in _NOT_BOOKED)
    price = fields.money(leg.node)
    if not taken or leg.number in paid:
        price = fields.Money()
    elif price.amount and leg.number:
        paid.add(leg.number)
    title, number = _title(leg), fields.text(leg.leg, *shape.number)
    carrier = fields.inner(leg.leg, "airline", "provider")
    code = fields.text(carrier, "iataCode")
    flown = number if number.upper().startswith(code.upper()) else f"{code}{number}"
    lat, lon = fields.degrees(leg.spot(shape.away))
    found: dict[str, Any] = {"number": flown, "reservation": leg.number, "status": status}
    if floats and zone is None:
        found["zone"] = "UTC (?)"
    yield Item(
        kind=shape.kind if taken else Kind.OTHER,
        key=_key(leg, when, flown or title, status if not taken else ""),
        stable=True,
        when=when or letter.when,
        end=_end(when, end),
        title=title or letter.item.title,
        lat=lat,
        lon=lon,
        amount=price.amount,
        currency=price.currency,
        parties=letter.parties(_seller(leg), _places(leg)),
        details=letter.details(leg.rule, found | {"markup": carried(leg.node)}),
    )


def _title(leg: _Leg) -> str:
    if leg.shape.away:
        ends = leg.place_name(leg.shape.away), leg.place_name(leg.shape.home)
        route = " → ".join(dict.fromkeys(place for place in ends if place))
        if leg.shape.kind is Kind.TRIP:
            return route
        return ", ".join(filter(None, (fields.text(leg.leg, "name", "model"), route)))
    return fields.text(leg.leg, "name") or fields.text(leg.node, "name", "reservationFor")


def _seller(leg: _Leg) -> str:
    return fields.text(leg.leg, "airline", "provider", "rentalCompany", "trainCompany", "busCompany") or fields.text(
        leg.node, "provider", "broker", "bookingAgent"
    )


def _places(leg: _Leg) -> tuple[Role, ...]:
    """Where a night or an evening is spent, as a party that can be asked for."""
    known = leg.shape.away
    place = leg.place_name(known) if known else fields.text(leg.leg, "location") or fields.text(leg.leg, "name")
    return (Role("place", place),) if leg.shape.kind is not Kind.TRIP and place else ()


def _end(when: Moment | None, end: Moment | None) -> int | None:
    """An end before its beginning, or a year after it, is none."""
    return end.us if when is not None and end is not None and 0 <= end.us - when.us <= 366 * _DAY else None


def _key(leg: _Leg, when: Moment | None, what: str, status: str) -> tuple[Any, ...]:
    """By the number of the reservation, the same from the agency, the carrier and the reminder; else by the mail."""
    if not leg.number:
        return leg.letter.own_key("booking", when.us if when else "", what, leg.place, status)
    return ("booking", leg.number.upper(), leg.letter.whose(leg.number) if len(leg.number) < 5 else "", what.upper(),
            when.us if when else "", status)  # fmt: skip
