"""What a camera has written into a picture (EXIF): no pixel is ever decoded, few formats are opened, sizes are bounded.

All that the readers of pictures would load late is loaded with this module, as the reading process can load nothing
once it is locked.
"""

from __future__ import annotations

import io
import math
import warnings
from contextlib import suppress
from importlib import import_module
from typing import Any

from PIL import ExifTags, Image, JpegImagePlugin, PngImagePlugin, TiffImagePlugin, WebPImagePlugin

try:
    import pi_heif
except ImportError:  # not to be had on every machine; such pictures are kept without a look
    pi_heif = None

Image.preinit()
import_module("PIL.MpoImagePlugin")  # what a JPEG of several pictures is opened with

LARGEST = 64 << 20
"""Bytes of the largest picture that is looked at."""

PIXELS = 64_000_000
"""Of a larger picture only the size is told."""

_FORMATS = [
    JpegImagePlugin.JpegImageFile.format,
    PngImagePlugin.PngImageFile.format,
    TiffImagePlugin.TiffImageFile.format,
    WebPImagePlugin.WebPImageFile.format,
]
_HEIF = (b"ftypheic", b"ftypmif1", b"ftypheix")
_CAMERA, _GPS = 0x8769, 0x8825
_UNTOLD = frozenset(
    {"MakerNote", "ExifOffset", "GPSInfo", "ExifInteroperabilityOffset", "PrintImageMatching", "XMLPacket"}
)
"""Long tables of makers and places within the file: the picture itself is kept whole."""

_LONGEST = 2_000


def fields(data: bytes) -> dict[str, Any]:
    """Width, height and the tags of a picture by their names; empty when it cannot be read."""
    found: dict[str, Any] = {}
    with warnings.catch_warnings(), suppress(Exception):  # an untrusted file may break the reader in any way
        warnings.simplefilter("ignore")
        if data[4:12] in _HEIF:
            _heif(data, found)
        else:
            _usual(data, found)
    return found


def _usual(data: bytes, found: dict[str, Any]) -> None:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        found["width"], found["height"] = image.size
        if image.width * image.height > PIXELS:
            return
        raw = image.info.get("exif")
        if isinstance(raw, bytes):
            _tags(raw, found)
        elif image.format == "TIFF":
            _tell(image.getexif(), found)


def _heif(data: bytes, found: dict[str, Any]) -> None:
    if pi_heif is None:
        return
    image = pi_heif.open_heif(io.BytesIO(data))
    found["width"], found["height"] = image.size
    raw = image.info.get("exif")
    if isinstance(raw, bytes) and found["width"] * found["height"] <= PIXELS:
        _tags(raw, found)


def _tags(raw: bytes, found: dict[str, Any]) -> None:
    exif = Image.Exif()
    exif.load(raw)
    _tell(exif, found)


def _tell(exif: Image.Exif, found: dict[str, Any]) -> None:
    for tags, names in (
        (exif, ExifTags.TAGS),
        (exif.get_ifd(_CAMERA), ExifTags.TAGS),
        (exif.get_ifd(_GPS), ExifTags.GPSTAGS),
    ):
        for tag, value in tags.items():
            name = names.get(tag, f"tag {tag}")
            plain = None if name in _UNTOLD else _plain(value)
            if plain is not None:
                found.setdefault(name, plain)


def _plain(value: Any) -> Any:
    """A tag's value as JSON has it; None for what is empty or too long."""
    if isinstance(value, str):
        text = value.replace("\0", " ").strip()
        return text[:_LONGEST] if text else None
    if isinstance(value, bytes):
        return value.hex() if len(value) <= _LONGEST // 2 else None
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value[:_LONGEST]]
    if isinstance(value, bool | int):
        return value
    try:
        number = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return round(number, 9) if math.isfinite(number) else None
