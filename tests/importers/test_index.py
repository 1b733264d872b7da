"""The index says what the code declares, and knowing it loads no importer."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from importers import index
from importers.contract import DECLARED, Importer, Keep, Skip
from importers.registry import declarations, load, modules
from tests.importing import rulebook


def answer(code: str) -> str:
    """What a program prints in a process of its own, which has loaded nothing yet."""
    line = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.run(line, capture_output=True, text=True, timeout=120, check=True).stdout


def test_the_index_is_what_the_code_declares() -> None:
    declared = answer("from importers import index, registry; print(index.text(registry.entries()), end='')")
    assert declared == index.FILE.read_text(encoding="utf-8"), "python3 start.py index"


def test_the_index_is_the_same_for_people_and_for_programs() -> None:
    assert index.text(index.read()) == index.FILE.read_text(encoding="utf-8")


def test_what_the_index_says_is_equal_to_what_the_code_says() -> None:
    assert set(declarations()) == set(rulebook().declarations)
    assert len(declarations()) == len(DECLARED) > 400


def test_to_know_all_importers_loads_none_of_them() -> None:
    loaded = answer("""
        import sys
        from importers.recognition import Rulebook
        from importers.registry import declarations, modules
        assert Rulebook(declarations()).declarations
        print(len(modules() & sys.modules.keys()))
    """)
    assert loaded.strip() == "0"


def test_reading_loads_the_module_of_the_reader_and_of_no_other_service() -> None:
    loaded = answer("""
        import sys
        from importers.registry import declarations, load
        reader = next(one for one in declarations() if getattr(one, "id", "") == "netflix.viewing_activity")
        load([reader.module])
        services = {name.split(".")[1] for name in sys.modules if name.startswith("importers.")}
        print(reader.module, "netflix" in services, services & {"google", "apple", "meta", "mail"})
    """)
    assert loaded.split(" ", 1)[1].strip() == "True set()"


def test_only_modules_of_importers_are_loaded_by_name() -> None:
    for name in ("os", "importers.registry", "importers.netflix.none", "vault_app.vault.vault", ""):
        with pytest.raises(ValueError, match="no module of importers"):
            load([name])


def test_whoever_has_functions_says_where_they_are() -> None:
    for one in declarations():
        if isinstance(one, Importer) or (isinstance(one, Keep) and (one.when or one.about)):
            assert one.module in modules()
        else:
            assert isinstance(one, Skip) or one.module == ""
