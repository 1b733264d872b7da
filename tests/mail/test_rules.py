"""Mails without markup: known by their words in French and English, and silent where the words could mean something else."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from importers.mail import rules
from importers.mail.node_fields import Money
from importers.records import Kind

NUMBER = "Commande n° AB-10442\n"
ORDER = "Order number: AB-10442\n"
PARCEL = "Numéro de suivi : 6A12345678901\n"
TRACKED = "Tracking number: 1Z999AA10123456784\n"

KNOWN = [
    ("order-confirmed", "Confirmation de votre commande", NUMBER),
    ("order-confirmed", "Confirmation d’achat n° 2026-77812 commande", "Votre commande : 2026-77812"),
    ("order-confirmed", "Votre commande AB-10442 a bien été enregistrée", NUMBER),
    ("order-confirmed", "Merci pour votre commande !", "Référence de votre commande : AB-10442"),
    ("order-confirmed", "Order confirmation", ORDER),
    ("order-confirmed", "Your order #55120 has been received", "Hello"),
    ("order-confirmed", "Thank you for your purchase", "Order #55120"),
    ("order-confirmed", "Confirmation de votre commande FR-2026-88412", ""),
    ("order-confirmed", "Confirmation de votre commande", "Référence du dossier : QZVTRN"),
    ("order-confirmed", "Commandé : « Carnet A5 »", "Nº de commande 403-1234567-7654321"),
    ("receipt", "Votre reçu de Radio Lucarne", "Montant payé : 12,00 €"),
    ("receipt", "Votre reçu Lucarne", "Total : 12,00 €"),
    ("receipt", "Your receipt from Oak & Needle", "Amount paid: £12.00"),
    ("parcel-delivered", "Votre colis a été livré", PARCEL),
    ("parcel-delivered", "Votre commande AB-10442 a bien été livrée", NUMBER),
    ("parcel-delivered", "Your package has been delivered", TRACKED),
    ("parcel-delivered", "Delivered: your order", ORDER),
    ("parcel-delivered", "Livré : « Carnet A5 »", NUMBER),
    ("parcel-sent", "Expédié : « Carnet A5 »", NUMBER),
    ("parcel-waiting", "Votre colis vous attend en point relais", PARCEL),
    ("parcel-waiting", "Your order is ready for pickup", ORDER),
    ("parcel-sent", "Votre colis est en route", PARCEL),
    ("parcel-sent", "Votre colis est en cours de livraison", PARCEL),
    ("parcel-sent", "Expédition de votre commande AB-10442", NUMBER),
    ("parcel-sent", "Your order has shipped", ORDER),
    ("parcel-sent", "Your parcel is out for delivery", TRACKED),
    ("booking-confirmed", "Votre réservation est confirmée", "Réservation n° GT-4410"),
    ("booking-confirmed", "Confirmation de votre séjour", "Numéro de dossier : QZVTRN"),
    ("booking-confirmed", "Booking confirmation", "Your booking reference: KQ7VDL"),
    ("booking-confirmed", "Réservation confirmée pour Port-Clair", "Code de confirmation\nHMXK3ABQ2T"),
    ("subscription-begun", "Confirmation de votre abonnement", ""),
    ("subscription-begun", "Votre abonnement mensuel est activé", ""),
    ("subscription-begun", "Your premium subscription is now active", ""),
    ("subscription-begun", "Your free trial has started", ""),
    ("subscription-renewed", "Votre abonnement a été renouvelé", ""),
    ("subscription-renewed", "Your subscription has been renewed", ""),
    ("subscription-ended", "Votre abonnement a bien été résilié", ""),
    ("subscription-ended", "Your membership has been cancelled", ""),
    ("account-created", "Votre compte a été créé", ""),
    ("account-created", "Confirmation de votre inscription", ""),
    ("account-created", "Your new account has been created", ""),
    ("account-to-confirm", "Bienvenue, confirmez votre adresse", "Merci de vous être inscrite"),
    ("account-to-confirm", "Activez votre compte", "Vous venez de vous inscrire."),
    ("account-to-confirm", "Welcome to Rowan", "Please confirm your email address"),
    ("account-to-confirm", "Verify your email", "Thanks for signing up"),
]

SILENT = [
    # adverts and other words
    ("Votre prochaine commande à -50 %", NUMBER),
    ("Bienvenue dans les soldes", "Confirmez votre adresse et profitez de -20 %"),
    ("Bienvenue dans notre lettre de juin", "Les nouvelles du quartier"),
    ("Welcome to our summer sale", "confirm your email"),
    ("Donnez votre avis sur votre commande", NUMBER),
    ("How was your order? Your package has been delivered, rate it", TRACKED),
    ("Vous avez oublié quelque chose dans votre panier", NUMBER),
    # not yet, no longer, or refused
    ("Votre abonnement sera renouvelé le 3 juillet", "Montant : 9,99 €"),
    ("Your subscription will be renewed soon", ""),
    ("Le renouvellement de votre abonnement a échoué", ""),
    ("Votre commande AB-10442 a été annulée", NUMBER),
    ("Votre réservation a été annulée", "Réservation n° GT-4410"),
    ("Your booking request is pending", "Booking reference: KQ7VDL"),
    # nothing that tells it apart
    ("Confirmation de votre commande", "Merci et à bientôt !"),
    ("Votre colis est en route", "Il arrive bientôt."),
    ("Booking confirmation", "See you soon"),
    ("Your receipt from Oak & Needle", "Thanks."),
    ("VOTRE RÉSERVATION EST CONFIRMÉE", "RÉSERVATION : VALIDE"),
    ("Confirmation de votre commande 2026", "Merci !"),
    # a payment service writes of a purchase that the shop writes of too
    ("Votre reçu de paiement", "Montant payé : 12,00 €"),
    ("Livre : « Le phare »", "Je te le prête."),
    # two numbers or sums: neither is taken
    ("Confirmation de votre commande", "Commande n° 11111\nCommande n° 22222\n"),
    ("Your receipt from Oak & Needle", "Amount paid: £12.00\nAmount paid: £13.00"),
    # lures
    ("Votre colis est en attente de paiement des frais de douane", PARCEL),
    ("URGENT : vérifiez votre compte suspendu", "Confirmez votre compte"),
    ("Activez votre compte banque", "Confirmez votre compte"),
    ("Confirm your account: payment limited", "confirm your account"),
    # other things that people enrol in
    ("Confirmation de votre inscription au marathon", ""),
    ("Confirmation de votre inscription à la cantine", ""),
    ("Registration confirmation", "See you at the conference"),
    ("Confirmation de votre abonnement à la newsletter", ""),
    ("Réunion de jeudi", "On commande des pizzas ?"),
    ("[voisins] Votre commande groupée est confirmée", NUMBER),
]


@pytest.mark.parametrize(("rule", "subject", "text"), KNOWN)
def test_a_mail_is_known_by_its_words(rule: str, subject: str, text: str) -> None:
    assert rules.hints(subject)
    match = rules.matched(subject, text)
    assert match is not None
    assert match.rule.id == rule


@pytest.mark.parametrize(("subject", "text"), SILENT)
def test_words_that_could_mean_something_else_tell_nothing(subject: str, text: str) -> None:
    match = rules.matched(subject, text) if rules.hints(subject) else None
    assert match is None, match.rule.id


def test_every_rule_has_examples_in_both_languages() -> None:
    seen = {
        (rule, language)
        for rule, subject, _ in KNOWN
        for found in rules.RULES
        for pattern, language in found.subjects
        if found.id == rule and pattern.search(rules.fold(subject))
    }
    assert seen == {(rule.id, language) for rule in rules.RULES for language in ("fr", "en")}


def test_the_cheap_hint_lets_every_known_subject_through_and_common_ones_not() -> None:
    assert all(rules.hints(subject) for _, subject, _ in KNOWN)
    assert not any(
        rules.hints(subject) for subject in ("Photos de dimanche", "Lunch on Friday?", "", "Re: Votre commande")
    )


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("Total TTC : 1 234,56 €", Money("1234.56", "EUR")),
        ("Total de la commande\n\n  41,80 EUR", Money("41.80", "EUR")),
        ("Sous-total : 30,00 €\nLivraison : 4,50 €\nTotal : 34,50 €", Money("34.50", "EUR")),
        ("Subtotal: £30.00\nGrand total: £1,034.50", Money("1034.50", "GBP")),
        ("Total HT : 100,00 €\nTotal TTC : 120,00 €", Money("120.00", "EUR")),
        ("Montant prélevé : 9,99 €", Money("9.99", "EUR")),
        ("Total payé : 12 €", Money("12", "EUR")),
        ("Total : 34,50", Money()),
        ("Total: $34.50", Money()),
        ("Total : 10,00 €\nTotal : 12,00 €", Money()),
        ("Total : 1.234 €", Money()),
        ("Total HT : 100,00 €", Money()),
        ("Économisez 10,00 €", Money()),
    ],
)
def test_a_total_is_labelled_has_a_currency_and_stands_there_once(text: str, money: Money) -> None:
    match = rules.matched("Confirmation de votre commande AB-10442", f"{NUMBER}{text}")
    assert match is not None
    assert match.total == money


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Commande n° AB-10442", "AB-10442"),
        ("Votre numéro de commande est le 403-1234567-7654321.", "403-1234567-7654321"),
        ("N° de commande\u00a0: 000123", "000123"),
        ("Order no. 55120, placed today", "55120"),
        ("Order ID: a1b2c3", "a1b2c3"),
    ],
)
def test_a_number_stands_behind_its_label_as_it_is_written(text: str, number: str) -> None:
    match = rules.matched("Order confirmation", text)
    assert match is not None
    assert match.numbers == {"order": number}


@pytest.mark.parametrize(
    "text", ["Commande du 12/06/2026", "Commande : votre panier", "Order: thanks", "commande n° 12"]
)
def test_dates_words_and_short_counts_are_no_numbers(text: str) -> None:
    assert rules.matched("Order confirmation", text) is None


def test_a_stay_has_the_days_that_are_labelled_once() -> None:
    text = "Réservation n° GT-4410\nArrivée : samedi 1er août 2026 à partir de 16 h\nDépart : 08/08/2026 avant 10 h\n"
    match = rules.matched("Votre réservation est confirmée", text)
    assert match is not None
    assert match.begins is not None
    assert match.ends is not None
    assert (match.begins.us, match.ends.us) == (1_785_542_400_000_000, 1_786_147_200_000_000)


@pytest.mark.parametrize(
    "days",
    [
        "Check-in: 01/08/2026\nCheck-out: 08/08/2026",
        "Check-in: August 1, 2026",
        "Check-in: August 8, 2026\nCheck-out: August 1, 2026",
        "Check-in: August 1, 2026\nCheck-in: August 3, 2026\nCheck-out: August 8, 2026",
    ],
)
def test_days_that_are_not_certain_are_not_taken(days: str) -> None:
    match = rules.matched("Booking confirmation", f"Booking reference: KQ7VDL\n{days}\n")
    assert match is not None
    assert (match.rule.kind, match.begins, match.ends) == (Kind.STAY, None, None)


@given(st.text(max_size=300))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(rules.fold(text)) == len(text)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([subject for _, subject, _ in KNOWN]), st.text(max_size=400))
def test_any_text_is_looked_at_without_an_error(subject: str, text: str) -> None:
    match = rules.matched(subject, text)
    if match is not None:
        assert not match.total.amount or re.fullmatch(r"\d+(?:\.\d+)?", match.total.amount)


@pytest.mark.parametrize(
    "text",
    [
        "commande n° " * 2_000,
        "total : " * 3_000,
        "votre " * 4_000,
        "arrivee : 1 " * 2_000,
        "1 234 " * 4_000,
        "a" * 20_000,
    ],
)
def test_a_hostile_text_takes_bounded_time(text: str) -> None:
    started = time.process_time()
    for subject in {subject for _, subject, _ in KNOWN}:
        rules.matched(subject, text)
    rules.matched("votre compte " * 2_000, text)
    assert time.process_time() - started < 2
