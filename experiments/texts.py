"""What the command line prints during and after a run, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

__all__ = ["Language", "Say", "number", "say", "speaker"]

Language = Literal["nl", "en"]

TEXTS: dict[str, dict[Language, str]] = {
    "assumptions": {
        "en": "Careers of GPs and the fate of practices rest on assumptions (grade C): compare scenarios over several "
        "seeds; this is no forecast.",
        "nl": "Loopbanen van huisartsen en het lot van praktijken rusten op aannames (graad C): vergelijk scenario's "
        "over meer seeds; dit is geen voorspelling.",
    },
    "starting": {
        "en": "{scenario}: {people} inhabitants of {region}, {years} years from {start}, seed {seed}, {mode} capacity",
        "nl": "{scenario}: {people} inwoners van {region}, {years} jaar vanaf {start}, seed {seed}, capaciteit {mode}",
    },
    "building": {"en": "Building the region and its people ...", "nl": "Regio en inwoners worden opgebouwd ..."},
    "from_state": {
        "en": "Going on from {date}, with the state in {folder}",
        "nl": "Verder vanaf {date}, met de stand in {folder}",
    },
    "state_saved": {
        "en": "State of {date}: {folder}",
        "nl": "Stand van {date}: {folder}",
    },
    "compiling": {
        "en": "Compiling the model: once, about a minute; the next run starts at once.",
        "nl": "Het model wordt gecompileerd: eenmalig, ongeveer een minuut; een volgende keer start het meteen.",
    },
    "interpreted": {
        "en": "No compiler for this run (numba is missing or switched off): expect it to be a hundred times slower.",
        "nl": "Zonder compiler (numba ontbreekt of staat uit): reken op honderd keer zo lang.",
    },
    "year": {
        "en": "{year} simulated, {percent} %, {left} left",
        "nl": "{year} gesimuleerd, {percent} %, nog {left}",
    },
    "left": {"en": "left", "nl": "te gaan"},
    "stopping": {
        "en": "Finishing this month; what is done will be saved. Ctrl-C again stops at once and saves nothing.",
        "nl": "Deze maand wordt afgemaakt en opgeslagen. Nog eens Ctrl-C stopt meteen, zonder opslaan.",
    },
    "interrupted": {"en": "Interrupted: results up to {date}.", "nl": "Onderbroken: resultaten tot en met {date}."},
    "saved": {
        "en": "Results: {folder}  ({seconds} s; again with: deltaplan show {folder})",
        "nl": "Resultaten: {folder}  ({seconds} s; opnieuw te zien met: deltaplan show {folder})",
    },
    "title": {
        "en": "{scenario}, seed {seed}: {region}, up to {date}",
        "nl": "{scenario}, seed {seed}: {region}, tot en met {date}",
    },
    "no_year": {
        "en": "No full year was simulated, so there are no yearly indicators.",
        "nl": "Er is geen heel jaar gesimuleerd, dus er zijn geen jaarcijfers.",
    },
    "note": {"en": "note: {text}", "nl": "let op: {text}"},
    "scenario_good": {
        "en": "{file}: nothing wrong; {region}, years: {years}, interventions: {interventions}, events: {events}",
        "nl": "{file}: niets mis; {region}, jaren: {years}, interventies: {interventions}, gebeurtenissen: {events}",
    },
    "scenario_new": {
        "en": "{file} written; check it with: deltaplan check {file}",
        "nl": "{file} geschreven; controleer het met: deltaplan check {file}",
    },
    "intervention": {"en": "intervention", "nl": "interventie"},
    "event_word": {"en": "event", "nl": "gebeurtenis"},
    "settings": {"en": "Settings", "nl": "Instellingen"},
    "costs": {"en": "Costs", "nl": "Kosten"},
    "key": {"en": "key", "nl": "sleutel"},
    "value": {"en": "value", "nl": "waarde"},
    "range": {"en": "range", "nl": "bereik"},
    "grade_c": {"en": "C, assumption", "nl": "C, aanname"},
    "grade_means_a": {"en": "read at its source", "nl": "bij de bron gelezen"},
    "grade_means_b": {"en": "well known", "nl": "algemeen bekend"},
    "grade_means_c": {"en": "assumption", "nl": "aanname"},
    "values_of": {"en": "{count} values, {low} to {high}", "nl": "{count} waarden, {low} tot {high}"},
    "value_for": {"en": "for", "nl": "voor"},
    "parameters_count": {
        "en": "{count} parameters, {assumed} of them assumptions (grade C)",
        "nl": "{count} parameters, waarvan {assumed} aannames (graad C)",
    },
    "where_region": {"en": "the whole region", "nl": "de hele regio"},
    "where_municipalities": {"en": "some municipalities", "nl": "enkele gemeenten"},
    "where_practices": {"en": "some practices", "nl": "enkele praktijken"},
    "acts_region": {
        "en": "Acts in: {places}; at full strength {months} months after its start.",
        "nl": "Werkt in: {places}; op volle sterkte {months} maanden na het begin.",
    },
    "acts_practices": {
        "en": "Acts in: {places}; within {months} months {reach} % of the practices take part.",
        "nl": "Werkt in: {places}; binnen {months} maanden doet {reach} % van de praktijken mee.",
    },
    "acts_event": {"en": "Acts in: {places}; from its date on.", "nl": "Werkt in: {places}; vanaf de datum."},
    "indicator": {"en": "indicator", "nl": "indicator"},
    "unit": {"en": "unit", "nl": "eenheid"},
    "first": {"en": "first year", "nl": "eerste jaar"},
    "last": {"en": "last year", "nl": "laatste jaar"},
    "published": {"en": "published", "nl": "gepubliceerd"},
    "in_range": {"en": "in range", "nl": "erbinnen"},
    "yes": {"en": "yes", "nl": "ja"},
    "no": {"en": "no", "nl": "nee"},
    "name": {"en": "name", "nl": "naam"},
    "better": {"en": "better", "nl": "beter"},
    "better_lower": {"en": "lower", "nl": "lager"},
    "better_higher": {"en": "higher", "nl": "hoger"},
    "better_none": {"en": "-", "nl": "-"},
    "groups": {"en": "by", "nl": "naar"},
    "by_municipality": {"en": "municipality", "nl": "gemeente"},
    "by_place": {"en": "place", "nl": "plaats"},
    "by_age": {"en": "age", "nl": "leeftijd"},
    "by_deprivation": {"en": "deprivation", "nl": "achterstand"},
    "by_practice": {"en": "practice", "nl": "praktijk"},
    "by_post": {"en": "post", "nl": "post"},
    "by_title": {"en": "{scenario} by {by}, {year}", "nl": "{scenario} naar {by}, {year}"},
    "age": {"en": "age", "nl": "leeftijd"},
    "simulated": {"en": "simulated", "nl": "gesimuleerd"},
    "year_of": {"en": "year", "nl": "jaar"},
    "grade": {"en": "grade", "nl": "graad"},
    "source": {"en": "source", "nl": "bron"},
    "changed": {"en": "changed", "nl": "anders"},
    "changed_multiply": {"en": "interventions multiply it", "nl": "interventies vermenigvuldigen het"},
    "changed_add": {"en": "interventions add to it", "nl": "interventies tellen erbij op"},
    "changed_region": {"en": ", in the whole region only", "nl": ", alleen in de hele regio"},
    "changed_never": {
        "en": "not by interventions: it is read only while the region is made",
        "nl": "niet door interventies: het wordt alleen gelezen als de regio wordt gemaakt",
    },
    "too_low": {"en": "no, low", "nl": "nee, laag"},
    "too_high": {"en": "no, high", "nl": "nee, hoog"},
    "targets_title": {
        "en": "{scenario}, seed {seed}: {region} in {year} against what is published",
        "nl": "{scenario}, seed {seed}: {region} in {year} naast wat gepubliceerd is",
    },
    "headline_mark": {"en": "* headline target", "nl": "* hoofddoel"},
    "targets_marks": {
        "en": "° the model is given this figure, so that it fits says little. Grade: A read at its "
        "source, B well known, C derived or assumed.",
        "nl": "° het model krijgt dit cijfer mee, dus dat het klopt zegt weinig. Graad: A bij de bron "
        "gelezen, B algemeen bekend, C afgeleid of aangenomen.",
    },
    "targets_tally": {
        "en": "{inside} of {known} targets within their range; headline {headline} of {headlines} ({rule}); of those "
        "that the model is not given {free} of {frees}.",
        "nl": "{inside} van {known} doelen binnen hun marge; hoofddoelen {headline} van {headlines} ({rule}); van wat "
        "het model niet meekrijgt {free} van {frees}.",
    },
    "targets_missing": {
        "en": "{missing} could not be worked out from this run.",
        "nl": "{missing} konden uit deze run niet worden berekend.",
    },
    "rule_met": {"en": "three quarters: met", "nl": "driekwart: gehaald"},
    "rule_missed": {"en": "three quarters: not met", "nl": "driekwart: niet gehaald"},
    "page_made": {
        "en": "Made by `deltaplan targets` from scenario {scenario}, seed {seed} (run {run}), not to be changed by "
        "hand. The targets and their ranges (`sim/indicators/targets.toml`) were listed before the model was fitted.",
        "nl": "Gemaakt door `deltaplan targets` uit scenario {scenario}, seed {seed} (run {run}); niet met de hand te "
        "wijzigen. De doelen en marges (`sim/indicators/targets.toml`) stonden vast voordat het model werd geijkt.",
    },
    "page_outside": {"en": "What does not fit", "nl": "Wat niet klopt"},
    "page_none": {"en": "Everything fits.", "nl": "Alles klopt."},
    "page_miss": {
        "en": "{name}: {simulated} against {low} - {high} ({unit}).",
        "nl": "{name}: {simulated} tegen {low} - {high} ({unit}).",
    },
    "page_headline": {"en": "Headline targets", "nl": "Hoofddoelen"},
    "page_other": {"en": "Other targets", "nl": "Andere doelen"},
    "written": {"en": "Written: {file}", "nl": "Geschreven: {file}"},
    "scenario": {"en": "scenario", "nl": "scenario"},
    "region": {"en": "region", "nl": "regio"},
    "scenario_here": {"en": "scenario here", "nl": "scenario hier"},
    "region_here": {"en": "region here", "nl": "regio hier"},
    "rest_line": {
        "en": "{regions} more of the Netherlands, found by name (docs/country.md)",
        "nl": "nog {regions} van Nederland, te vinden op naam (docs/country.md)",
    },
    "region_line": {
        "en": "{label}: {municipalities} municipalities, {people} inhabitants",
        "nl": "{label}: {municipalities} gemeenten, {people} inwoners",
    },
    "tally": {
        "en": "{inside} of {known} first-year values lie in their published range.",
        "nl": "{inside} van {known} waarden van het eerste jaar liggen binnen wat gepubliceerd is.",
    },
    # loop test
    "runs": {"en": "runs", "nl": "runs"},
    "counted_runs": {
        "en": "{done} of {total} runs simulated, {left} left",
        "nl": "{done} van {total} runs gesimuleerd, nog {left}",
    },
    "loop_starting": {
        "en": "{scenario}: {region}, {years} years from {start}, with strain switched off and on; pairs: {pairs}, from "
        "seed {seed}; processes: {jobs}",
        "nl": "{scenario}: {region}, {years} jaar vanaf {start}, met overbelasting uit en aan; paren: {pairs}, vanaf "
        "seed {seed}; processen: {jobs}",
    },
    "loop_title": {
        "en": "What strain does in {scenario}: {region}, years: {years}, pairs: {pairs} from seed {first}",
        "nl": "Wat overbelasting doet in {scenario}: {region}, {years} jaar, paren: {pairs} vanaf seed {first}",
    },
    "loop_measure": {"en": "measure", "nl": "maat"},
    "loop_off": {"en": "A, off", "nl": "A, uit"},
    "loop_on": {"en": "B, on", "nl": "B, aan"},
    "loop_difference": {"en": "B - A", "nl": "B - A"},
    "loop_interval": {"en": "95 % interval", "nl": "95 %-interval"},
    "loop_from_to": {"en": "{low} to {high}", "nl": "{low} tot {high}"},
    "loop_zero": {"en": "zero excluded", "nl": "nul uitgesloten"},
    "loop_removed": {"en": "variance removed", "nl": "spreiding weg"},
    "loop_pairs": {"en": "pairs", "nl": "paren"},
    "loop_columns": {
        "en": "A: strain changes nothing; B: it makes GPs leave, move, cut hours and fall ill. Both runs of a pair "
        "have the same people with the same luck; variance removed is what that is worth. Interval: Student's t over "
        "the pairs.",
        "nl": "A: overbelasting verandert niets; B: huisartsen stoppen, vertrekken, minderen en worden ziek door "
        "overbelasting. Beide runs van een paar hebben dezelfde mensen met hetzelfde lot; spreiding weg is wat dat "
        "oplevert. Interval: Student's t over de paren.",
    },
    "loop_one_pair": {
        "en": "One pair: how far others differ is not known.",
        "nl": "Eén paar: hoeveel andere verschillen is niet bekend.",
    },
    "loop_many_pairs": {
        "en": "People without a GP differ much from pair to pair: 50 to 100 pairs may be needed to tell a difference "
        "from zero; used here: {pairs}.",
        "nl": "Mensen zonder huisarts verschillen sterk van paar tot paar: voor een verschil dat van nul te "
        "onderscheiden is kunnen 50 tot 100 paren nodig zijn; hier gebruikt: {pairs}.",
    },
    "loop_gain_title": {
        "en": "Gain of the loop: % of FTE lost for good per % of load; from 1 on the region runs away",
        "nl": "Versterking van de lus: % fte blijvend weg per % belasting; vanaf 1 loopt de regio weg",
    },
    "loop_strength": {"en": "strength of strain", "nl": "sterkte van overbelasting"},
    "loop_exits": {"en": "leaving", "nl": "stoppen"},
    "loop_hours": {"en": "hours", "nl": "uren"},
    "loop_moves": {"en": "moving", "nl": "vertrek"},
    "loop_sum": {"en": "sum", "nl": "som"},
    "loop_pull": {"en": "with pull {pull}", "nl": "met trek {pull}"},
    "loop_low": {"en": "low", "nl": "laag"},
    "loop_central": {"en": "central", "nl": "midden"},
    "loop_high": {"en": "high", "nl": "hoog"},
    "loop_per_load": {
        "en": "Strain per unit of log load: {total} (hours {hours}, lists {lists}, duty {duty}). A mean-field estimate "
        "for small disturbances, worked out from the parameters, not from these runs.",
        "nl": "Overbelasting per eenheid log-belasting: {total} (uren {hours}, lijsten {lists}, diensten {duty}). Een "
        "schatting voor kleine verstoringen, uitgerekend met de parameters en niet uit deze runs.",
    },
    "loop_assumption": {
        "en": "How newcomers respond to load (pull) is an assumption whose range goes through zero; nothing published "
        "identifies it. At central strain the gain is {central_first} at {first} (load repels) and {central_last} at "
        "{last} (load attracts); over low to high strain {low_first} to {high_first} and {low_last} to {high_last}.",
        "nl": "Hoe nieuwkomers op belasting reageren (trek) is een aanname met een marge door nul; niets dat "
        "gepubliceerd is legt haar vast. Bij middelmatige overbelasting is de versterking {central_first} bij {first} "
        "(belasting stoot af) en {central_last} bij {last} (belasting trekt aan); van lage tot hoge overbelasting "
        "{low_first} tot {high_first} en {low_last} tot {high_last}.",
    },
    # events of one practice or GP
    "events_practice": {
        "en": "Practice {number}{where} in {scenario}, seed {seed}, up to {date}",
        "nl": "Praktijk {number}{where} in {scenario}, seed {seed}, tot en met {date}",
    },
    "events_gp": {
        "en": "GP {number}{where} in {scenario}, seed {seed}, up to {date}",
        "nl": "Huisarts {number}{where} in {scenario}, seed {seed}, tot en met {date}",
    },
    "events_none": {"en": "Nothing happened that is in the log.", "nl": "Er gebeurde niets dat in het logboek staat."},
    "events_date": {"en": "date", "nl": "datum"},
    "events_party_gp": {"en": "GP", "nl": "huisarts"},
    "events_what": {"en": "what happened", "nl": "wat er gebeurde"},
    "events_why": {"en": "why", "nl": "waardoor"},
    "events_moved": {
        "en": "Where its people went when it ended ({people})",
        "nl": "Waar de mensen heen gingen toen de praktijk ophield ({people})",
    },
    "events_people": {"en": "people", "nl": "mensen"},
    "events_without": {"en": "without a GP", "nl": "zonder huisarts"},
    "events_note": {
        "en": "Practices and GPs are those of the world with seed {seed}, no real ones. What began before the run, "
        "such as a search that was open already, is not in the log.",
        "nl": "Het zijn praktijken en huisartsen uit de wereld met seed {seed}, geen echte. Wat voor de run begon, "
        "zoals zoeken dat al liep, staat niet in het logboek.",
    },
    # stress test
    "round": {"en": "round {round}", "nl": "ronde {round}"},
    "worlds": {"en": "worlds", "nl": "werelden"},
    "counted_worlds": {
        "en": "{done} of {total} worlds built and simulated up to the shock, {left} left",
        "nl": "{done} van {total} werelden opgebouwd en gesimuleerd tot de schok, nog {left}",
    },
    "counted": {
        "en": "round {round}: {done} of {total} shocks simulated, {left} left",
        "nl": "ronde {round}: {done} van {total} schokken gesimuleerd, nog {left}",
    },
    "order_random": {"en": "at random", "nl": "willekeurig"},
    "order_age": {"en": "the oldest first", "nl": "de oudsten eerst"},
    "stress_starting": {
        "en": "{scenario}: GPs of {region} go {order} on {date}; {runs} worlds from seed {first}; processes: {jobs}",
        "nl": "{scenario}: huisartsen in {region} vallen weg, {order}, op {date}; {runs} werelden vanaf seed {first}; "
        "processen: {jobs}",
    },
    "stress_stopped": {
        "en": "Stopped: {done} shocks are kept in {folder}; the same command goes on from there.",
        "nl": "Gestopt: {done} schokken zijn bewaard in {folder}; dezelfde opdracht gaat daar verder.",
    },
    "stress_title": {
        "en": "Stress test of {scenario}: GPs of {region} go {order} on {date}",
        "nl": "Stresstest van {scenario}: huisartsen in {region} vallen weg, {order}, op {date}",
    },
    "stress_tips_at": {
        "en": "Access tips when {share} of the GPs are lost ({order}): beyond that, more than 5 % of the people whose "
        "list was released have no list within 15 minutes by car {months} months later.",
        "nl": "De toegang kantelt als {share} van de huisartsen wegvalt ({order}): daarboven heeft meer dan 5 % van de "
        "mensen van wie de inschrijving verviel na {months} maanden geen praktijk binnen 15 autominuten.",
    },
    "stress_tips_below": {
        "en": "Access has tipped already when {share} of the GPs are lost ({order}): more than 5 % of the people whose "
        "list was released have no list within 15 minutes by car {months} months later.",
        "nl": "De toegang is al gekanteld als {share} van de huisartsen wegvalt ({order}): meer dan 5 % van de mensen "
        "wier inschrijving verviel heeft na {months} maanden geen praktijk binnen 15 autominuten.",
    },
    "stress_tips_above": {
        "en": "Access does not tip up to a loss of {share} of the GPs ({order}): at most 5 % of the people whose list "
        "was released have no list within 15 minutes by car {months} months later.",
        "nl": "De toegang kantelt niet tot een verlies van {share} van de huisartsen ({order}): hooguit 5 % van de "
        "mensen van wie de inschrijving verviel heeft na {months} maanden geen praktijk binnen 15 autominuten.",
    },
    "stress_between": {
        "en": "Median of {runs} worlds; lowest {low}, highest {high}.",
        "nl": "Mediaan van {runs} werelden; laagste {low}, hoogste {high}.",
    },
    "stress_one_run": {
        "en": "One world: how far others differ is not known.",
        "nl": "Eén wereld: hoeveel andere verschillen is niet bekend.",
    },
    "stress_window": {
        "en": "GPs and the search for their successors go on one day and lists are released at once: there is no "
        "search window in these figures. Where practices search and are run temporarily, collapse comes when that "
        "ends. Counted are those whose list was released and who live in the region still.",
        "nl": "Huisartsen en het zoeken naar hun opvolgers vallen op één dag weg en inschrijvingen vervallen meteen: "
        "er zit geen zoektermijn in deze cijfers. Waar praktijken zoeken en tijdelijk worden beheerd, volgt de klap "
        "als dat eindigt. Geteld zijn de mensen van wie de inschrijving verviel en die nog in de regio wonen.",
    },
    "stress_horizon": {"en": "tipping point", "nl": "kantelpunt"},
    "stress_after": {"en": "after {months} months", "nl": "na {months} maanden"},
    "stress_median": {"en": "median", "nl": "mediaan"},
    "stress_lowest": {"en": "lowest", "nl": "laagste"},
    "stress_highest": {"en": "highest", "nl": "hoogste"},
    "stress_point_below": {"en": "at most {share}", "nl": "hooguit {share}"},
    "stress_point_at": {"en": "{share}", "nl": "{share}"},
    "stress_point_above": {"en": "more than {share}", "nl": "meer dan {share}"},
    "stress_curve": {
        "en": "People without a list within 15 minutes, of those whose list was released: mean (lowest - highest)",
        "nl": "Zonder praktijk binnen 15 minuten, van wie de inschrijving verviel: gemiddeld (laagste - hoogste)",
    },
    "stress_share": {"en": "GPs lost", "nl": "huisartsen weg"},
    "stress_released": {"en": "lists released, people", "nl": "inschrijving vervallen, mensen"},
    "stress_far": {
        "en": "For {share} of them the list that was released lay more than 15 minutes away already.",
        "nl": "Voor {share} van hen lag ook de praktijk die wegviel al verder dan 15 minuten.",
    },
    "stress_by_risk": {
        "en": "Practices by risk ({shown} of {practices})",
        "nl": "Praktijken naar risico ({shown} van {practices})",
    },
    "stress_by_benefit": {
        "en": "Practices by benefit ({shown} of {practices})",
        "nl": "Praktijken naar opvang ({shown} van {practices})",
    },
    "practice": {"en": "practice", "nl": "praktijk"},
    "municipality": {"en": "municipality", "nl": "gemeente"},
    "list": {"en": "list", "nl": "ingeschreven"},
    "risk": {"en": "risk", "nl": "risico"},
    "benefit": {"en": "benefit", "nl": "opvang"},
    "stress_lost": {"en": "lost in shocks", "nl": "verloren in schokken"},
    "stress_taken_in": {"en": "taken in", "nl": "opgevangen"},
    "stress_ranking_note": {
        "en": "Risk: people who lose access when only this practice closes. Benefit: displaced people it can absorb. "
        "Lost in shocks: people of its list without access a year after the shocks that hit it; taken in: released "
        "people on its list a year after the others. Practices are those of the world with seed {seed}, no real ones.",
        "nl": "Risico: mensen die hun toegang verliezen als alleen deze praktijk sluit. Opvang: ontheemde mensen die "
        "zij kan inschrijven. Verloren in schokken: haar mensen zonder toegang een jaar na schokken die haar troffen; "
        "opgevangen: zulke mensen op haar lijst een jaar na de andere. Het zijn praktijken uit de wereld met seed "
        "{seed}, geen echte.",
    },
}


class Say(Protocol):
    """Says texts of one table."""

    def __call__(self, key: str, lang: Language, /, **values: object) -> str:
        """The text ``key`` in one language, filled in."""


def speaker(texts: Mapping[str, Mapping[Language, str]]) -> Say:
    """What says the texts of a table, which holds each in both languages by key."""

    def say(key: str, lang: Language, /, **values: object) -> str:
        return texts[key][lang].format(**values)

    return say


say = speaker(TEXTS)
"""Says the texts above."""


def number(value: float | None, lang: Language) -> str:
    """A number to about three digits with thousands and decimals as the language writes them; ``-`` for none."""
    if value is None or value != value:
        return "-"
    size = abs(value)
    decimals = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2 if size >= 0.1 else 4
    text = f"{value:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text
