import json
from pathlib import Path

import pytest

from maeul.ground.district import outline
from maeul.ground.district.outline import Outline, holds

DRAWN = json.loads((Path(outline.__file__).parent / "data/dongs-2018.geojson").read_text())
DONGS = {one["properties"]["name"]: one for one in DRAWN["features"]}
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]}
WITH_HOLE = {
    "type": "Polygon",
    "coordinates": [*SQUARE["coordinates"], [[1, 1], [3, 1], [3, 3], [1, 3], [1, 1]]],
}
TWO = {
    "type": "MultiPolygon",
    "coordinates": [SQUARE["coordinates"], [[[6, 0], [8, 0], [8, 2], [6, 0]]]],
}


@pytest.fixture
def plane():
    return Outline(one["geometry"] for one in DONGS.values())


@pytest.mark.parametrize("name", DONGS)
def test_every_dongs_name_stands_inside_its_own_boundary_and_no_other(name):
    facts = DONGS[name]["properties"]
    inside = [
        other
        for other, one in DONGS.items()
        if holds(one["geometry"], facts["label_lon"], facts["label_lat"])
    ]
    assert inside == [name]


def test_a_place_in_a_hole_is_outside():
    assert holds(WITH_HOLE, 0.5, 0.5)
    assert not holds(WITH_HOLE, 2, 2)


def test_a_place_in_any_part_of_a_dong_in_several_parts_is_inside():
    assert holds(TWO, 2, 2)
    assert holds(TWO, 7.5, 0.5)
    assert not holds(TWO, 5, 1)


def test_north_is_up_and_everything_fits_on_the_drawing(plane):
    for one in DONGS.values():
        for ring in outline.rings(one["geometry"]):
            for longitude, latitude in ring:
                x, y = plane.to_xy(longitude, latitude)
                assert 0 <= x <= plane.width
                assert 0 <= y <= plane.height
    assert plane.to_xy(126.9, 37.48)[1] < plane.to_xy(126.9, 37.44)[1]


def test_a_point_of_the_drawing_leads_back_to_its_place(plane):
    longitude, latitude = plane.to_lonlat(*plane.to_xy(126.8924, 37.4642))
    assert longitude == pytest.approx(126.8924, abs=1e-5)
    assert latitude == pytest.approx(37.4642, abs=1e-5)


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north(plane):
    x0, y0 = plane.to_xy(126.9, 37.46)
    x1, _y = plane.to_xy(126.9 + 1 / 88.5, 37.46)  # a kilometre at this latitude
    _x, y1 = plane.to_xy(126.9, 37.46 + 1 / 111.2)
    assert (x1 - x0) == pytest.approx(y0 - y1, rel=0.01)


def test_a_path_closes_every_ring():
    assert Outline([TWO]).path(TWO).count("M") == Outline([TWO]).path(TWO).count("Z") == 2


def test_nothing_cannot_be_drawn():
    with pytest.raises(ValueError, match="at least one"):
        Outline([])
