"""Archives in eight languages give identical records. ``test_strange_names.py`` asks the same of a language unknown.

``languages.toml`` holds the words. What is English everywhere by the descriptions of formats (the files and columns of
Netflix, Spotify, LinkedIn, Amazon and Apple's account) has no words there: like everything else it is told by content.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from importers.records import Item
from tests.importers.archives import files, part
from tests.importing import Run, _run

LANGUAGES = ("fr", "en", "de", "es", "it", "nl", "pt", "pl")
WORDS: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("languages.toml").read_text("utf-8")
)
GOOGLE = (
    "activity",
    "contacts",
    "fit",
    "keep",
    "location",
    "pages",
    "photos",
    "products",
    "talks",
    "timeline",
    "youtube",
)
APPLE = ("health-fr", "icloud-photos")


def test_there_are_words_of_every_language() -> None:
    assert all(set(WORDS[family]) == set(LANGUAGES) for family in ("google", "apple", "whatsapp", "instagram"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [f"google/{one}" for one in GOOGLE] + [f"apple/{one}" for one in APPLE])
def test_the_names_of_a_language_change_no_record(name: str, language: str) -> None:
    held = files(name)
    words = WORDS[name.partition("/")[0]][language]
    spoken: dict[str, bytes] = {}
    for path, data in held.items():
        other = translated(path, words)
        spoken[path if other in spoken else other] = data  # an archive of samples in several languages has both names
    assert said_in(words, facts(_run([part(spoken)]))) == facts(_run([part(held)]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chat_of_whatsapp_says_the_same_on_a_telephone_of_each_language(language: str) -> None:
    """What the app says in the place of words stays as it is written; its meaning stands in the details."""
    words = WORDS["whatsapp"]["fr"] | WORDS["whatsapp"][language]
    found, known = chat(words).items, chat(WORDS["whatsapp"]["fr"]).items
    assert [item.when for item in found] == [item.when for item in known]
    assert [(item.kind, item.parties, meant(item)) for item in found] == [
        (item.kind, item.parties, meant(item)) for item in known
    ]
    french = {words[name]: word for name, word in WORDS["whatsapp"]["fr"].items()}
    assert [french.get(item.text, item.text) for item in found] == [item.text for item in known]
    assert any("deleted" in str(item.details) for item in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_a_language_change_no_fact_of_instagram(language: str) -> None:
    """The labels themselves are kept in the details; kind, identity, time and words are the same."""
    found, known = (labelled(WORDS["instagram"][one]) for one in (language, "en"))
    assert [shown(item) for item in found.items] == [shown(item) for item in known.items]
    assert [item.key for item in found.items] == [item.key for item in known.items]
    assert not found.notices


def translated(path: str, words: dict[str, str]) -> str:
    """A path whose parts are said in another language; an ending within a name (``-edited``) too."""
    parts = []
    for one in path.replace("\u00a0", " ").split("/"):
        stem, dot, ending = one.partition(".")
        for word, other in words.items():
            stem = stem.replace(word, other) if word.startswith("-") else stem
        parts.append(words.get(stem, stem) + dot + ending)
    return "/".join(parts)


def said_in(words: dict[str, str], found: Counter[str]) -> Counter[str]:
    """Records with the names that they keep on purpose (of an album's folder, of an edited copy) as they were before."""
    told = Counter[str]()
    for line, count in found.items():
        said = line
        for word, other in words.items():
            said = said.replace(f'"folder": "{other}"', f'"folder": "{word}"')
            said = said.replace(other, word) if word.startswith("-") else said
        told[said] += count
    return told


def facts(found: Run) -> Counter[str]:
    """All records but the notices."""
    return Counter(line for line in found.lines() if '"record": "notice"' not in line)


def shown(item: Item) -> dict[str, Any]:
    roles = [(role.role, role.name) for role in item.parties]
    return {"kind": item.kind, "when": item.when, "title": item.title, "text": item.text, "parties": roles}


def meant(item: Item) -> dict[str, Any]:
    """The details without the moment as the telephone wrote it."""
    assert isinstance(item.details, dict)
    return {name: value for name, value in item.details.items() if name != "stamp"}


def chat(words: dict[str, str]) -> Run:
    """Six entries of one minute in the manner of a telephone; of a language without words those of the app are French."""
    said = WORDS["whatsapp"]["fr"] | words
    before = (
        said["line"].replace("12", "13", 1) if said["line"].startswith("12") else said["line"].replace("/12/", "/13/")
    )
    entries = ["Odile: Bonjour", "Noé: Ça va ?\nEt toi", f"Odile: {said['omitted']}", f"Noé: {said['deleted']}"]
    entries += [f"Odile: Oui {said['edited']}", "Noé:"]
    text = "\n".join([*(said["line"].format(entry) for entry in entries), before.format("Noé: À demain")])
    found = _run([part({"_chat.txt": (text + "\n").encode()})])
    assert found.readers == {"_chat.txt": "whatsapp.chat"}
    return found


def labelled(words: dict[str, str]) -> Run:
    """Records of Instagram with labels: mangled as in the archives, where UTF-8 is written as if it were Latin-1."""

    def entry(**fields: str | int) -> dict[str, Any]:
        values = {
            words[name].encode().decode("latin-1"): (
                {"href": "", "value": value, "timestamp": 0}
                if isinstance(value, str)
                else {"href": "", "value": "", "timestamp": value}
            )
            for name, value in fields.items()
        }
        return {"title": "", "media_map_data": {}, "string_map_data": values}

    held = {
        "ads_viewed.json": {"impressions_history_ads_seen": [entry(author="farines", time=1_700_000_000)]},
        "searches.json": {"searches_keyword": [entry(search="levain", time=1_700_000_010)]},
        "post_comments_1.json": {
            "comments_media_comments": [entry(comment="Bravo", owner="farines", time=1_700_000_020)]
        },
    }
    return _run([part({path: json.dumps(value).encode() for path, value in held.items()})])
