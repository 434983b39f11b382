"""Errors that are said in Dutch and English: a table of sentences, and the exception that picks the language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from experiments.texts import Language

__all__ = ["BilingualError", "Sentences", "text_in"]

type Sentences = Mapping[str, tuple[str, str]]
"""English and Dutch by key, with holes for values."""


def text_in(value: object, lang: Language) -> object:
    """What fills a hole: of an error its message in the language, of anything else itself."""
    if isinstance(value, Exception):
        return value.text(lang) if hasattr(value, "text") else str(value)
    return value


class BilingualError(Exception):
    """What the user gave cannot be used; the message exists in both languages, and ``str`` is the English one."""

    SENTENCES: ClassVar[Sentences] = {}

    def __init__(self, english: str, dutch: str | None = None) -> None:
        super().__init__(english, english if dutch is None else dutch)

    @classmethod
    def of(cls, key: str, /, **values: object) -> Self:
        """The error with that sentence; a value that is itself an error is said in the same language."""
        english, dutch = cls.SENTENCES[key]
        there: dict[str, object] = {name: text_in(value, "nl") for name, value in values.items()}
        here: dict[str, object] = {name: text_in(value, "en") for name, value in values.items()}
        return cls(english.format(**here), dutch.format(**there).replace("did you mean", "bedoelde u"))

    @classmethod
    def joined(cls, faults: list[Self]) -> Self:
        """One error of several, a line each."""
        return cls(*("\n".join(fault.text(lang) for fault in faults) for lang in ("en", "nl")))

    def __str__(self) -> str:
        return str(self.args[0])

    def text(self, lang: Language = "en") -> str:
        """The message."""
        return str(self.args[1 if lang == "nl" else 0])
