"""How numba compiles and keeps this project's kernels; imported only where numba is there.

Numba compiles a function anew for every set of argument types. Left to itself it takes a literal for a type of its own:
``place(0)`` and ``place(k)`` then compile ``place`` twice, and so does a loop that begins with ``k = 0``.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba.core import types
from numba.core.caching import UserProvidedCacheLocator
from numba.core.registry import CPUDispatcher

__all__ = ["LOCATORS", "Helper", "Kernel", "Locator"]

_ROOT = Path(__file__).resolve().parents[1]

_RARELY = 200_000
"""New objects after which Python looks for garbage while a kernel is compiled."""

LOCATORS = f"{__name__}.Locator,InTreeCacheLocator,UserWideCacheLocator"
"""Where numba looks for a place for compiled code, in this order (its setting CACHE_LOCATOR_CLASSES)."""


class Locator(UserProvidedCacheLocator):
    """Keeps compiled code by place within the project, so that every copy of the same code shares it."""

    @classmethod
    def get_suitable_cache_subpath(cls, py_file: str) -> str:
        """Folder within the cache for the kernels of a source file."""
        folder = Path(py_file).resolve().parent
        if folder.is_relative_to(_ROOT / "sim"):
            return ".".join(folder.relative_to(_ROOT).parts)
        return str(super().get_suitable_cache_subpath(py_file))  # type: ignore[no-untyped-call]


class Kernel(CPUDispatcher):
    """A kernel that is compiled once for an integer, whether a literal or not."""

    def get_call_template(self, args: Any, kws: Any) -> Any:
        """What numba asks when a kernel is called in another one, with the types of the arguments."""
        plain: Callable[[Any], Any] = types.unliteral
        return super().get_call_template(tuple(map(plain, args)), {name: plain(one) for name, one in kws.items()})

    def _compile_for_args(self, *args: Any, **kws: Any) -> Any:
        """Compile for a call from Python, or load what has been compiled.

        A compiler makes many objects, of which most stay until it is done: they are looked through more rarely.
        """
        usual = gc.get_threshold()
        gc.set_threshold(_RARELY, *usual[1:])
        try:
            return super()._compile_for_args(*args, **kws)  # type: ignore[misc]
        finally:
            gc.set_threshold(*usual)


class Helper(Kernel):
    """A kernel for other kernels: nothing is compiled to call it from Python, where it runs interpreted."""

    def add_overload(self, cres: Any) -> None:
        """Keep what has been compiled, out of reach of calls from Python."""
        self.overloads[tuple(cres.signature.args)] = cres

    def _compile_for_args(self, *args: Any, **kws: Any) -> Callable[..., Any]:
        return self.py_func
