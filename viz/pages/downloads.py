"""What can be taken home: the plan as a scenario file, the report, and the numbers."""

from __future__ import annotations

import io
import zipfile

import solara

from experiments.texts import Language
from viz.figures.markup import tag
from viz.pages.html import Raw, box
from viz.pages.texts import say
from viz.plan.file import slug, to_toml
from viz.room.report import report_files
from viz.room.room import Asked, Room

__all__ = ["Downloads", "zipped"]


@solara.component
def Downloads(room: Room, asked: Asked, lang: Language) -> None:
    """Buttons; what they give is made when they are pressed."""
    with box("section", cls="dp-card dp-downloads", aria_label=say("downloads", lang)):
        Raw(tag("h2", say("downloads", lang)))
        with box("div", cls="dp-row"):
            for plan in asked.plans or (room.plan,):
                name = slug(plan.name)
                shown = plan.name or say("own_plan", lang)
                solara.FileDownload(
                    to_toml(plan), filename=f"{name}.toml", label=f"{say('scenario_file', lang)}: {shown}"[:60],
                    mime_type="application/toml",
                ).key(f"file {plan.name}")  # fmt: skip
            answer = asked.answer
            if answer is not None and not answer.sample and answer.pairs > 1 and asked.plans:
                solara.FileDownload(
                    lambda: report_files(asked, lang)[f"report-{lang}.html"],
                    filename=f"deltaplan-{lang}.html", label=say("report", lang), mime_type="text/html",
                ).key("report")  # fmt: skip
                solara.FileDownload(
                    lambda: report_files(asked, lang)[f"numbers-{lang}.xlsx"],
                    filename=f"deltaplan-{lang}.xlsx", label="XLSX",
                    mime_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ).key("xlsx")  # fmt: skip
                solara.FileDownload(
                    lambda: zipped(
                        {name: content for name, content in report_files(asked, lang).items() if name.endswith(".csv")}
                    ),
                    filename="deltaplan-csv.zip", label="CSV", mime_type="application/zip",
                ).key("csv")  # fmt: skip


def zipped(files: dict[str, bytes]) -> bytes:
    """Files in an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in sorted(files.items()):
            archive.writestr(name, one)
    return content.getvalue()
