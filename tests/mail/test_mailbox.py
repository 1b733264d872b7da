"""Mail: every message with its people, words, attachments and headers; damage is told and costs itself alone."""

from __future__ import annotations

import base64
import io
import random
import time
import tomllib
import tracemalloc
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.archive.errors import RefusedArchive
from importers.mail import dates, html_text, message
from importers.mail.split import Mailbox
from importers.records import Handle, Item, Moment
from tests.importing import Run, check_golden, run

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "mail"
WORDS = Path(__file__).resolve().parents[2] / "resources" / "words"
LINE = "From camille@exemple.org Tue Aug  8 12:36:29 2023\n"


def box(tmp_path: Path, *mails: str | bytes, line: str = LINE, name: str = "b.mbox") -> Run:
    """A mailbox with these mails, read."""
    path = tmp_path / name
    path.write_bytes(b"".join(line.encode() + (m if isinstance(m, bytes) else m.encode()) + b"\n" for m in mails))
    return run(path)


def eml(tmp_path: Path, text: str | bytes, name: str = "m.eml") -> Run:
    """A single mail, read."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(path)


def one(result: Run) -> Item:
    """The only item."""
    (item,) = result.items
    return item


def reasons(result: Run) -> list[str]:
    """The ids of the notices."""
    return [notice.reason for _, notice in result.notices]


def test_a_google_mailbox_gives_what_stands_in_it(*, regenerate: bool) -> None:
    check_golden(FIXTURES / "courrier.mbox", FIXTURES / "courrier.golden.jsonl", regenerate=regenerate)


def test_attachments_inline_pictures_and_mails_within_mails_are_kept_whole() -> None:
    files = run(FIXTURES / "courrier.mbox").files
    assert files["programme de l'été.pdf"] == "%PDF-1.4\n% inventé\n".encode()
    assert files["image-2.png"] == bytes(range(256)) * 2
    assert files["Le premier message.eml"].endswith(b"\n\nBonjour.")


def test_a_box_is_known_by_its_content_under_any_name(tmp_path: Path) -> None:
    copy = tmp_path / "x.bin"
    copy.write_bytes((FIXTURES / "courrier.mbox").read_bytes())
    assert len(run(copy).items) == 3


def test_a_maildir_file_without_suffix_is_a_mail(tmp_path: Path) -> None:
    text = "Return-Path: <a@b.fr>\r\nDate: Tue, 8 Aug 2023 14:36:29 +0200\r\nFrom: a@b.fr\r\nSubject: x\r\n\r\ny\r\n"
    result = eml(tmp_path, text, "1691498189.M1P2.host,S=92")
    assert result.readers == {"1691498189.M1P2.host,S=92": "mail.mail"}
    assert one(result).text == "y\n"


def test_apple_mails_are_read_and_what_apple_notes_is_kept(tmp_path: Path) -> None:
    mail = "Date: Tue, 8 Aug 2023 14:36:29 +0200\nFrom: a@b.fr\nSubject: x\n\ny\n"
    item = one(eml(tmp_path, f"{len(mail)}\n{mail}<plist/>\n", "12.emlx"))
    assert (item.title, item.text, item.details["emlx"]) == ("x", "y\n", "<plist/>")  # type: ignore[index]


def test_overlapping_boxes_with_other_labels_and_line_ends_add_nothing(tmp_path: Path) -> None:
    mail = "X-Gmail-Labels: {}\nMessage-ID: <1@a>\nDate: Tue, 8 Aug 2023 14:36:29 +0200\nSubject: s\n\nbonjour\n"
    first = box(tmp_path, mail.format("Inbox"))
    second = box(tmp_path, mail.format("Archived").replace("\n", "\r\n"), name="other.mbox")
    assert one(first).key == one(second).key


def test_one_message_id_with_two_contents_is_two_mails(tmp_path: Path) -> None:
    mail = "Message-ID: <1@a>\nFrom: a@b.fr\nSubject: s\n\n{}\n"
    result = box(tmp_path, mail.format("oui"), mail.format("non"), mail.format("oui"))
    assert result.kinds == {"message": 2}


def test_drafts_without_an_id_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    result = box(tmp_path, "Subject: a\n\nun\n", "Subject: b\n\nun\n", "Subject: a\n\ndeux\n", "Subject: a\n\nun\n")
    assert result.kinds == {"message": 3}


def test_from_lines_inside_a_text_do_not_cut(tmp_path: Path) -> None:
    text = "From: a@b.fr\n\nUn mot.\n\nFrom the beginning\n\nFrom x Tue Aug  8 12:36:29 2023\nno header follows\n"
    assert len(box(tmp_path, text, "Subject: b\n\nb\n").items) == 2


def test_in_googles_boxes_only_googles_own_lines_cut(tmp_path: Path) -> None:
    google = "From 1@xxx Tue Aug 08 12:36:29 +0000 2023\n"
    quoted = f"Subject: a\n\nvoici :\n\n{LINE}Subject: ancien\n\ntexte\n"
    assert len(box(tmp_path, quoted, "Subject: b\n\nb\n", line=google).items) == 2


def test_content_length_protects_what_looks_like_a_separator(tmp_path: Path) -> None:
    body = f"voici :\n\n{LINE}Subject: ancien\n\ntexte\n"
    first = f"Subject: a\nContent-Length: {len(body)}\n\n{body}"
    result = box(tmp_path, first, "Subject: b\n\nb\n")
    assert [item.title for item in result.items] == ["a", "b"]
    assert result.items[0].text == body


def test_a_box_whose_lines_have_no_date_is_still_cut(tmp_path: Path) -> None:
    result = box(tmp_path, "Subject: a\n\na\n", "Subject: b\n\nb\n", line="From nobody\n")
    assert [item.title for item in result.items] == ["a", "b"]


def test_raw_8_bit_headers_and_unknown_charsets_are_read_and_told(tmp_path: Path) -> None:
    mail = b"Subject: caf\xe9\nFrom: Ren\xe9e <r@a.fr>\nContent-Type: text/plain; charset=unknown-8bit\n\n10 \x80\n"
    result = box(tmp_path, mail)
    assert (one(result).title, one(result).text, one(result).parties[0].name) == ("café", "10 €\n", "Renée")
    assert "mail-charset" in reasons(result)


def test_every_header_is_kept_in_order_with_its_repeats(tmp_path: Path) -> None:
    item = one(box(tmp_path, "Received: b\nX-Odd: 1\nReceived: a\n\tfolded\nno colon\nSubject: s\n\nx\n"))
    assert item.details["headers"] == [  # type: ignore[index]
        ("Received", "b"),
        ("X-Odd", "1"),
        ("Received", "a\tfolded"),
        ("", "no colon"),
        ("Subject", "s"),
    ]


@pytest.mark.parametrize(
    ("text", "stamp", "offset"),
    [
        ("Tue, 08 Aug 2023 14:36:29 +0200 (CEST)", 1691498189, 120),
        ("Tue, 08 Aug 2023 12:36:29 GMT", 1691498189, 0),
        ("8 Aug 23 08:36:29 EDT", 1691498189, -240),
        ("Tue, 08 Aug 2023 12:36:29 -0000", 1691498189, None),
        ("Tue, 08 Aug 2023 12:36:29", 1691498189, None),
        ("Tue, 08 Aug 2023 12:36:29 +9900", 1691498189, None),
        ("mar., 8 août 2023 14:36:29 +0200", 1691498189, 120),
        ("Tue Aug 08 12:36:29 +0000 2023", 1691498189, 0),
        ("Tue Aug  8 12:36:29 2023", 1691498189, None),
        ("2023-08-08T14:36:29+02:00", 1691498189, 120),
        ("Wed, 31 Feb 2023 10:00:00 +0200", None, None),
        ("hier", None, None),
    ],
)
def test_dates_as_programs_write_them(text: str, stamp: int | None, offset: int | None) -> None:
    assert dates.moment(text) == (None if stamp is None else Moment(stamp * 1_000_000, offset))


def test_a_mail_without_any_date_is_kept_and_told(tmp_path: Path) -> None:
    result = eml(tmp_path, "From: a@b.fr\nSubject: s\nMIME-Version: 1.0\n\nx\n")
    assert one(result).when is None
    assert reasons(result) == ["mail-no-date"]


def test_html_alone_becomes_words_and_stays_as_a_file(tmp_path: Path) -> None:
    page = "<style>p{}</style><p>Bonjour&nbsp;Rose,<br>à demain</p><script>x</script>"
    result = box(tmp_path, f"Content-Type: text/html; charset=utf-8\n\n{page}\n")
    assert one(result).text == "Bonjour Rose,\nà demain"
    assert result.files["message.html"].decode().strip() == page


def test_a_text_above_a_mebibyte_is_cut_and_whole_in_a_file(tmp_path: Path) -> None:
    text = "ligne é\n" * 150_000
    result = box(tmp_path, f"Subject: s\nContent-Type: text/plain; charset=utf-8\n\n{text}")
    assert "mail-long-text" in reasons(result)
    assert text.startswith(one(result).text)
    assert result.files["text.txt"].decode() == text


def test_a_text_above_four_mebibytes_is_kept_as_it_came(tmp_path: Path) -> None:
    text = "ligne é 😀\n" * 400_000
    result = box(tmp_path, f"Subject: s\nContent-Type: text/plain; charset=utf-8\n\n{text}")
    assert reasons(result) == ["mail-long-text"]
    assert text.startswith(one(result).text)
    assert result.files == {"text.txt": text.encode()}


def test_the_bytes_of_a_mail_are_let_go_when_the_next_one_is_read() -> None:
    with (FIXTURES / "courrier.mbox").open("rb") as stream:
        records = (record for raw in Mailbox(stream).messages() for record in message.records(raw))
        first = next(records)
        assert isinstance(first, Item)
        assert b"".join(first.files[1].pieces()) == bytes(range(256)) * 2
        next(records)
        with pytest.raises(IndexError):
            first.files[1].pieces()


def test_damage_in_the_middle_gives_what_comes_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    noise = base64.b64encode(random.Random(1).randbytes(300_000)).decode()
    mails = "".join(f"{LINE}Subject: {n}\n\n{noise[n * 4000 : n * 4000 + 4000]}\n\n" for n in range(100))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("b.mbox", mails)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 2000] = bytes(2000)
    path.write_bytes(data)
    result = run(path)
    assert any(reason.startswith("member-") for reason in reasons(result))
    assert 10 < len(result.items) < 100
    assert result.items[3].title == "3"


def test_a_foot_below_base64_is_kept_beside_the_attachment(tmp_path: Path) -> None:
    mail = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png; name=a.png\n"
        "Content-Transfer-Encoding: base64\n\nAAEC\n-- \nliste@exemple.org\n--b--\n"
    )
    result = box(tmp_path, mail)
    assert result.files == {"a.png": b"\x00\x01\x02", "a.png.rest": b"-- \nliste@exemple.org"}
    assert "mail-encoding" in reasons(result)


def test_a_truncated_mbox_gives_what_it_can_and_says_so(tmp_path: Path) -> None:
    data = (FIXTURES / "courrier.mbox").read_bytes()
    path = tmp_path / "cut.mbox"
    path.write_bytes(data[: data.index(b"JVBERi0") + 9])
    result = run(path)
    assert one(result).title == "Répétition de jeudi"
    assert result.files["programme de l'été.pdf"] == b"%PDF-1"
    assert reasons(result) == ["mail-cut-off"]


def test_a_mail_above_the_spool_is_kept_whole_and_the_next_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "b.mbox"
    head = b"Subject: gros\nMessage-ID: <g@a>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntexte\n--b\n"
    head += b"Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
    body = (b"QUJD" * 19 + b"\n") * 900_000 + b"--b--\n"
    path.write_bytes(LINE.encode() + head + body + b"\n" + LINE.encode() + b"Subject: petit\n\nx\n\n")
    result = run(path)
    assert [item.title for item in result.items] == ["gros", "petit"]
    assert result.items[0].text == "texte"
    assert result.files["message.eml"].rstrip() == (head + body).rstrip()
    assert reasons(result).count("mail-large") == 1


def _nested(levels: int) -> bytes:
    opening = b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(levels))
    return b"Subject: s\nContent-Type: multipart/mixed; boundary=b0\n\n" + opening + b"fin\n"


HOSTILE = {
    "ten thousand nested multiparts": (_nested(10_000), "mail-too-deep"),
    "a header of two megabytes": (b"X: " + b"a" * (2 << 20) + b"\nSubject: s\n\nx\n", "mail-long-head"),
    "a hundred thousand addresses": (b"Subject: s\nTo: " + b"a@b.fr, <" * 60_000 + b"\n\nx\n", "mail-no-date"),
    "different people without end": (
        b"Subject: s\nTo: " + b", ".join(b"p%d@b.fr" % n for n in range(9_000)) + b"\n\nx\n",
        "mail-many-people",
    ),
    "no boundary": (b"Subject: s\nContent-Type: multipart/mixed\n\ncorps\n", "mail-no-boundary"),
    "a boundary that never comes": (b"Subject: s\nContent-Type: multipart/mixed; boundary=x\n\nc\n", "mail-no-boundary"),
    "a boundary that is repeated": (
        b"Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n" * 50_000,
        "mail-many-parts",
    ),
    "the same boundary inside and outside": (
        b"Subject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\na\n--x--\n",
        "mail-no-boundary",
    ),
    "quotes and comments that never close": (b'Subject: s\nTo: ("\\' + b'<("' * 100_000 + b"\n\nx\n", "mail-no-date"),
    "encoded words that never end": (b"Subject: s" + b"=?a?q?" * 50_000 + b"\n\nx\n", "mail-no-date"),
    "tags that never close": (
        b"Subject: s\nContent-Type: text/html\n\n" + b"<style><script><!--<" * 20_000 + b"\n",
        "mail-no-date",
    ),
    "a charset that is none": (b"Subject: s\nContent-Type: text/plain; charset=idna\n\n\xe9" + b"a." * 90_000, "mail-charset"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_told_and_takes_bounded_time(name: str, tmp_path: Path) -> None:
    data, reason = HOSTILE[name]
    started = time.process_time()
    result = eml(tmp_path, data)
    assert time.process_time() - started < 3
    assert one(result).title.startswith("s") or name.startswith("a header")
    assert reason in reasons(result)


def test_a_box_with_the_same_fault_everywhere_says_so_once_more_and_stops(tmp_path: Path) -> None:
    result = box(tmp_path, *["Subject: s\nContent-Type: text/plain; charset=nix\n\nx\n"] * 80)
    assert reasons(result).count("mail-charset") == 49
    assert reasons(result).count("mail-many") == 1


def test_every_sentence_stands_in_both_languages() -> None:
    for words in tomllib.loads((WORDS / "notices" / "mail.toml").read_text(encoding="utf-8")).values():
        assert words["fr"]
        assert words["en"]


def test_styles_and_comments_are_no_words_and_unknown_tags_keep_theirs() -> None:
    assert html_text.plain("<div>a<!-- x > y --><foo>b</foo> 1 < 2 &lt;c&gt;</div><p>d") == "ab 1 < 2 <c>\nd"


plain_text = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\x85"), max_size=60)
texts = st.lists(plain_text, max_size=6).map(lambda lines: "".join(f"{line}\n" for line in lines))
from_lines = st.sampled_from(["", "From here on\n", ">From there\n", LINE, f"\n{LINE}X: y\n"])
mails = st.tuples(plain_text, texts, from_lines, st.lists(st.binary(max_size=300), max_size=2), st.booleans())


def _mail(subject: str, text: str, files: list[bytes]) -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"] = " ".join(subject.split())
    mail["From"] = "camille@exemple.org"
    mail.set_content(text)
    for number, data in enumerate(files):
        mail.add_attachment(data, maintype="application", subtype="zip", filename=f"f{number}.zip")
    return mail


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(mails, min_size=1, max_size=4))
def test_a_generated_mailbox_gives_back_subject_text_and_attachments(
    tmp_path: Path, generated: list[tuple[str, str, str, list[bytes], bool]]
) -> None:
    data = b""
    for subject, text, more, files, crlf in generated:
        raw = _mail(subject, text + more, files).as_bytes(policy=SMTP if crlf else SMTP.clone(linesep="\n"))
        lines = raw.splitlines(keepends=True)
        quoted = b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in lines)
        data += LINE.encode() + quoted + b"\n"
    path = tmp_path / "g.mbox"
    path.write_bytes(data)
    result = run(path)
    assert [item.title for item in result.items] == [" ".join(subject.split()) for subject, *_ in generated]
    assert [item.text.rstrip("\n") for item in result.items] == [(t + m).rstrip("\n") for _, t, m, *_ in generated]
    for name, kept in result.files.items():
        assert kept in [files[int(name[1])] for *_, files, _ in generated if len(files) > int(name[1])]
    assert sum(len(item.files) for item in result.items) == sum(len(files) for *_, files, _ in generated)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.integers(0, 3))
def test_anything_at_all_is_read_without_an_error(tmp_path: Path, data: bytes, place: int) -> None:
    mail = base64.b64decode(
        "U3ViamVjdDogcwpDb250ZW50LVR5cGU6IG11bHRpcGFydC9taXhlZDsgYm91bmRhcnk9eAoKLS14CgphCi0teC0tCg=="
    )
    cut = len(mail) * place // 3
    try:
        result = eml(tmp_path, mail[:cut] + data + mail[cut:])
    except RefusedArchive:
        return  # the bytes begin like a zip or a tar: then it is one, and a broken one is refused with a sentence
    assert "importer-failed" not in reasons(result)


def test_people_have_their_roles_and_addresses() -> None:
    item = run(FIXTURES / "courrier.mbox").items[0]
    found = [(role.role, role.name, role.handle) for role in item.parties]
    assert found[0] == ("from", "Renée Dupont", Handle("email", "renee@exemple.fr"))
    assert found[1] == ("to", "Martin, Camille", Handle("email", "camille@exemple.org"))
    assert found[3] == ("to", "Basse", Handle("email", "basse@exemple.org"))
    assert found[4:] == [
        ("cc", "Élodie", Handle("email", "elodie@exemple.org")),
        ("bcc", "", Handle("email", "secret@exemple.org")),
    ]


class _Endless(io.RawIOBase):
    """A box that exists only while it is read: so many mails of two megabytes."""

    def __init__(self, mails: int) -> None:
        super().__init__()
        attachment = base64.encodebytes(bytes(1_500_000))
        self._mail = (
            LINE.encode() + b"Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n"
            b"Content-Transfer-Encoding: base64\n\n" + attachment + b"--b--\n\n"
        )
        self._size = mails * len(self._mail)
        self._at = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        at = self._at % len(self._mail)
        piece = self._mail[at : at + min(len(buffer), self._size - self._at)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def test_memory_does_not_grow_with_the_box() -> None:
    tracemalloc.start()
    try:
        stream = io.BufferedReader(_Endless(40))
        kept = [record for raw in Mailbox(stream).messages() for record in message.records(raw)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(kept) == 40
    assert peak < 24 << 20
