"""PDFs for tests: pieces of text at places of a page, in the order in which they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

Piece = tuple[int, int, str]


def paper(*pages: Sequence[Piece], created: str = "D:20200102030405Z") -> bytes:
    """A PDF with these pages; each piece is x, y (points from the lower left) and a text of Windows-1252."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for pieces in pages:
        content = b"".join(b"BT /F1 10 Tf 1 0 0 1 %d %d Tm (%b) Tj ET\n" % (x, y, _text(text)) for x, y, text in pieces)
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (len(objects))
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects.append(b"<< /CreationDate (%b) >>" % created.encode())
    return _file(objects)


def lined(*lines: str) -> bytes:
    """A PDF of one page with these lines from top to bottom."""
    return paper([(50, 800 - 15 * place, line) for place, line in enumerate(lines)])


_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _text(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def _file(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
    return data + trailer + b"startxref\n%d\n%%%%EOF\n" % start
