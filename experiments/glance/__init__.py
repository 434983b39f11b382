"""A glance: what a screen wants of one run, small enough to travel while the run goes on."""

from experiments.glance.glance import Glance, Happening, PracticeFacts, glance
from experiments.glance.series import SERIES, Series

__all__ = ["SERIES", "Glance", "Happening", "PracticeFacts", "Series", "glance"]
