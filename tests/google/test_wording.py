"""What an activity is, by its sentence in French, English, German and Spanish; by its address when no verb is known."""

from __future__ import annotations

import pytest

from importers.google.wording import is_ad, kind_of, squeezed
from importers.records import Kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Vous avez regardé une vidéo qui a été supprimée", Kind.WATCH),
        ("Watched a video that has been removed", Kind.WATCH),
        ("Brot backen angesehen", Kind.WATCH),
        ("Has visto un vídeo", Kind.WATCH),
        ("Vous avez recherché regardé", Kind.SEARCH),
        ("Vous avez dit quelle heure est-il", Kind.SEARCH),
        ("Itinéraire pour la gare", Kind.SEARCH),
        ("Directions to the station", Kind.SEARCH),
        ("Gesucht nach: Bahnhof", Kind.SEARCH),
        ("Has buscado estación", Kind.SEARCH),
        ("A consulté une page", Kind.PAGE_VISIT),
        ("Application utilisée\u00a0: Carnet", Kind.PAGE_VISIT),
        ("Zone consultée autour de Ville", Kind.PAGE_VISIT),
        ("Visited a page", Kind.PAGE_VISIT),
        ("A joué Échecs", Kind.PLAY),
        ("N'a pas aimé une vidéo", Kind.REACTION),
        ("N’a pas aimé une vidéo", Kind.REACTION),
        ("Vous avez voté sur un sondage", Kind.REACTION),
        ("Liked a video", Kind.REACTION),
        ("Vous vous êtes abonné à L’atelier", Kind.SUBSCRIPTION),
        ("Subscribed to The workshop", Kind.SUBSCRIPTION),
        ("Listened to a song", Kind.LISTEN),
        ("Prompted a riddle", Kind.MESSAGE),
        ("8\u00a0cartes dans votre flux", Kind.OTHER),
        ("Watchedness of things", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_the_verb_tells_the_kind(sentence: str, kind: Kind) -> None:
    assert kind_of(squeezed(sentence), "", "") is kind


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://www.youtube.com/watch?v=x", Kind.WATCH),
        ("https://www.youtube.com/results?search_query=x", Kind.SEARCH),
        ("https://music.youtube.com/watch?v=x", Kind.LISTEN),
        ("https://www.google.fr/search?q=x", Kind.SEARCH),
        ("https://example.org/", Kind.PAGE_VISIT),
        ("", Kind.OTHER),
    ],
)
def test_without_a_known_verb_the_address_tells_the_kind(address: str, kind: Kind) -> None:
    assert kind_of("Обозначение, которого никто не знает", address, "") is kind


def test_watching_in_youtube_music_is_listening() -> None:
    assert kind_of("Vous avez regardé Valse d’été", "", "YouTube Music") is Kind.LISTEN


@pytest.mark.parametrize(
    "detail", ["From Google Ads", "Des annonces Google", "Des annonces\u00a0Google", "Von Google Ads"]
)
def test_an_advert_says_so_in_its_details(detail: str) -> None:
    assert is_ad([detail])
    assert not is_ad(["Depuis votre appareil"])
