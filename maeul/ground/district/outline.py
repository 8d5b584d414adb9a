"""Drawing the district: from longitude and latitude to the plane of a small SVG, and back.

A district is a few kilometres wide, so a plane in which a degree of longitude is shortened by the
cosine of the latitude is exact to less than the width of a line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Any

WIDTH = 440
MARGIN = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """One dong as it is drawn: its outline and where its name stands."""

    dong: Any
    path: str
    x: float
    y: float


class Outline:
    """The plane on which these GeoJSON shapes fit, `WIDTH` units wide, north up."""

    def __init__(self, geometries: Iterable[dict]) -> None:
        points = [point for one in geometries for ring in rings(one) for point in ring]
        if not points:
            raise ValueError("an outline needs at least one shape")
        self.west, self.east = min(p[0] for p in points), max(p[0] for p in points)
        self.south, self.north = min(p[1] for p in points), max(p[1] for p in points)
        self._shorter = cos(radians((self.south + self.north) / 2))
        self._scale = (WIDTH - 2 * MARGIN) / ((self.east - self.west) * self._shorter)
        self.width = WIDTH
        self.height = round((self.north - self.south) * self._scale + 2 * MARGIN)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    def to_xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place stands on the drawing."""
        x = MARGIN + (longitude - self.west) * self._shorter * self._scale
        y = MARGIN + (self.north - latitude) * self._scale
        return round(x, 1), round(y, 1)

    def to_lonlat(self, x: float, y: float) -> tuple[float, float]:
        """Which place a point of the drawing means."""
        longitude = self.west + (x - MARGIN) / (self._shorter * self._scale)
        latitude = self.north - (y - MARGIN) / self._scale
        return round(longitude, 6), round(latitude, 6)

    def path(self, geometry: dict) -> str:
        """The `d` of an SVG path; holes stay holes with fill-rule evenodd."""
        return "".join(
            "M" + "L".join("{:g} {:g}".format(*self.to_xy(*point[:2])) for point in ring[:-1]) + "Z"
            for ring in rings(geometry)
        )

    def shapes(self, dongs: Iterable[Any]) -> list[Shape]:
        """Dongs with a boundary, drawn."""
        return [
            Shape(dong, self.path(dong.boundary), *self.to_xy(dong.longitude, dong.latitude))
            for dong in dongs
        ]


def rings(geometry: dict) -> list[Sequence[Sequence[float]]]:
    """All rings of a Polygon or MultiPolygon, outer and inner."""
    polygons = (
        [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    )
    return [ring for polygon in polygons for ring in polygon]


def holds(geometry: dict, longitude: float, latitude: float) -> bool:
    """Is the place inside?  Counts how often a line to the east crosses the boundary.

    >>> square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    >>> holds(square, 1, 1), holds(square, 3, 1)
    (True, False)
    """
    inside = False
    for ring in rings(geometry):
        for (x1, y1, *_), (x2, y2, *_) in pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                crossing = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
                inside ^= longitude < crossing
    return inside
