"""What is said when a report cannot be traced."""

from __future__ import annotations

from typing import ClassVar

from experiments.bilingual import BilingualError, Sentences

__all__ = ["TraceError"]


class TraceError(BilingualError, ValueError):
    """A report cannot be traced; one line that says what would be right."""

    SENTENCES: ClassVar[Sentences] = {
        "nowhere": (
            "there is no {path}; give the folder of a comparison, or its report-en.html",
            "{path} bestaat niet; geef de map van een vergelijking, of het report-nl.html daarin",
        ),
        "alone": (
            "{path} lies apart from {file}, which holds what it was made of; give the report in the folder of its runs",
            "{path} ligt los van {file}, waarin staat waaruit het gemaakt is; geef het rapport in de map van zijn runs",
        ),
        "indicator": (
            "the report has no number {value!r}{hint}; it has {known}",
            "het rapport heeft geen getal {value!r}{hint}; het heeft {known}",
        ),
        "arm": (
            "the report has no scenario {value!r}{hint}; it has {known}",
            "het rapport heeft geen scenario {value!r}{hint}; het heeft {known}",
        ),
    }
