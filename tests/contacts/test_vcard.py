"""Contact cards: every real file gives one party a card, and no property is lost."""

from __future__ import annotations

import base64
import re
import time
import tomllib
from pathlib import Path

import pytest

from importers.records import Handle, Party
from tests.importing import Run, check_golden, run, sample

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "contacts"
WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"
FILES = (
    "gmail-single", "rfc2426-example", "outlook-2003", "John_Doe_ANDROID", "John_Doe_EVOLUTION", "John_Doe_GMAIL",
    "rfc6350-example", "gmail-list",
)  # fmt: skip
PORTRAIT = base64.b64encode(bytes(range(200))).decode()


def read(tmp_path: Path, text: str | bytes) -> Run:
    """Cards under a name that says nothing, read."""
    path = tmp_path / "x.bin"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(path)


def card(*lines: str) -> str:
    """A card with these lines."""
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


def one(result: Run) -> Party:
    """The only party."""
    (party,) = result.parties
    return party


def lines(party: Party) -> list[str]:
    """The lines of a card."""
    return party.details["lines"]  # type: ignore[index,no-any-return,call-overload]


@pytest.mark.parametrize("name", FILES)
def test_a_real_file_gives_one_party_a_card_and_every_property(name: str, tmp_path: Path) -> None:
    data = sample(f"standards/vcard/{name}.vcf").read_bytes()
    result = read(tmp_path, data)
    assert len(result.parties) == data.upper().count(b"BEGIN:VCARD")
    assert not result.notices
    starts = re.findall(rb"(?m)^(?!BEGIN|END)(?:item\d\.)?([A-Za-z-]+)[;:]", data)
    kept = [re.split("[;:.]", re.sub(r"^item\d\.", "", line))[0] for party in result.parties for line in lines(party)]
    assert kept == [name.decode() for name in starts]


def test_cards_of_three_versions_give_what_stands_in_them(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "cartes.vcf", FIXTURES / "cartes.golden.jsonl", regenerate=regenerate)


def test_a_real_portrait_is_a_whole_picture(tmp_path: Path) -> None:
    data = sample("standards/vcard/John_Doe_ANDROID.vcf").read_bytes()
    (digits,) = re.findall(rb"PHOTO;ENCODING=BASE64;JPEG:((?:[^\r\n]+\r?\n )*[^\r\n]+)", data)
    assert read(tmp_path, data).files["photo-1.jpg"] == base64.b64decode(re.sub(rb"\s", b"", digits)[:1168])


def test_a_real_key_between_empty_lines_is_whole(tmp_path: Path) -> None:
    key = read(tmp_path, sample("standards/vcard/outlook-2003.vcf").read_bytes()).files["key-1.bin"]
    assert int.from_bytes(key[2:4], "big") + 4 == len(key)


