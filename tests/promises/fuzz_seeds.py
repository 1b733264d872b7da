"""Honest inputs of the ten doors that are fuzzed: small, invented, and using much of what each format can say."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
from functools import cache

from PIL import Image

from importers.columns import numbers, texts, times
from importers.records import File, Handle, Item, Kind, Moment, Notice, Party, Role, Samples
from tests.archive import building
from tests.archive.building import BZIP2, LZMA, STORED, Entry, files, info, tarred, tgz, zipped
from tests.vault.bare_vault import QUICK
from vault_app.intake.collector import Collector
from vault_app.intake.frames import FromChild, send
from vault_app.vault import founding, header, passphrase

TEXT = b"une ligne de texte qui se plie bien\n" * 20


def zips() -> list[bytes]:
    """Zips."""
    inner = zipped(Entry(b"four.txt", TEXT))
    return [
        zipped(Entry(b"one.txt", TEXT), Entry(b"two.txt", TEXT, STORED), Entry("été.txt".encode("cp850"), b"x", flags=0)),
        zipped(Entry(b"five.txt", TEXT[:99], BZIP2), Entry(b"six.txt", TEXT[:99], LZMA)),
        zipped(Entry(b"in.zip", inner), Entry(b"in.tgz", tgz(*files(1, 90)))),
        zipped(Entry(b"wide.txt", TEXT, size=0xFFFFFFFF, extra=struct.pack("<2HQ", 1, 8, len(TEXT)))),
        zipped(*building.texts(30)),
    ]  # fmt: skip


def tars() -> list[bytes]:
    """Tars, packed and not."""
    long = info("d/" * 90 + "x.txt", 3)
    pax = (info("pax", 24, b"x"), b"11 path=ab\n13 size=5000\n")
    return [
        tarred(*files(3, 700)),
        tarred((long, b"abc"), (info("link", kind=tarfile.SYMTYPE, link="x"), b"")),
        tarred((long, b"abc"), form=tarfile.PAX_FORMAT),
        tarred(pax, (info("good.txt", 2), b"ok")),
        tgz(*files(2, 300)),
        gzip.compress(TEXT, mtime=0),
    ]


def jsons() -> list[bytes]:
    """JSON: an array, objects of arrays, odd characters."""
    rows = b",\n  ".join(b'{"name": "caf\xc3\xa9 %d", "n": %d, "more": [1, {"a": null}]}' % (n, n) for n in range(9))
    return [
        b"[" + rows + b"]",
        b'{"version": 1.5e3, "rows": [' + rows + b'], "other": {"list": [true, false]}}',
        b'[{"name": "\\ud83d\\ude00 \\u00e9", "name": "twice"}, 12, "x", [], {}]',
        b"\xef\xbb\xbf[\r\n" + rows.replace(b"\n", b"\r\n") + b"\r\n]\r\n",
        b'{"a":{"b":[[[[[[]]]]]]},"c":[' + b"1," * 60 + b"2]}",
    ]


def xmls() -> list[bytes]:
    """XML in several encodings, with what may stand before it."""
    rows = "".join(
        f'<Record type="Pas" value="{n}"><Meta key="é" value="&lt;&#{233 + n};"/></Record>\n' for n in range(6)
    )
    return [
        f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE HealthData [<!ELEMENT Record ANY>]><HealthData>{rows}</HealthData>'.encode(),
        f'<?xml version="1.0" encoding="utf-16"?><gpx><trk>{rows}</trk></gpx>'.encode("utf-16"),
        f'<?xml version="1.0" encoding="iso-8859-15"?><!-- été --><g:gpx xmlns:g="x">{rows}<![CDATA[<a>]]></g:gpx>'.encode("iso-8859-15"),
        b"<a>" * 30 + b"text" + b"</a>" * 30,
    ]  # fmt: skip


def csvs() -> list[bytes]:
    """Tables in several dialects."""
    rows = "".join(f'2024-01-{n:02};"Café ""du"" coin";{n},50;{n}\r\n' for n in range(1, 9))
    return [
        f"Relevé\r\n\r\nDate;Libellé;Montant;Date\r\n{rows}".encode("cp1252"),
        f"sep=;\nDate;Libellé;Montant\n{rows}".encode("utf-8-sig"),
        f"Date;Libellé;Montant\n{rows}".encode("utf-16"),
        b'Date,Montant,Note\n2024-01-01,5,"two\nlines"\n2024-01-02,6,"never closed\n' + b"2024-01-03,7,x\n" * 5,
        b"a\tb\tc\n" + b"1\t2\t3\n" * 9,
    ]


MAIL_HEAD = b"""\
From ana@example.org Tue Aug 08 12:36:29 2023
From: =?utf-8?q?An=C3=A1?= <ana@example.org>
To: b@example.org, "C, D" <c@example.org>
Date: Tue, 8 Aug 2023 12:36:29 +0200
Message-ID: <1@example.org>
"""
MAIL_PARTS = b"""\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b0"

