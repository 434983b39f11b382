"""One decorator for every kernel: compiled by numba where it can be, interpreted where it cannot."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, cast

from sim.source import COMPILED, cache_folder

__all__ = ["kernel", "lowest_bit", "prefetch"]


def _compiler() -> Callable[..., Any] | None:
    """What makes a kernel of a function and numba's options for it; None where nothing is compiled."""
    if not COMPILED:
        return None
    import numba

    from sim.dispatcher import LOCATORS, Helper, Kernel

    if "NUMBA_CACHE_DIR" not in os.environ:
        numba.config.CACHE_DIR = str(cache_folder())  # type: ignore[attr-defined]
    if "NUMBA_CACHE_LOCATOR_CLASSES" not in os.environ:
        numba.config.CACHE_LOCATOR_CLASSES = LOCATORS  # type: ignore[attr-defined]

    def make(function: Callable[..., Any], *, inline: bool, inner: bool, lean: bool) -> Callable[..., Any]:
        options = {"nopython": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": not (inline or lean)}
        if inline or inner:
            return Helper(function, {}, options | {"forceinline": inline, "no_cpython_wrapper": True})
        made = Kernel(function, {}, options)
        made.enable_caching()
        return made

    return make


_make = _compiler()


def kernel[F: Callable[..., Any]](
    function: F | None = None, *, inline: bool = False, inner: bool = False, lean: bool = False
) -> Any:
    """Mark a function as a kernel: arrays and scalars in, arrays and scalars out, no objects.

    ``inline=True`` is for small helpers that are called inside other kernels, ``inner=True`` for larger ones: nothing
    is compiled to call these from Python, where they run interpreted. ``lean=True`` is for kernels that make no arrays,
    as ``inline`` helpers never do: then numba need not count references, two atomic operations for every array that a
    loop hands to a helper (``_nrt`` is numba's switch for its memory manager; with it off, making an array does not
    compile). Kernels use ``math.*``, masked unsigned integers, no fast-math and no parallel reductions, so that
    compiled and interpreted runs agree to the bit.

    A call takes time to compile in proportion to the arrays that it hands over, those in named tuples included.
    """

    def wrap(target: F) -> F:
        return target if _make is None else cast("F", _make(target, inline=inline, inner=inner, lean=lean))

    return wrap if function is None else wrap(function)


def _lowest_bit(bits: Any) -> int:
    whole = int(bits)
    return (whole & -whole).bit_length() - 1


def _compiled_lowest_bit() -> Any:
    from numba import types
    from numba.extending import intrinsic

    @intrinsic
    def lowest_bit(typing_context, bits):  # type: ignore[no-untyped-def]
        def emit(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            from llvmlite import ir

            return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

        return types.int64(types.uint64), emit

    return lowest_bit


lowest_bit = _compiled_lowest_bit() if COMPILED else _lowest_bit
"""Place of the lowest bit set in a ``uint64`` that is not 0, for kernels: one instruction where they are compiled."""


def _prefetch(array: Any, place: Any) -> None:
    """Nothing to fetch."""


def _compiled_prefetch() -> Any:
    from numba import types
    from numba.extending import intrinsic

    @intrinsic
    def prefetch(typing_context, array, place):  # type: ignore[no-untyped-def]
        def emit(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
            from llvmlite import ir

            data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
            bytes_, word = ir.IntType(8).as_pointer(), ir.IntType(32)
            address = builder.bitcast(builder.gep(data, [arguments[1]]), bytes_)
            kind = ir.FunctionType(ir.VoidType(), [bytes_, word, word, word])
            fetch = builder.module.declare_intrinsic("llvm.prefetch", [bytes_], kind)
            builder.call(fetch, [address, word(0), word(3), word(1)])
            return context.get_dummy_value()

        return types.none(array, types.int64), emit

    return prefetch


prefetch = _compiled_prefetch() if COMPILED else _prefetch
"""Ask for the memory at a place of a contiguous array, counted as if it were flat, for kernels: it will be needed soon.

A loop whose looks at memory hang on each other's outcome, or on guesses of the processor, waits for every one of them.
"""
