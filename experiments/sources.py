"""Sources of figures in the language of the reader."""

from __future__ import annotations

from typing import Protocol

from experiments.texts import Language

__all__ = ["Sourced", "source_in"]


class Sourced(Protocol):
    """Something with a passport whose source is said in both languages."""

    @property
    def source(self) -> str:
        """In English."""

    @property
    def source_nl(self) -> str:
        """In Dutch; empty where nobody has said it in Dutch, as in a file of a user or of an older version."""


def source_in(one: Sourced, lang: Language) -> str:
    """The source in the language; the English one where there is no Dutch."""
    return (one.source_nl or one.source) if lang == "nl" else one.source
