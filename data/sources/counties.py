"""County shapes of the whole country, at two scales, neighbours still joined.

Boundaries are simplified as one coverage: a border that two counties share stays one line,
so no slivers open between them. Coordinates are degrees (NAD83 longitude, latitude).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import shapefile
import shapely

from data.errors import InputFault

# Tolerances in degrees and decimals kept. The country is drawn some 1,000 pixels wide over
# 58 degrees, a state over a tenth of that.
COUNTRY_TOLERANCE, COUNTRY_DECIMALS = 0.1, 2
STATE_TOLERANCE, STATE_DECIMALS = 0.012, 3
# Islets smaller than this (square degrees) are left out where a county has larger land.
COUNTRY_ISLET, STATE_ISLET = 0.012, 0.0002
# Legal/statistical area description codes, from the Census Bureau's file layout.
LSAD = {
    "00": "",
    "03": "City and Borough",
    "04": "Borough",
    "05": "Census Area",
    "06": "County",
    "07": "District",
    "10": "Island",
    "12": "Municipality",
    "13": "Municipio",
    "15": "Parish",
    "25": "city",
}
FIELDS = {"GEOID", "STATEFP", "NAME", "LSAD"}


def load(shapes: Path, states: dict[str, str]) -> pd.DataFrame:
    """County shapes: fips, name, state, outline, geometry (GeoJSON geometry text).

    Parameters
    ----------
    shapes : Path
        The ``.shp`` file; ``.dbf`` and ``.shx`` lie beside it.
    states : dict
        Postal abbreviation by two-digit state FIPS code.
    """
    records, for_state, for_country = _simplified(
        shapes, shapes.stat().st_mtime_ns if shapes.is_file() else 0
    )
    frame = pd.DataFrame(
        {
            "fips": [record["GEOID"] for record in records],
            "name": [_name(record, states) for record in records],
            "state": [states.get(record["STATEFP"], "") for record in records],
            "outline": for_country,
            "geometry": for_state,
        },
        dtype=object,
    )
    # American Samoa and the Northern Mariana Islands are no states or territories of OEWS.
    return frame[frame.state != ""].sort_values("fips")


@lru_cache(maxsize=1)
def _simplified(shapes: Path, _changed: int) -> tuple[list[dict[str, str]], list[str], list[str]]:
    """Records, and their shapes for a state and for the country. A process that builds again has them."""
    try:
        with shapefile.Reader(str(shapes)) as reader:
            missing = FIELDS - {field[0] for field in reader.fields}
            if missing:
                raise InputFault(shapes, f"has no column {', '.join(sorted(missing))}")
            records = [record.as_dict() for record in reader.iterRecords()]
            polygons = np.array(
                [shapely.geometry.shape(each.__geo_interface__) for each in reader.iterShapes()]
            )
    except (shapefile.ShapefileException, ValueError, OSError) as error:
        if isinstance(error, InputFault):
            raise
        raise InputFault(shapes, f"cannot be read as a shapefile: {error}") from error
    for_state = shapely.coverage_simplify(polygons, STATE_TOLERANCE)
    for_country = shapely.coverage_simplify(for_state, COUNTRY_TOLERANCE)
    return (
        records,
        [_geojson(shape, STATE_DECIMALS, STATE_ISLET) for shape in for_state],
        [_geojson(shape, COUNTRY_DECIMALS, COUNTRY_ISLET) for shape in for_country],
    )


def _name(record: dict[str, str], states: dict[str, str]) -> str:
    kind = LSAD.get(record["LSAD"], "")
    return f"{record['NAME']} {kind}".strip() + f", {states.get(record['STATEFP'], '')}"


def _geojson(shape: shapely.Geometry, decimals: int, islet: float) -> str:
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [part for place, part in enumerate(parts) if place == 0 or part.area >= islet]
    polygons = [[_ring(ring, decimals) for ring in (part.exterior, *part.interiors)] for part in kept]
    # Rounding can close a small hole or islet up altogether.
    polygons = [[polygon[0], *(r for r in polygon[1:] if len(r) > 3)] for polygon in polygons]
    polygons = [p for place, p in enumerate(polygons) if place == 0 or len(p[0]) > 3]
    geometry = (
        {"type": "Polygon", "coordinates": polygons[0]}
        if len(polygons) == 1
        else {"type": "MultiPolygon", "coordinates": polygons}
    )
    return json.dumps(geometry, separators=(",", ":"))


def _ring(ring: shapely.LinearRing, decimals: int) -> list[list[float]]:
    points = np.round(shapely.get_coordinates(ring), decimals)
    changed = np.append(True, np.any(points[1:] != points[:-1], axis=1))
    kept = points[changed]
    # Four points make the smallest ring: an islet finer than the rounding keeps its own.
    return (kept if len(kept) >= 4 else points).tolist()
