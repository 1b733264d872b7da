"""Coordinates of KML: ``lon,lat[,height]`` with white space between points; some writers put it after commas too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.formats.xml_stream import Element
from importers.gpx.positions import is_place

_COMMA = re.compile(r"\s*,\s*")
SHAPES = frozenset({"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Model"})


def first_place(coordinates: str) -> tuple[float, float] | None:
    """Latitude and longitude of the first sound point; None when there is none."""
    for point in _COMMA.sub(",", coordinates[:4096]).split():
        parts = point.split(",")
        if len(parts) >= 2 and is_place(parts[1], 90) and is_place(parts[0], 180):
            return float(parts[1]), float(parts[0])
    return None


def all_coordinates(shape: Element) -> Iterator[str]:
    """The texts of all coordinates of a shape, at any depth, in order."""
    if shape.name == "coordinates":
        yield shape.text
    for child in shape.children:
        yield from all_coordinates(child)
