"""Places, road network, travel times: the region as read from its files."""

from sim.region.files import region_hash
from sim.region.load import load_region
from sim.region.region import AGE_BAND_STARTS, AGE_BANDS, AgeTable, Municipality, Place, Region
from sim.region.tables import RegionError

__all__ = [
    "AGE_BANDS",
    "AGE_BAND_STARTS",
    "AgeTable",
    "Municipality",
    "Place",
    "Region",
    "RegionError",
    "load_region",
    "region_hash",
]
