"""What is loaded before anything is drawn."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import threading, viz.server.engine
from reacton.utils import isinstance_lazy
import pyarrow as pa

loading = threading.Thread(target=lambda: [pa.table({"a": [k]}) for k in range(3)])
loading.start()
while loading.is_alive():
    isinstance_lazy(1, "pandas.DataFrame")
"""


def test_values_can_be_set_while_the_first_table_is_made() -> None:
    """That loads pandas, which half loaded has no ``DataFrame`` for reacton to compare with."""
    found = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, encoding="utf-8")
    assert found.returncode == 0, found.stderr
