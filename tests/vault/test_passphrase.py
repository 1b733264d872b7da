"""The list of words, what is drawn from it, and what is said about strength."""

from __future__ import annotations

import math

import pytest

from vault_app import words
from vault_app.vault import passphrase


def test_the_list_has_2048_words_that_any_keyboard_writes():
    found = passphrase.word_list()
    assert len(found) == len(set(found)) == 2048
    assert list(found) == sorted(found)
    assert all(4 <= len(word) <= 10 and word.isascii() and word.isalpha() and word.islower() for word in found)


def test_no_word_becomes_another_by_one_letter_or_begins_another():
    found = set(passphrase.word_list())
    letters = "abcdefghijklmnopqrstuvwxyz"
    for word in found:
        cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        slips = {left + right[1:] for left, right in cuts if right}
        slips |= {left + letter + right[1:] for left, right in cuts if right for letter in letters}
        slips |= {left + letter + right for left, right in cuts for letter in letters}
        slips |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
        assert slips & found == {word}
        assert not any(left in found for left, right in cuts if right)


def test_a_drawn_phrase_has_the_bits_that_are_stated():
    assert passphrase.bits_drawn() == 77.0
    phrase = passphrase.draw()
    assert len(phrase.split()) == passphrase.OFFERED
    assert set(phrase.split()) <= set(passphrase.word_list())
    assert len({passphrase.draw() for _ in range(50)}) == 50
    assert passphrase.strength("lanterne sabot mirador tilleul onze brouette givre").bits == 77.0
    assert passphrase.bits_drawn(6) == 6 * math.log2(2048)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("motdepasse", "strength-weak"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "strength-weak"),
        ("chat chat chat chat chat chat", "strength-weak"),
        ("12341234123412341234", "strength-weak"),
        ("le facteur passe vite", "strength-fair"),
        ("lanterne sabot mirador tilleul onze", "strength-good"),
        ("lanterne sabot mirador tilleul onze brouette givre", "strength-strong"),
    ],
)
def test_strength_is_said_in_words(text, sentence):
    found = passphrase.strength(text)
    assert found.sentence == sentence
    for tongue in words.LANGUAGES:
        assert words.sentence("strength", found.sentence, tongue) != sentence


def test_repeating_adds_nothing():
    once, twice = (
        passphrase.strength("brouette mauve quatorze"),
        passphrase.strength("brouette mauve quatorze mauve mauve"),
    )
    assert once.bits == twice.bits


def test_the_other_keyboard_is_offered():
    typed_on_qwerty_as_if_azerty = "cqrotte 12"
    assert "carotte &é" in passphrase.as_other_keyboard(typed_on_qwerty_as_if_azerty)
    assert any(other.startswith("cqrotte") for other in passphrase.as_other_keyboard("carotte"))
    assert passphrase.as_other_keyboard("et") == ()


def test_every_error_of_the_vault_has_a_sentence_in_both_languages():
    from vault_app.vault import errors

    ids = {kind.reason for kind in vars(errors).values() if isinstance(kind, type) and hasattr(kind, "reason")}
    ids |= {"passphrase-short", "passphrase-unreadable", "rescue-length", "rescue-symbol", "rescue-typing"}
    ids |= {"rescue-typing-somewhere", "rescue-other-vault", "rescue-block-length", "rescue-block-typing"}
    for name in ids:
        assert {words.sentence("errors", name, tongue, what="7") for tongue in words.LANGUAGES} & {name} == set()
