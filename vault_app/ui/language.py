"""The language of the window: French first, English too. Our words and Qt's own buttons."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLibraryInfo, QLocale, QTranslator

from vault_app import words
from vault_app.words import RESOURCES

_installed: list[QTranslator] = []
_tongue = ["fr"]


def tongue() -> str:
    """``fr`` or ``en``."""
    return _tongue[0]


def locale() -> QLocale:
    """For numbers, dates and sizes."""
    return QLocale(QLocale.Language.French if tongue() == "fr" else QLocale.Language.English)


def speak(app: QCoreApplication, wanted: str = "") -> str:
    """Load the words of a language (``fr``, ``en``; '' by the person's surroundings); returns which."""
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    _tongue[0] = wanted if wanted in words.LANGUAGES else words.language()
    QLocale.setDefault(locale())
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    files = [(f"qtbase_{tongue()}", folder), (f"vault_{tongue()}", str(RESOURCES / "i18n"))]
    for name, place in files:
        translator = QTranslator(app)
        if translator.load(name, place):
            app.installTranslator(translator)
            _installed.append(translator)
    return tongue()


def number(value: int) -> str:
    """A whole number as the language writes it."""
    return locale().toString(value)


def size(count: int) -> str:
    """Bytes as the language writes them: kilo is a thousand."""
    return locale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def now_text() -> str:
    """Now, in the computer's zone, for printed pages."""
    return locale().toString(QDateTime.currentDateTime(), QLocale.FormatType.ShortFormat)


def error_sentence(reason: str, **values: str) -> str:
    """The sentence of an error's id."""
    return words.sentence("errors", reason, tongue(), **values)
