"""Keeping graduates: who gets a training place, help with a partner's work, guidance into a job after training."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier


def _near_the_end(it: Instance, facts: Facts) -> float:
    """Trainees in the last of the three years."""
    return facts.trainees / 3.0


@intervention(
    "training_retention",
    name=("Keeping those trained here", "Behoud van opgeleide huisartsen"),
    about=(
        "Places first for applicants from the region, guidance into a job after training, and help with work for the "
        "partner.",
        "Plaatsen eerst voor kandidaten uit de regio, begeleiding naar een baan na de opleiding, en hulp bij werk voor "
        "de partner.",
    ),
    adoption_months=12,
    settings=(
        Setting(
            "home_first", 0.2, 0.0, 0.5, "share of places that others would take", "C",
            "Assumption: 89 % of trainees get the region of their first choice already, which leaves little to "
            "allocate; no figure of what a preference for the region's own applicants changes",
            "Aanname: 89 % van de aios krijgt al de regio van eerste keuze, wat weinig te verdelen laat; geen cijfer "
            "over wat voorrang voor kandidaten uit de eigen regio verandert",
            "Places that go to applicants from the region", "Plaatsen voor kandidaten uit de regio",
            effect=True, neutral=0.0,
        ),
        Setting(
            "guidance", 1.2, 1.0, 1.6, "odds ratio of settling", "C",
            "Assumption: no Dutch figure found; taken as large as what help with a partner's work is assumed to do",
            "Aanname: geen Nederlands cijfer gevonden; even groot genomen als wat van hulp bij werk voor de partner "
            "wordt aangenomen",
            "Settling with guidance after training", "Vestigen met begeleiding na de opleiding",
            effect=True, neutral=1.0,
        ),
        Setting(
            "partner", 1.2, 1.0, 1.6, "odds ratio of settling", "C",
            "Assumption: a barrier named in Friesland (three of the first eight leads) and Twente, its size unknown",
            "Aanname: een drempel die in Friesland (drie van de eerste acht kandidaten) en Twente wordt genoemd, "
            "omvang onbekend",
            "Settling with help for the partner, graduates without family here",
            "Vestigen met hulp voor de partner, zonder familie hier", ("I33.1", "I33.2"), effect=True, neutral=1.0,
        ),
        Setting(
            "locum", 0.8, 0.5, 1.0, "times the share who begin as changing locum", "C",
            "Assumption: guidance leads to posts in the region; 95 % start as locum or employed GP (Nivel 2020), and "
            "what a programme changes in that was not found",
            "Aanname: begeleiding leidt naar banen in de regio; 95 % begint als waarnemer of HIDHA (Nivel 2020), en "
            "wat een programma daaraan verandert is niet gevonden",
            "Graduates who begin as changing locum", "Gediplomeerden die als wisselend waarnemer beginnen",
            effect=True, neutral=1.0,
        ),
    ),
    costs=(
        Cost(
            "coordinator", 90_000, 45_000, 180_000, "yearly", "region", "gp_organisation", "C",
            "Assumption: one FTE who guides, knows the vacancies and helps partners; no budget found",
            "Aanname: één fte die begeleidt, de vacatures kent en partners helpt; geen budget gevonden",
            "Coordinator", "Coördinator",
        ),
        Cost(
            "guidance_year", 1_500, 500, 4_000, "yearly", "trainee", "gp_organisation", "C",
            "Assumption: some ten hours a year of an experienced GP as mentor; no budget found",
            "Aanname: zo'n tien uur per jaar van een ervaren huisarts als mentor; geen budget gevonden",
            "A mentor for a trainee in the last year", "Een mentor voor een aios in het laatste jaar",
            count=_near_the_end, per_text=Text("trainee in the last year", "aios in het laatste jaar"),
        ),
    ),
)  # fmt: skip
def training_retention(it: Instance) -> Iterator[Modifier]:
    """Of the tie between training region and later work only a part is made by the training: about half of it is
    choice, since those who want to live here apply here. So the programme has two handles with different delays.
    Places that go first to applicants with family in the region change who is trained, and are felt when these
    qualify, more than three years later; trainees who come on extra places have not chosen the region and are not
    touched. Guidance and help with a partner's work act on those who qualify now: guidance on the odds of settling
    of all, a partner's job on those without family here. Odds saturate: where most stay anyway, help adds little.
    When practices have openings (load) graduates settle more; with none, guidance finds no post.

    Guidance leads to posts. Where there are some, fewer graduates begin as changing locum, and until they are
    replaced the region has fewer locum hours for illness, holidays and vacant seats. The programme adds no trainee,
    and whoever it keeps is missed by another region.
    """
    yield it.modify("training.home_first", it.number("home_first"))
    yield it.modify("training.guidance", math.log(it.number("guidance")))
    yield it.modify("training.partner_job", math.log(it.number("partner")))
    yield it.modify("training.locum", it.number("locum"))
