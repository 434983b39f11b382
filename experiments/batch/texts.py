"""Every sentence that batches print, in Dutch and English side by side."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["duration", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "starting": {
        "en": "{runs} runs in {folder}: scenarios {scenarios} x draws {draws} x seeds {seeds}; years: {years}",
        "nl": "{runs} runs in {folder}: scenario's {scenarios} x trekkingen {draws} x seeds {seeds}; jaren: {years}",
    },
    "shard": {
        "en": "Shard {number} of {count}: {runs} of them.",
        "nl": "Deel {number} van {count}: {runs} daarvan.",
    },
    "there": {"en": "{there} are there already.", "nl": "{there} zijn er al."},
    "workers": {
        "en": "{jobs} processes on this machine.",
        "nl": "{jobs} processen op deze machine.",
    },
    "cluster": {"en": "Workers of {address}.", "nl": "Werkers van {address}."},
    "compiling": {
        "en": "Compiling the model's kernels, once, with the first run: about two minutes.",
        "nl": "De kernels van het model worden gecompileerd, eenmalig, met de eerste run: ongeveer twee minuten.",
    },
    "progress": {
        "en": "{done} of {total} done, {failed} failed, {rate} runs an hour, {left} left",
        "nl": "{done} van {total} gedaan, {failed} mislukt, {rate} runs per uur, nog {left}",
    },
    "bar": {"en": "runs", "nl": "runs"},
    "bar_rest": {
        "en": "{failed} failed, {rate} an hour, {left} left",
        "nl": "{failed} mislukt, {rate} per uur, nog {left}",
    },
    "unknown_time": {"en": "unknown", "nl": "onbekend"},
    "finished": {
        "en": '{done} runs finished in {folder}. Ask: deltaplan sql {folder} "{example}"',
        "nl": '{done} runs klaar in {folder}. Vraag: deltaplan sql {folder} "{example}"',
    },
    "failed": {
        "en": "{failed} failed; `deltaplan status {folder}` says why, --retry-failed does them again.",
        "nl": "{failed} mislukt; `deltaplan status {folder}` zegt waarom, --retry-failed doet ze opnieuw.",
    },
    "stopped": {
        "en": "Stopped. {done} of {total} runs are finished and safe; the same command goes on from there.",
        "nl": "Gestopt. {done} van {total} runs zijn klaar en veilig; dezelfde opdracht gaat daarmee verder.",
    },
    # status
    "status": {
        "en": "{folder}: {kind}, {planned} runs planned, {done} done, {failed} failed, {missing} missing",
        "nl": "{folder}: {kind}, {planned} runs gepland, {done} gedaan, {failed} mislukt, {missing} ontbreken",
    },
    "rate": {
        "en": "Lately {rate} runs an hour, {seconds} s each; at that rate {left} left.",
        "nl": "De laatste tijd {rate} runs per uur, {seconds} s per run; zo nog {left}.",
    },
    "idle": {
        "en": "Nothing has finished for {ago}.",
        "nl": "Er is al {ago} niets klaargekomen.",
    },
    "size": {
        "en": "Tables: {tables}; {size} in all.",
        "nl": "Tabellen: {tables}; samen {size}.",
    },
    "other_code": {
        "en": "Made by another version of the model: it can be read, not added to.",
        "nl": "Gemaakt door een andere versie van het model: te lezen, niet aan te vullen.",
    },
    "why": {"en": "What failed, by why:", "nl": "Wat mislukte, naar oorzaak:"},
    "by_scenario": {"en": "scenario", "nl": "scenario"},
    "head_planned": {"en": "planned", "nl": "gepland"},
    "head_done": {"en": "done", "nl": "gedaan"},
    "head_failed": {"en": "failed", "nl": "mislukt"},
    "head_missing": {"en": "missing", "nl": "ontbreken"},
    "head_runs": {"en": "runs", "nl": "runs"},
    "head_why": {"en": "why", "nl": "oorzaak"},
    "head_example": {"en": "such as", "nl": "zoals"},
    "trace": {
        "en": "The whole traceback of one: {file}",
        "nl": "De hele traceback van één: {file}",
    },
    # sql
    "views": {"en": "Views of {folder} and their columns:", "nl": "Views van {folder} en hun kolommen:"},
    "head_view": {"en": "view", "nl": "view"},
    "head_columns": {"en": "columns", "nl": "kolommen"},
    "cut": {
        "en": "{shown} of {rows} rows; all with --csv, or use `limit`.",
        "nl": "{shown} van {rows} rijen; alle met --csv, of gebruik `limit`.",
    },
    "compacted": {
        "en": "{files} files of {tables} tables brought together.",
        "nl": "{files} bestanden van {tables} tabellen samengevoegd.",
    },
}


say = speaker(TEXTS)
"""Says the texts above."""


def duration(seconds: float | None, lang: Language) -> str:
    """Seconds in words of at most two units."""
    if seconds is None:
        return say("unknown_time", lang)
    whole = max(0, round(seconds))
    day = {"en": "d", "nl": "d"}[lang]
    hour = {"en": "h", "nl": "u"}[lang]
    if whole >= 86400:
        return f"{whole // 86400} {day} {whole % 86400 // 3600} {hour}"
    if whole >= 3600:
        return f"{whole // 3600} {hour} {whole % 3600 // 60} min"
    if whole >= 60:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole} s"
