"""What Python would load late, loaded now: after the lock no module, codec or time zone can be opened any more."""

from __future__ import annotations

import codecs
import importlib
import mimetypes
import zoneinfo
from contextlib import suppress
from typing import Final

_CODECS: Final = """
    ascii utf-8 utf-8-sig utf-7 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be raw_unicode_escape unicode_escape
    latin-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-11
    iso8859-13 iso8859-14 iso8859-15 iso8859-16 cp437 cp850 cp852 cp855 cp857 cp858 cp860 cp863 cp865 cp866 cp874 cp932
    cp949 cp950 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 mac-roman mac-latin2 mac-cyrillic
    mac-greek mac-turkish koi8-r koi8-u koi8-t gb2312 gbk gb18030 hz big5 big5hkscs shift_jis shift_jis_2004 euc-jp
    euc-kr johab iso2022_jp iso2022_jp_2 iso2022_kr tis-620 idna punycode base64 quopri hex rot13 uu zlib bz2
"""

_MODULES: Final = """
    _strptime bz2 calendar csv ctypes datetime decimal difflib email email.charset email.header email.message
    email.mime.text email.parser email.policy email.quoprimime email.base64mime fractions gzip html html.entities
    html.parser io json locale lzma mimetypes plistlib quopri stringprep struct tarfile traceback linecache
    unicodedata uuid warnings xml.etree.ElementTree xml.parsers.expat xml.sax zipfile zlib
"""

_held: list[object] = []


def everything() -> None:
    """Load it, and keep it loaded. About 0.2 s, most of it the 600 time zones."""
    for name in _MODULES.split():
        with suppress(ImportError):
            importlib.import_module(name)
    mimetypes.init()
    for name in _CODECS.split():
        with suppress(LookupError):
            _held.append(codecs.lookup(name))
    for name in sorted(zoneinfo.available_timezones()):
        with suppress(zoneinfo.ZoneInfoNotFoundError, ValueError):
            _held.append(zoneinfo.ZoneInfo(name))
