"""Google Photos: each photo with what its sidecar says, albums, and the files that no sidecar names.

Every photo stands in the folder of its year and again in each of its albums, each time with a sidecar; a sidecar and
its photo may lie in different parts of one export. Folder names, names of album files and the words for an edited copy
are localised; the keys are not. Sidecars seen in real French exports of 2023 and in one of 2025.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from importers.archive import names
from importers.contract import Archive, Member, Rule, importer
from importers.google.elements import Element, single, within, words
from importers.google.fields import objects
from importers.google.joined import base, carried, folders, joined, place
from importers.google.photo_pairs import pairs
from importers.google.times import moment
from importers.records import File, Item, Kind, Moment, Notice, Precision, Record, Role
from importers.whole import document

_PICTURES = (
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "heic",
    "heif",
    "avif",
    "dng",
    "tif",
    "tiff",
    "bmp",
    "raw",
    "nef",
    "cr2",
)
_FILMS = ("mp4", "mov", "m4v", "avi", "3gp", "mkv", "mts", "m2ts", "wmv", "webm", "mpg", "mpeg", "mp", "mp~2")
_ROOTS = (
    "**/Google Photos/",
    "**/Google Foto/",
    "**/Google Fotos/",
    "**/Fotky Google/",
    "**/Google Фото/",
    "**/Google Снимки/",
)
_ALBUM_FILES = (
    *("metadata.json", "métadonnées.json", "metadaten.json", "metadati.json", "metadatos.json", "metadades.json"),
    *("metadáta.json", "метаданные.json", "метаданни.json"),
)
_SIDECARS = ("**/*.supplemental-metadata.json", "**/*.supplemental-metadata(*).json")
_BESIDE = (*_SIDECARS, "**/*.jpg.json", "**/*.jpeg.json", "**/*.heic.json", "**/*.png.json", "**/*.mp4.json")
_LANGUAGES = ("fr", "en", "de", "it", "es", "ca", "sk", "ru", "bg")


@importer(
    Rule(shape="json-object", keys=frozenset({"title", "photoTakenTime"})),
    Rule(shape="json-object", keys=frozenset({"title", "creationTime", "googlePhotosOrigin"})),
    Rule(shape="json-object", keys=frozenset({"title", "creationTime", "imageViews"})),
    source="google",
    product="photos",
    reads="photos and videos with their sidecars",
    languages=_LANGUAGES,
    status="proven",
    weight=1,
)
def photos(member: Member) -> Iterator[Record]:
    """One item a photo, however many folders hold it, at the time when it was taken; the file itself with it.

    The place in the file goes before one that was set by hand; 0, 0 is none. Edited copies and the moving part of a
    live photo are further files of the same item.
    """
    for found in single(member):
        if not isinstance(found, Element):
            yield found
            continue
        taken = _taken(found.fields)
        if taken is None:
            yield Notice("google-no-time")
        files = _files(member)
        if not files:
            yield from _elsewhere(member.archive)
        yield _photo(found, taken, files)


def _photo(found: Element, taken: Moment | None, files: tuple[File, ...]) -> Item:
    """The address on Google's side tells two photos of one name and second apart; a copy in an album has the same."""
    title = words(found.fields, "title")
    spot = _spot(found.fields)
    ending = title.rpartition(".")[2].casefold()
    people = (words(person, "name") for person in objects(found.fields.get("people")))
    return Item(
        kind=Kind.VIDEO if ending in _FILMS else Kind.PHOTO,
        key=("photo", title, taken.us if taken else None, words(found.fields, "url")),
        when=taken,
        title=title,
        text=words(found.fields, "description"),
        lat=spot[0] if spot else None,
        lon=spot[1] if spot else None,
        parties=tuple(Role("with", name) for name in people if name),
        details=found.details("title", "description"),
        files=files,
    )


def _taken(fields: dict[str, Any]) -> Moment | None:
    """Seconds since 1970, before 1970 with a minus; ``0`` stands for an unknown time."""
    given = within(fields, "photoTakenTime", "timestamp")
    when = moment(str(given)) if isinstance(given, str | int) else None
    return None if when is None or when.us == 0 else Moment(when.us, None, Precision.SECOND)


def _spot(fields: dict[str, Any]) -> tuple[float, float] | None:
    for name in ("geoDataExif", "geoData"):
        lat, lon = within(fields, name, "latitude"), within(fields, name, "longitude")
        if not isinstance(lat, int | float) or not isinstance(lon, int | float):
            continue
        if (lat or lon) and abs(lat) <= 90 and abs(lon) <= 180:
            return float(lat), float(lon)
    return None


def _files(sidecar: Member) -> tuple[File, ...]:
    """The files of a sidecar: those in its own folder, else those in the folder of that name in another part."""
    album = _Album.of(sidecar)
    return tuple(joined(album.nearest(name, sidecar)) for name in album.paired.get(names.folded(base(sidecar)), ()))


