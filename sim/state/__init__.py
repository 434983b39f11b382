"""Save a run's whole state at the start of a month, load it, and go on, also under another scenario.

A state is a folder: the arrays as ``.npy``, everything else as nodes in ``objects.json``, and ``header.json`` with the
format, the code, what was run, and a digest of every file. Nothing in it is code, and reading one constructs only the
types that ``sim.state.allowed`` names. The model's objects are walked through the protocol by which they are copied, so
a new field or class of the model is saved without a word about it here.
"""

from sim.scenario.branching import Difference, differences, first_difference
from sim.state.branch import fork, take_up
from sim.state.faults import StateError
from sim.state.folder import load_state, read_header, refuse_taken, save_state
from sim.state.header import StateHeader

__all__ = [
    "Difference",
    "StateError",
    "StateHeader",
    "differences",
    "first_difference",
    "fork",
    "load_state",
    "read_header",
    "refuse_taken",
    "save_state",
    "take_up",
]
