"""A recruitment campaign for GPs from elsewhere, with help for their partners and, if wanted, higher pay."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.interventions.base import Cost, Setting, Text
from sim.interventions.instance import Facts, Instance
from sim.interventions.registry import intervention
from sim.modifiers import Modifier

_GRADUATE, _MOVER, _LOCUM, _OWNER = ORIGINS = ("graduate", "mover", "locum", "owner-to-be")
_PAID_YEARS = 3.0
_MILLION = 1_000_000


def _extra(it: Instance) -> dict[str, float]:
    """Inflow by origin that the campaign draws, as a share of the usual inflow."""
    p = it.parameters
    partner = (it.number("partner") - 1.0) * (1.0 - p.number("careers.family_tie"))
    pay = it.number("pay") * it.number("response")
    known = it.number("pool") + pay
    return {_GRADUATE: known + partner, _MOVER: known + partner, _LOCUM: known, _OWNER: it.number("owners") + pay}


def _on_higher_pay(it: Instance, facts: Facts) -> float:
    """GPs in their first years here, usual newcomers too, times the rise of their pay."""
    p = it.parameters
    usual = p.column("careers.pool_stock") * p.column("careers.pool_share")
    extra = _extra(it)
    coming = sum(float(n) * (1.0 + extra[origin]) for n, origin in zip(usual, ORIGINS, strict=False))
    coming += p.number("careers.outside_owners") * (1.0 + extra[_OWNER])
    years = min((facts.month - it.start + 1) / 12.0, _PAID_YEARS)
    return it.number("pay") * coming * facts.inhabitants / _MILLION * years


@intervention(
    "recruitment_campaign",
    name=("Recruitment campaign", "Wervingscampagne"),
    about=(
        "A campaign that makes the region known to GPs elsewhere, with help to find work for their partners and, if "
        "wanted, higher pay in the first years.",
        "Een campagne die de regio bij huisartsen elders bekendmaakt, met hulp bij werk voor hun partners en zo nodig "
        "hogere beloning in de eerste jaren.",
    ),
    adoption_months=6,
    settings=(
        Setting(
            "owners", 0.5, 0.0, 2.0, "times the usual, on top of it", "C",
            "Assumption: one ready candidate in the first three months for 650,000 people (Friesland 2018), four a "
            "year beside the five who look in at Twente anyway, half of whom would have come without",
            "Aanname: één kandidaat die eraan toe is in de eerste drie maanden voor 650.000 mensen (Friesland 2018), "
            "vier per jaar naast de vijf die toch al in Twente komen kijken, van wie de helft zonder campagne ook was "
            "gekomen",
            "More owners-to-be who look in", "Meer aanstaande praktijkhouders die komen kijken", ("I17.2",),
            effect=True, neutral=0.0,
        ),
        Setting(
            "pool", 0.1, 0.0, 0.4, "times the usual, on top of it", "C",
            "Assumption: no campaign has counted employed GPs and locums who came",
            "Aanname: geen campagne heeft HIDHA's en waarnemers geteld die kwamen",
            "More graduates, movers and locums who come", "Meer gediplomeerden, verhuizers en waarnemers die komen",
            effect=True, neutral=0.0,
        ),
        Setting(
            "partner", 1.2, 1.0, 1.6, "odds ratio of coming", "C",
            "Assumption: a barrier named in Friesland (three of the first eight leads) and Twente, its size unknown",
            "Aanname: een drempel die in Friesland (drie van de eerste acht kandidaten) en Twente wordt genoemd, "
            "omvang onbekend",
            "Coming with help for the partner, those without family here",
            "Komen met hulp voor de partner, zonder familie hier", ("I33.1", "I33.2"), effect=True, neutral=1.0,
        ),
        Setting(
            "pay", 0.0, 0.0, 0.3, "share of the usual pay", "C",
            "Assumption: no campaign raised pay; to try it out",
            "Aanname: geen campagne verhoogde de beloning; om het uit te proberen",
            "Higher pay in the first three years", "Hogere beloning in de eerste drie jaar", effect=True, neutral=0.0,
        ),
        Setting(
            "response", 0.23, 0.0, 1.6, "percent more inflow per percent of pay", "C",
            "Assumption: 65 % of GPs would move in none of the choices offered to them; 10 % more pay moved .8 percent "
            "point, 2.3 % of the other 35 (remembered survey); high: of the 5 % who do move",
            "Aanname: 65 % van de huisartsen zou bij geen van de voorgelegde keuzes verhuizen; 10 % meer beloning "
            "bewoog 0,8 procentpunt, 2,3 % van de overige 35 (enquête uit het geheugen); hoog: van de 5 % die wel "
            "verhuist",
            "Response to pay", "Reactie op beloning", effect=True, neutral=0.0,
        ),
        Setting(
            "earlier", 0.5, 0.0, 0.9, "share of the extra", "C",
            "Assumption: who is drawn would in part have come later; additional share unknown",
            "Aanname: wie wordt aangetrokken was deels later ook gekomen; het extra deel is onbekend",
            "Of those drawn, who would have come later anyway", "Van de extra instroom wie later toch was gekomen",
        ),
        Setting(
            "years_earlier", 2.0, 1.0, 5.0, "years", "C", "Assumption: no figure found",
            "Aanname: geen cijfer gevonden",
            "How much later", "Hoeveel later", whole=True,
        ),
    ),
    costs=(
        Cost(
            "campaign", 150_000, 50_000, 300_000, "yearly", "region", "gp_organisation", "C",
            "Assumption: no budget of a regional campaign found",
            "Aanname: geen budget van een regionale campagne gevonden",
            "The campaign", "De campagne", ("C10.7",),
        ),
        Cost(
            "partner_help", 40_000, 0, 100_000, "yearly", "region", "municipality", "C",
            "Assumption: half an FTE who goes round employers",
            "Aanname: een halve fte die langs werkgevers gaat",
            "Help with work for partners", "Hulp bij werk voor partners",
        ),
        Cost(
            "higher_pay", 120_000, 90_000, 150_000, "yearly", "region", "insurer", "C",
            "Assumption: income of a GP at work full time, of which the rise is paid to all newcomers for three years",
            "Aanname: inkomen van een voltijds werkende huisarts, waarvan de verhoging drie jaar aan alle nieuwkomers "
            "wordt betaald",
            "The rise of pay", "De hogere beloning", count=_on_higher_pay,
            per_text=Text("GP in the first three years, times the rise", "huisarts in de eerste drie jaar, maal de "
                          "verhoging"),
        ),
    ),
)  # fmt: skip
def recruitment_campaign(it: Instance) -> Iterator[Modifier]:
    """More of the GPs elsewhere come and look: owners-to-be, graduates, movers and locums. Looking is not coming. An
    owner-to-be still weighs every vacancy against waiting, by list, partner in the practice, town and taste, so a
    campaign fills no seat that nobody wants, and where seats are short it only lets practices choose. Others come as
    changing locum or take a post where there is one. Help with a partner's work matters for those without family
    here: more of them come, and owners-to-be among them mind a move less. Pay is a weak lever, and a rise has to be
    paid to those who would have come without it.

    The pool outside is finite. A part of those drawn would have come later by themselves and are then missing; when
    the campaign ends, inflow is lower than usual for a time. Newcomers without a tie to the region leave it twice as
    often as those with one. It makes no GP: other regions lose what this one gains.
    """
    p = it.parameters
    later = round(it.number("years_earlier") * 12)
    for origin, share in _extra(it).items():
        quantity = f"careers.campaign[{origin}]"
        yield it.modify(quantity, share)
        missing = -share * it.number("earlier")
        end = None if it.end is None else it.end + later
        yield Modifier(quantity, missing, it.id, it.start + later, end, it.scope, it.adoption)
    minds = abs(p.number("succession.partner_moves"))
    left = max(0.0, 1.0 - math.log(it.number("partner")) / minds) if minds > 0.0 else 1.0
    yield it.modify("succession.partner_moves", left)
