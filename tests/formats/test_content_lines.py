"""Lines of cards and calendars: whatever the folding, they come back; hostile ones take bounded time."""

from __future__ import annotations

import io
import time

from hypothesis import given
from hypothesis import strategies as st

from importers.formats import content_lines
from importers.formats.content_lines import fields, plain

values = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=200)


@given(st.lists(values, min_size=1, max_size=5), st.integers(1, 75), st.sampled_from([b"\n", b"\r\n"]))
def test_folded_values_come_back_wherever_they_are_folded(texts: list[str], width: int, end: bytes) -> None:
    data = b""
    for text in texts:
        line = b"NOTE:" + text.encode()
        data += (end + b" ").join(line[at : at + width] for at in range(0, len(line), width)) + end
    assert [line.value for line in content_lines.read(io.BytesIO(data))] == texts


@given(st.binary(max_size=300))
def test_no_byte_of_any_file_raises_an_error(data: bytes) -> None:
    for line in content_lines.read(io.BytesIO(b"PHOTO;ENCODING=b:" + data)):
        assert line.shown or not line.name
        line.data()


@given(st.lists(st.text(max_size=20).map(str.strip), min_size=1, max_size=6))
def test_escaped_components_come_back(parts: list[str]) -> None:
    escaped = ";".join(part.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for part in parts)
    assert [part for part in fields(escaped) if part] == [part for part in parts if part]
    assert plain("a\\nb\\, c") == "a\nb, c"


def test_a_line_without_an_end_and_parameters_without_end_take_bounded_time() -> None:
    started = time.process_time()
    (line,) = content_lines.read(io.BytesIO(b"X" + b';A="' * 200_000 + b"\\" * 100_000))
    assert not line.name
    (line,) = content_lines.read(io.BytesIO(b"NOTE:" + b"a" * (33 << 20)))
    assert line.cut
    assert time.process_time() - started < 3
