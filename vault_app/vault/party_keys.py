"""Keys of parties: what an archive writes about somebody, brought to the one form in which equal means the same.

A key is a text. Those that are right everywhere have one colon, those that one service alone understands two or more:

- ``email:marie@example.org``, ``phone:+33600000001``, ``account:marie@social.example``: the same in every source;
- ``facebook:user:marie.d``, ``facebook:name:Marie Martin``: the service's own; a name is its own as well, because two
  services that write the same name need not mean the same person.

Rules are applied only where they are certain; everything else is kept as written, as a key of its source. Nothing here
knows a vault, so that keys can be made anew at any time.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

LONGEST: Final = 200
"""Characters of a value in a key; of longer ones a digest stands in the key."""

FRENCH: Final = frozenset({
    "ameli", "bnp-paribas", "boursobank", "bpce", "cozy", "credit-agricole", "credit-mutuel", "cyclocity", "edf",
    "enedis", "fortuneo", "grdf", "la-banque-postale", "maif", "mesinfos", "orange", "qonto", "shine", "sncf-connect",
    "societe-generale", "suez", "veolia",
})  # fmt: skip
"""Sources that serve people in France: a national number of theirs is a French one."""

_BLIND: Final = frozenset({
    "aol.com", "bbox.fr", "free.fr", "gmail.com", "gmx.com", "gmx.fr", "hotmail.com", "hotmail.fr", "icloud.com",
    "laposte.net", "live.com", "live.fr", "mac.com", "me.com", "msn.com", "neuf.fr", "orange.fr", "outlook.com",
    "outlook.fr", "pm.me", "proton.me", "protonmail.com", "sfr.fr", "wanadoo.fr", "yahoo.com", "yahoo.fr",
})  # fmt: skip
"""Mail services that take capital letters before the @ for small ones. RFC 5321 leaves that to each host."""

_FEDERATED: Final = frozenset({"mastodon", "threads"})
"""Sources whose users have a name at a host, which all hosts understand; capitals do not count in it."""

_LOCAL: Final = re.compile(r"[^\s:;,<>()\[\]\\\"@]{1,64}")
_DOMAIN: Final = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_ACCOUNT: Final = re.compile(rf"@?([\w.-]{{1,64}})@({_DOMAIN.pattern})")
_SEPARATORS: Final = re.compile(r"[\s.\-/()\u2010-\u2015]")
_FULL: Final = re.compile(r"\+[1-9]\d{6,14}")
_NATIONAL: Final = re.compile(r"0[1-9]\d{8}")
_TRUNK: Final = re.compile(r"\+330([1-9]\d{8})")
_FRENCH_ABROAD: Final = re.compile(r"0033([1-9]\d{8})")


def key_of(source: str, name: str, type_: str, value: str) -> str:
    """The key of somebody whom a source calls so. ``type_``, ``value``: of the handle, '' without one.

    Where the source says nothing at all, all that it does not name have one key.
    """
    if not value.strip():
        return _own(source, "name", _spaced(name))
    return _everywhere(source, type_, value) or _own(source, type_, value.strip())


def card_keys(source: str, name: str, handles: list[tuple[str, str]]) -> list[str]:
    """The keys that a card of an address book, or a profile, names together: they are one party's for certain.

    A web page counts only as a profile with the service itself: colleagues write the same page of their company.
    """
    found = set()
    for type_, value in handles:
        if value.strip() and (type_ != "url" or _is_profile(source, value.strip())):
            found.add(key_of(source, name, type_, value))
    if not found and name.strip():
        found.add(key_of(source, name, "", ""))
    return sorted(found)


def email(text: str) -> str:
    """An address in its one form; '' for what is none.

    The domain is small everywhere (RFC 1035). Before the @ capitals become small, dots go and what follows a plus goes
    only at hosts that say so themselves.
    """
    bare = unicodedata.normalize("NFC", text.strip())
    if bare[:7].lower() == "mailto:":
        bare = bare[7:]
    if bare.startswith("<") and bare.endswith(">"):
        bare = bare[1:-1]
    local, at, domain = bare.rpartition("@")
    domain = domain.lower().rstrip(".")
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain) or _hides(bare):
        return ""
    if domain == "googlemail.com":
        domain = "gmail.com"
    if domain in _BLIND:
        local = local.lower()
    if domain == "gmail.com":
        local = local.partition("+")[0].replace(".", "") or local
    return f"{local}@{domain}"


def phone(text: str, *, french: bool) -> str:
    """A number with its country, ``+33600000001`` (E.164); '' for what is not a full number.

    ``french``: a national number is one of France. Otherwise nobody knows which country's it is.
    """
    bare = text.strip()
    if bare[:4].lower() == "tel:":
        bare = bare[4:]
    digits = _SEPARATORS.sub("", bare.replace("(0)", "") if bare.startswith(("+33", "0033")) else bare)
    if trunk := _TRUNK.fullmatch(digits):
        digits = f"+33{trunk[1]}"
    if french and _NATIONAL.fullmatch(digits):
        digits = f"+33{digits[1:]}"
    if french and (abroad := _FRENCH_ABROAD.fullmatch(digits)):
        digits = f"+33{abroad[1]}"
    return digits if _FULL.fullmatch(digits) and digits.isascii() else ""


def national(key: str) -> str:
    """The nine digits that French numbers share, written with the country or without it; '' for other keys."""
    scheme, _, value = key.rpartition(":")
    digits = _SEPARATORS.sub("", value)
    if scheme == "phone" and re.fullmatch(r"\+33[1-9]\d{8}", digits):
        return digits[3:]
    return digits[1:] if scheme.endswith(":phone") and _NATIONAL.fullmatch(digits) and digits.isascii() else ""


def _everywhere(source: str, type_: str, value: str) -> str:
    """The key of a handle that means the same in all sources, '' for all others."""
    if type_ == "email" and (address := email(value)):
        return f"email:{address}"
    if type_ == "phone" and (number := phone(value, french=source in FRENCH)):
        return f"phone:{number}"
    if type_ == "user" and (source in _FEDERATED or value.strip().startswith("@")):
        found = _ACCOUNT.fullmatch(value.strip())
        return f"account:{found[1].lower()}@{found[2].lower()}" if found and not _hides(value) else ""
    return ""


def _own(source: str, type_: str, value: str) -> str:
    if type_ == "phone":
        value = _SEPARATORS.sub("", value) or value
    if len(value) > LONGEST:
        digest = hashlib.blake2b(value.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{source}:{type_}#:{digest}"
    return f"{source}:{type_}:{value}"


def _is_profile(source: str, page: str) -> bool:
    """Whether a page lies with the service itself, so that it is somebody's profile there."""
    if source in _FEDERATED:
        return True
    host = re.match(r"(?:https?://)?([\w.-]+)", page, re.IGNORECASE)
    return host is not None and source in host[1].lower().split(".")


def _spaced(name: str) -> str:
    """A name with single spaces, its accents in one spelling: both differ between systems, not between people."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def _hides(text: str) -> bool:
    """Whether there are characters that nobody sees: such an address is not the one that it looks like."""
    return any(unicodedata.category(char)[0] == "C" for char in text)
