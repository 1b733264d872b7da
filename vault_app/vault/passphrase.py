"""Passphrases: what is typed, made one form; words drawn by chance; how strong a phrase is, in words.

The list ``resources/passphrase/words.txt`` holds 2,048 French words without accents, 11 bits each. No two differ by
one letter or one swap, and none begins with another, so a slip of the pen is seen. Seven of them are 77 bits.
"""

from __future__ import annotations

import math
import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from vault_app.vault.errors import BadPassphrase

OFFERED: Final = 7
"""How many words are drawn when a passphrase is offered."""

SHORTEST: Final = 12
"""Characters of a phrase that a person makes up."""

LONGEST: Final = 1024

_LIST: Final = Path(__file__).resolve().parents[2] / "resources" / "passphrase" / "words.txt"
_WORD: Final = re.compile(r"\w+")
_GRADES: Final = ((35.0, "strength-weak"), (50.0, "strength-fair"), (70.0, "strength-good"))

# The same keys of a keyboard, French (AZERTY) and American (QWERTY), row by row, without and with Shift.
_AZERTY: Final = "&é\"'(-è_çà)=azertyuiop^$qsdfghjklmùwxcvbn,;:!1234567890°+AZERTYUIOP¨£QSDFGHJKLM%WXCVBN?./§"
_QWERTY: Final = "1234567890-=qwertyuiop[]asdfghjkl;'zxcvbnm,./!@#$%^&*()_+QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?"


@dataclass(frozen=True)
class Strength:
    """How many guesses a phrase takes, as a power of two, and the id of the sentence (group ``strength``).

    Exact for a drawn phrase. For one that a person made up it is a cautious guess: nobody can know it.
    """

    bits: float
    sentence: str


@cache
def word_list() -> tuple[str, ...]:
    """The words, sorted."""
    return tuple(_LIST.read_text(encoding="ascii").split())


def bits_drawn(words: int = OFFERED) -> float:
    """The strength of so many words drawn by chance."""
    return words * math.log2(len(word_list()))


def draw(words: int = OFFERED) -> str:
    """Words drawn by chance, with spaces between them."""
    return " ".join(secrets.choice(word_list()) for _ in range(words))


def prepared(text: str) -> bytearray:
    """What is derived from: NFKC, then UTF-8, so that every keyboard and system gives the same bytes.

    Raises BadPassphrase (``passphrase-unreadable``) for what is no text, or longer than 1,024 characters.
    """
    if len(text) > LONGEST:
        raise BadPassphrase("passphrase-unreadable")
    try:
        return bytearray(unicodedata.normalize("NFKC", text).encode("utf-8"))
    except UnicodeEncodeError as error:
        raise BadPassphrase("passphrase-unreadable") from error


def accept(text: str) -> bytearray:
    """The same for a new passphrase. Raises BadPassphrase ``passphrase-short`` below 12 characters."""
    if len(unicodedata.normalize("NFKC", text).strip()) < SHORTEST:
        raise BadPassphrase("passphrase-short")
    return prepared(text)


def strength(text: str) -> Strength:
    """How strong a phrase is.

    A phrase of words from the list, as ``draw`` makes them, counts 11 bits a word. Elsewhere each different word
    counts for its letters, but never more than a word of a big dictionary, and what repeats counts for nothing.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).lower())
    listed = set(word_list())
    drawn = len(words) >= 4 and len(set(words)) == len(words) and all(word in listed for word in words)
    bits = bits_drawn(len(words)) if drawn else sum(_guess(word) for word in set(words))
    if len(text.strip()) < SHORTEST:
        bits = min(bits, 30.0)
    grade = next((name for limit, name in _GRADES if bits < limit), "strength-strong")
    return Strength(round(bits, 1), grade)


def as_other_keyboard(text: str) -> tuple[str, ...]:
    """What the same keys would have written on the other keyboard, AZERTY and QWERTY taken for each other.

    At most two phrases, none equal to the one given.
    """
    tables = (str.maketrans(_AZERTY, _QWERTY), str.maketrans(_QWERTY, _AZERTY))
    return tuple(dict.fromkeys(other for table in tables if (other := text.translate(table)) != text))


def _guess(word: str) -> float:
    """Bits of one word that a person chose: 2.5 a letter, 12 at most; digits 2.5, for they are often years."""
    different = len(set(word))
    if word.isdigit():
        return min(2.5 * different, 8.0)
    return min(2.5 * different, 12.0)
