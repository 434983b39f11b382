"""What can be taken home: the plan as a scenario file, the report, and the numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import solara

from experiments.texts import Language
from viz.figures.markup import tag
from viz.pages.html import Raw, box
from viz.pages.texts import say
from viz.plan.file import slug, to_toml
from viz.plan.plan import Plan
from viz.room.report import report_files
from viz.room.room import Asked, Room
from viz.widgets.download import Download

__all__ = ["Downloads", "zipped"]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@solara.component
def Downloads(room: Room, asked: Asked, lang: Language) -> None:
    """Buttons; what they give is made when they are pressed."""
    answer = asked.answer
    with box("section", cls="dp-card dp-downloads", aria_label=say("downloads", lang)):
        Raw(tag("h2", say("downloads", lang)))
        with box("div", cls="dp-row"):
            for plan in asked.plans or (room.plan,):
                shown = plan.name or say("own_plan", lang)
                label = f"{say('scenario_file', lang)}: {shown}"[:60]
                _button(label, f"{slug(shown)}.toml", "application/toml", _file(plan, slug(shown)), lang)
            if answer is not None and not answer.sample and answer.pairs > 1 and asked.plans:
                report, book = f"report-{lang}.html", f"numbers-{lang}.xlsx"
                _button(
                    say("report", lang), f"deltaplan-{lang}.html", "text/html",
                    lambda: report_files(asked, lang)[report], lang,
                )  # fmt: skip
                _button("XLSX", f"deltaplan-{lang}.xlsx", _XLSX, lambda: report_files(asked, lang)[book], lang)
                _button("CSV", "deltaplan-csv.zip", "application/zip", lambda: tables(asked, lang), lang)
        if asked.plans and (answer is None or answer.sample or answer.pairs < 2):
            Raw(tag("p", say("report_later", lang), cls="dp-note"))


def _button(label: str, file: str, mime: str, make: Callable[[], bytes], lang: Language) -> None:
    element = Download.element(label=label, file=file, mime=mime, make=make, failed=say("download_failed", lang))
    box("div", element, cls="dp-download").key(file)


def _file(plan: Plan, id: str) -> Callable[[], bytes]:
    return lambda: to_toml(plan, id).encode()


def tables(asked: Asked, lang: Language) -> bytes:
    """The numbers of the report as CSV files in an archive."""
    return zipped({name: content for name, content in report_files(asked, lang).items() if name.endswith(".csv")})


def zipped(files: dict[str, bytes]) -> bytes:
    """Files in an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in sorted(files.items()):
            archive.writestr(name, one)
    return content.getvalue()