class _Album:
    """All files in folders of one name: the parts of an export may have been unpacked beside each other."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.held: dict[str, list[Member]] = {}
        for folder in _places(archive).get(name, ()):
            for key, member in folders(archive)[folder].items():
                self.held.setdefault(key, []).append(member)
        sidecars = [key for key in self.held if key.endswith(".json") and key not in _ALBUM_FILES]
        media = [key for key in self.held if not key.endswith((".json", ".html", ".csv"))]
        self.paired = pairs(media, sidecars)

    @staticmethod
    def of(member: Member) -> _Album:
        """The folder that a member stands in."""
        name = place(member).rpartition("/")[2]
        found = member.archive.memo(f"google.album {name}", lambda: _Album(member.archive, name))
        return cast("_Album", found)

    def nearest(self, name: str, sidecar: Member) -> Member:
        """Of several files of a name the one in the same folder as the sidecar."""
        choice = self.held[name]
        return next((member for member in choice if place(member) == place(sidecar)), choice[0])


def _places(archive: Archive) -> dict[str, list[str]]:
    """Last name of a folder to the folders that have it."""

    def look() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for folder in folders(archive):
            found.setdefault(folder.rpartition("/")[2], []).append(folder)
        return found

    return cast("dict[str, list[str]]", archive.memo("google.places", look))


def _elsewhere(archive: Archive) -> Iterator[Record]:
    """Said once: a sidecar without its photo means that another part of the export has it."""
    told = cast("list[bool]", archive.memo("google.photo-elsewhere", list))
    if not told:
        told.append(True)
        yield Notice("google-photo-elsewhere")


@importer(
    Rule(shape="json-object", keys=frozenset({"albumData"})),
    Rule(shape="json-object", keys=frozenset({"title", "description", "access", "date", "formatted"})),
    Rule(shape="json-object", keys=frozenset({"title", "enrichments"})),
    Rule(shape="json-object", keys=frozenset({"title", "sharedAlbumComments"})),
    Rule(
        members=tuple(f"{root}*/{name}" for root in _ROOTS for name in _ALBUM_FILES),
        shape="json-object",
        keys=frozenset({"title"}),
        named=True,
    ),
    Rule(
        members=tuple(f"**/{name}" for name in _ALBUM_FILES),
        shape="json-object",
        keys=frozenset({"title"}),
        beside=_SIDECARS,
        named=True,
    ),
    source="google",
    product="photos",
    reads="photo albums",
    languages=_LANGUAGES,
    status="proven",
)
def photo_albums(member: Member) -> Iterator[Record]:
    """One item an album at its date. Which photos are in it only the folders say, and folders lie in several parts."""
    for found in single(member):
        if not isinstance(found, Element):
            yield found
            continue
        inner = within(found.fields, "albumData")
        fields = inner if isinstance(inner, dict) else found.fields
        title = words(fields, "title")
        given = within(fields, "date", "timestamp")
        when = moment(str(given)) if isinstance(given, str | int) else None
        when = when if when and when.us else None
        own = (title,) if title else ("", found.plain)
        more = msgspec.json.decode(found.details(*(() if fields is inner else ("title", "description"))) or b"{}")
        yield Item(
            kind=Kind.OTHER,
            key=("photo-album", when.us if when else None, *own),
            when=when,
            title=title,
            text=words(fields, "description"),
            details=more,
        )


_ENDINGS = ("jpg", "mp4", "mov", "mp", "3gp", "amr", "m4a", "mp3")
"""Media that do not all show by their first bytes what they are."""

_IN_PHOTOS = tuple(f"{root}**" for root in _ROOTS)


@importer(
    *(Rule(members=_IN_PHOTOS, shape=shape, named=True) for shape in ("image", "binary", "empty")),
    Rule(members=("**/Takeout/**",), shape="image", named=True),
    Rule(members=tuple(f"**/Takeout/**/*.{ending}" for ending in _ENDINGS), named=True),
    Rule(shape="image", beside=_BESIDE),
    Rule(members=tuple(f"**/*.{ending}" for ending in _ENDINGS), beside=_BESIDE, named=True),
    source="google",
    product="photos",
    reads="pictures, films and sounds",
    languages=_LANGUAGES,
    status="proven",
    weight=1,
    first=200,
)
def media(member: Member) -> Iterator[Record]:
    """A file that no photo, note or message of this archive carries. Read last, when it is known which ones do."""
    if member.path in carried(member.archive):
        return
    ending = member.path.rpartition(".")[2].casefold()
    kind = Kind.PHOTO if ending in _PICTURES else Kind.VIDEO if ending in _FILMS else Kind.DOCUMENT
    yield document(member, kind)
