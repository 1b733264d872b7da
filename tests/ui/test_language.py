"""Two languages, both whole: no sentence without its French, plurals right, and one switch changes everything."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from tests.ui.windows import SCREENS, frame_of, go, house_of, settings_in, settle, texts, window_over
from vault_app import words
from vault_app.ui import language
from vault_app.vault.vault import Vault
from vault_app.words import RESOURCES

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "vault_app" / "ui"
LUPDATE = ("-extensions", "py", "-locations", "none", "-no-obsolete", "-source-language", "en")
"""As in ``start.py``."""


def tool(name: str) -> str:
    """A program of Qt beside the interpreter."""
    found = shutil.which(f"pyside6-{name}", path=str(Path(sys.executable).parent))
    assert found, f"pyside6-{name} comes with PySide6"
    return found


def messages(file: Path) -> dict[tuple[str, str], ET.Element]:
    """Each message of a translation file by its context and its English."""
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in ET.parse(file).iter("context")
        for message in context.iter("message")
    }


def said(message: ET.Element) -> list[str]:
    """The translations of a message: one, or one a plural form."""
    translation = message.find("translation")
    assert translation is not None
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return forms or [translation.text or ""]


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[tuple[str, str], ET.Element]]:
    """What the sources say today, collected into copies of the translation files."""
    folder = tmp_path_factory.mktemp("i18n")
    found = {}
    for tongue, place, extra in (("fr", "fr_FR", ()), ("en", "en_US", ("-pluralonly",))):
        copy = folder / f"vault_{tongue}.ts"
        shutil.copy(RESOURCES / "i18n" / copy.name, copy)
        line = [tool("lupdate"), *LUPDATE, *extra, "-target-language", place, str(UI), "-ts", str(copy)]
        subprocess.run(line, check=True, capture_output=True, cwd=ROOT)
        found[tongue] = messages(copy)
    return found


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_no_sentence_of_the_window_is_missing_and_none_is_left_over(
    collected: dict[str, dict[tuple[str, str], ET.Element]], tongue: str
) -> None:
    assert set(collected[tongue]) == set(messages(RESOURCES / "i18n" / f"vault_{tongue}.ts")), "run start.py i18n"


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_no_translation_is_unfinished(collected: dict[str, dict[tuple[str, str], ET.Element]], tongue: str) -> None:
    for key, message in collected[tongue].items():
        translation = message.find("translation")
        assert translation is not None
        assert translation.get("type") is None, key
        assert all(said(message)), key


def test_translations_keep_the_values_of_their_sentence(
    collected: dict[str, dict[tuple[str, str], ET.Element]],
) -> None:
    for (context, source), message in collected["fr"].items():
        for form in said(message):
            assert set(re.findall(r"\{\w*\}", form)) == set(re.findall(r"\{\w*\}", source)), (context, source)


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_the_packed_translations_are_those_of_today(tmp_path: Path, tongue: str) -> None:
    packed = tmp_path / "fresh.qm"
    ts = RESOURCES / "i18n" / f"vault_{tongue}.ts"
    subprocess.run([tool("lrelease"), str(ts), "-qm", str(packed)], check=True, capture_output=True)
    fresh, kept = QTranslator(), QTranslator()
    assert fresh.load(str(packed))
    assert kept.load(str(ts.with_suffix(".qm")))
    for (context, source), message in messages(ts).items():
        numbers = (0, 1, 2, 1_000_000) if message.get("numerus") else (-1,)
        for number in numbers:
            assert kept.translate(context, source, None, number) == fresh.translate(context, source, None, number)


@pytest.mark.parametrize(
    ("tongue", "number", "text"),
    [
        ("fr", 0, "0 fait"),
        ("fr", 1, "1 fait"),
        ("fr", 2, "2 faits"),
        ("fr", 1_000_000, "1\u202f000\u202f000 faits"),
        ("en", 0, "0 facts"),
        ("en", 1, "1 fact"),
        ("en", 2, "2 facts"),
        ("en", 1_000_000, "1,000,000 facts"),
    ],
)
def test_plurals_are_right(qapp: QApplication, tongue: str, number: int, text: str) -> None:
    language.speak(qapp, tongue)
    assert QCoreApplication.translate("SearchScreen", "%n fact(s)", None, number) == text


@pytest.mark.parametrize("tongue", ["fr", "en"])
def test_no_plural_shows_its_brackets(qapp: QApplication, tongue: str) -> None:
    language.speak(qapp, tongue)
    for (context, source), message in messages(RESOURCES / "i18n" / "vault_fr.ts").items():
        if message.get("numerus"):
            for number in (0, 1, 2, 1_000_000):
                shown = QCoreApplication.translate(context, source, None, number)
                assert "(s)" not in shown, (context, source)
                assert "%" not in shown, (context, source)


def test_the_display_menu_changes_the_language_of_every_screen(
    qapp: QApplication, camille: Vault, tmp_path: Path
) -> None:
    with window_over(qapp, camille, settings_in(tmp_path, "fr")) as window:
        french = {name: shown(window, name) for name in SCREENS}
        choose(window, "English")
        assert frame_of(window).current.name == SCREENS[-1]
        english = {name: shown(window, name) for name in SCREENS}
        choose(window, "Français")
        assert {name: shown(window, name) for name in SCREENS} == french
    for name in SCREENS:
        common = set(french[name].split("\n")) & set(english[name].split("\n"))
        assert french[name] != english[name], name
        assert len(common) < len(english[name].split("\n")), name
    assert "Voir la frise" in french["home"]
    assert "See the timeline" in english["home"]


def shown(window: object, name: str) -> str:
    """All words of the frame with a screen."""
    go(window, name)  # type: ignore[arg-type]
    return texts(frame_of(window))  # type: ignore[arg-type]


def choose(window: object, text: str) -> None:
    """Choose an entry of the Display menu."""
    (action,) = [a for menu in frame_of(window).findChildren(QMenu) for a in menu.actions() if a.text() == text]  # type: ignore[arg-type]
    assert isinstance(action, QAction)
    action.trigger()
    settle(window)  # type: ignore[arg-type]


def test_a_language_switch_in_the_middle_of_work_breaks_nothing(
    qapp: QApplication, camille: Vault, tmp_path: Path
) -> None:
    with window_over(qapp, camille, settings_in(tmp_path, "fr")) as window:
        for name in ("charts", "search"):
            frame_of(window).show_screen(name)
            window._change("language", "en")
            QApplication.processEvents()
            window._change("language", "fr")
        settle(window)
        assert house_of(window).vault is camille
        assert frame_of(window).current.name == "search"


def ids_in_sources() -> set[tuple[str, str]]:
    """Each group and id of a sentence that the sources of the window name."""
    found = set()
    for path in UI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            constants = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if called in {"error_sentence", "_tell", "failed"}:
                found |= {("errors", c) for c in constants}
            if called == "sentence" and len(constants) >= 2:
                found.add((constants[0], constants[1]))
        for text in re.findall(r'(?:reason|return) *=? *"([a-z]+(?:-[a-z]+)+)"', path.read_text(encoding="utf-8")):
            found.add(("errors", text))
    return found


def test_every_sentence_that_the_window_asks_for_exists_in_both_languages() -> None:
    asked = ids_in_sources()
    assert len(asked) > 12
    for group, name in sorted(asked):
        sentence = words.sentences(group).get(name)
        assert sentence, (group, name)
        assert all(sentence[tongue].strip() for tongue in words.LANGUAGES), (group, name)