before
--b0
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<p>Bonjour =E9t=E9</p>
--b0
Content-Type: image/png; name*0*=utf-8''a%20; name*1=b.png
Content-Transfer-Encoding: base64
Content-Disposition: attachment

iVBORw0KGgo=
--b0
Content-Type: message/rfc822

Subject: inner

body
--b0--
"""
MAIL_GOOGLE = b"""\
From 1773@xxx Tue Aug 08 12:36:29 +0000 2023
X-GM-THRID: 1
X-Gmail-Labels: a,"b, c"
Content-Type: text/plain; charset=utf-7

+AOk-t
"""
MAIL_LENGTH = b"""\
Content-Length: 5
Content-Type: text/plain; charset=x-unknown; format=flowed

hello
"""


def mails() -> list[bytes]:
    """Mailboxes."""
    two = (
        MAIL_HEAD + b"Subject: =?iso-8859-1?B?6XTp?= plain\n\nText\n>From here\n\n" + MAIL_HEAD + b"Subject: two\n\nB\n"
    )
    return [two, MAIL_HEAD + MAIL_PARTS, MAIL_GOOGLE, MAIL_HEAD + MAIL_LENGTH + b"\n" + MAIL_HEAD + b"\nx\n"]


def htmls() -> list[bytes]:
    """HTML of a mail, of a list, of a table."""
    return [
        "<html><head><title>x</title><style>p{}</style></head><body><p>Bonjour &eacute;t&#233; <a href='https://example.org/?a=1&amp;b=2'>là</a><br>fin</p></body></html>".encode(),
        b'<ul><li>one<br><a href="x">two</a></li><li><img src=a.png>&nbsp;</li><li>three</ul>',
        b"<table><tr><td>a</td><td>b</td></tr></table><!-- c --><script>if (a<b) {}</script>" * 3,
        b"<li" + b"<div>" * 40 + b"x" + b"</div>" * 40,
    ]  # fmt: skip


@cache
def images() -> list[bytes]:
    """Pictures with and without tags."""
    tags = Image.Exif()
    tags[0x010E], tags[0x0110], tags[0x0132] = "Légende", "Appareil", "2023:08:08 12:36:29"
    tags.get_ifd(0x8769).update({0x9003: "2023:08:08 12:36:29", 0x9011: "+02:00", 0x829A: (1, 60)})
    tags.get_ifd(0x8825).update(
        {1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 20.0, 1.0), 29: "2023:08:08", 7: (10.0, 36.0, 29.0)}
    )
    made = []
    for form, tagged in (
        ("JPEG", "exif"),
        ("PNG", "exif"),
        ("TIFF", "tiffinfo"),
        ("WEBP", "exif"),
        ("JPEG", ""),
        ("GIF", ""),
    ):
        out = io.BytesIO()
        Image.new("RGB", (5, 4), "teal").save(out, form, **({tagged: tags} if tagged else {}))
        made.append(out.getvalue())
    return made


@cache
def frames() -> list[bytes]:
    """What an honest child sends: a stream of all its messages, and some of them alone."""
    messages: list[FromChild] = []
    collector = Collector(messages.append)
    collector.begin("mail")
    role = Role("from", "Ana", Handle("email", "ana@example.org"))
    details = {"x": [1, "été"]}
    file = File("a.png", lambda: iter((b"image",)), "image/png", 5)
    collector.item(
        0,
        Item(
            kind=Kind.MESSAGE,
            key=(1,),
            when=Moment(1_700_000_000_000_000, 60),
            title="Ça va",
            parties=(role,),
            details=details,
            files=(file,),
        ),
    )
    collector.item(1, Item(kind=Kind.PURCHASE, key=(2,), when=None, amount="3.50", currency="EUR", lat=48.5, lon=2.5))
    collector.party(0, Party(key=("a",), name="Ana", handles=(Handle("phone", "+33100000000"),), details={"NOTE": "x"}))
    collector.samples(
        0,
        Samples(
            series="electricity-power",
            unit="W",
            subject="7",
            start=times([1, 2, 3]),
            end=times([2, 3, 4]),
            value=numbers(["1.5", "-0", None]),
            quality=texts(["B", None, "B"]),
            columns={"V": texts(["0,9", "x", ""])},
        ),
    )
    collector.notice(0, Notice("json-broken", "record 3", "x"))
    collector.flush()
    alone = [_sent(message) for message in messages]
    return [b"".join(alone), *alone]


def _sent(message: FromChild) -> bytes:
    out = io.BytesIO()
    send(out, message)
    return out.getvalue()


@cache
def headers() -> list[bytes]:
    """Header files of new vaults."""
    new = founding.found(passphrase.accept("lanterne sabot mirador tilleul onze"), QUICK)
    return [header.encode(new.header, new.data_key)]