def test_a_french_number_is_known_by_its_country_and_kept_as_written(tmp_path: Path) -> None:
    result = read(tmp_path, b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Rose\r\nTEL;TYPE=CELL:06 00 00 00 01\r\nNOTE:x\r\n")
    rose = one(result)
    assert [handle.value for handle in rose.handles] == ["+33600000001"]
    assert "TEL;TYPE=CELL:06 00 00 00 01" in lines(rose)
    assert "NOTE:x" in lines(rose)
    assert [notice.reason for _, notice in result.notices] == ["contacts-cut-off"]


def test_an_extension_is_no_part_of_the_number(tmp_path: Path) -> None:
    party = one(read(tmp_path, card("FN:Rose", "TEL;VALUE=uri:tel:+1-418-656-9254;ext=102", "TEL:bureau")))
    assert party.handles == (Handle("phone", "+14186569254"),)


def test_the_same_card_twice_adds_nothing_whatever_its_label_and_revision(tmp_path: Path) -> None:
    first = card("FN:Rose", "EMAIL:Rose@exemple.org", "CATEGORIES:myContacts", "REV:20240101T000000Z")
    second = card("FN:Rose", "EMAIL:rose@exemple.org", "CATEGORIES:Amis", "REV:20250101T000000Z")
    assert one(read(tmp_path, first)).key == one(read(tmp_path, second)).key


def test_two_people_who_share_an_address_stay_two(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Rose", "EMAIL:f@exemple.org") + card("FN:Jean", "EMAIL:f@exemple.org"))
    assert len({party.key for party in result.parties}) == 2


def test_two_cards_that_look_alike_and_say_different_things_are_two_in_every_reading(tmp_path: Path) -> None:
    text = card("FN:Rose", "NOTE:voisine") + card("FN:Rose", "NOTE:cousine") + card("FN:Rose", "NOTE:voisine")
    keys = [party.key for party in read(tmp_path, text).parties]
    assert keys == [party.key for party in read(tmp_path, text).parties]
    assert len(set(keys)) == 2


def test_a_card_inside_a_card_stays_inside(tmp_path: Path) -> None:
    text = card("FN:Patronne", "AGENT:", "BEGIN:VCARD", "FN:Agent", "END:VCARD", "EMAIL:p@exemple.org")
    party = one(read(tmp_path, text))
    assert party.name == "Patronne"
    assert party.handles == (Handle("email", "p@exemple.org"),)
    assert "FN:Agent" in lines(party)


def test_a_line_without_a_colon_is_told_and_kept(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Rose", "X-ETRANGE=3", "NOTE:x"))
    assert [(n.reason, n.position) for _, n in result.notices] == [("contacts-line", "line 4")]
    assert "X-ETRANGE=3" in lines(one(result))


def test_lines_outside_all_cards_are_kept_apart(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Rose") + "NOTE:perdue\r\n" + card("FN:Jean"))
    assert len(result.parties) == 2
    assert result.items[0].details == {"lines": ["NOTE:perdue"]}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"FN;CHARSET=ISO-8859-15;ENCODING=QUOTED-PRINTABLE:Ren=E9e =A4", "Renée €"),
        ("FN;CHARSET=ISO-8859-1:Renée".encode("latin-1"), "Renée"),
        ("FN:Renée €".encode("cp1252"), "Renée €"),
        (b"FN:Ren" + b"\xc3\r\n \xa9e", "Renée"),
        (b"N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Du=\r\npont;Ren=C3=A9e;;;", "Renée Dupont"),
        (b"N:Dupont\\;Martin;Rose", "Rose Dupont;Martin"),
        (b"ORG:Mairie;Culture", "Mairie Culture"),
    ],
)
def test_names_in_every_spelling(data: bytes, name: str, tmp_path: Path) -> None:
    assert one(read(tmp_path, b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + data + b"\r\nEND:VCARD\r\n")).name == name


def test_a_file_in_utf_16_is_read(tmp_path: Path) -> None:
    assert one(read(tmp_path, card("FN:Renée").encode("utf-16"))).name == "Renée"


@pytest.mark.parametrize(
    "photo",
    [
        f"PHOTO;ENCODING=b;TYPE=JPEG:{PORTRAIT}",
        f"PHOTO;JPEG;ENCODING=BASE64:\r\n {PORTRAIT[:76]}\r\n {PORTRAIT[76:]}\r\n",
        f"PHOTO;ENCODING=BASE64;JPEG:{PORTRAIT[:76]}\r\n{PORTRAIT[76:]}\r\n",
        f"PHOTO:data:image/jpeg;base64,{PORTRAIT}",
    ],
)
def test_a_portrait_is_a_file_in_every_version(photo: str, tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Rose", photo, "NOTE:après"))
    assert result.files == {"photo-1.jpg": bytes(range(200))}
    assert one(result).files[0].media_type == "image/jpeg"
    assert "NOTE:après" in lines(one(result))
    assert any(line.endswith("(photo-1.jpg)") for line in lines(one(result)))


def test_an_address_of_a_portrait_is_kept_and_nothing_is_loaded(tmp_path: Path) -> None:
    party = one(read(tmp_path, card("FN:Rose", "PHOTO;VALUE=uri:https://exemple.org/p.jpg")))
    assert party.files == ()
    assert "PHOTO;VALUE=uri:https://exemple.org/p.jpg" in lines(party)


def test_groups_and_organisations_are_no_persons(tmp_path: Path) -> None:
    text = card("FN:Chorale", "KIND:group", "MEMBER:urn:uuid:1") + card("FN:Mairie", "ORG:Mairie", "X-ABShowAs:COMPANY")
    assert [party.type for party in read(tmp_path, text).parties] == ["group", "organisation"]


def test_a_very_long_card_is_kept_whole_in_a_file(tmp_path: Path) -> None:
    result = read(tmp_path, card("FN:Rose", *(f"NOTE:{'long ' * 60}{n}" for n in range(2_000))))
    assert f"{'long ' * 60}1999" in result.files["card.vcf"].decode()
    assert sum(map(len, lines(one(result)))) < 100_000


def test_a_portrait_of_many_folded_lines_takes_time_in_proportion(tmp_path: Path) -> None:
    digits = base64.b64encode(bytes(6 << 20)).decode()
    folded = "\r\n ".join(digits[at : at + 74] for at in range(0, len(digits), 74))
    started = time.process_time()
    result = read(tmp_path, card("FN:Rose", f"PHOTO;ENCODING=b;TYPE=PNG:{folded}"))
    assert time.process_time() - started < 3
    assert result.files["photo-1.png"] == bytes(6 << 20)


def test_every_sentence_stands_in_both_languages() -> None:
    for room in ("contacts", "agenda"):
        for words in tomllib.loads((WORDS / "notices" / f"{room}.toml").read_text(encoding="utf-8")).values():
            assert words["fr"]
            assert words["en"]
