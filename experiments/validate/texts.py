"""What a validation says, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "starting": {
        "en": "{scenario} and what is published: {runs} runs, {share} of the inhabitants; processes: {jobs}",
        "nl": "{scenario} en wat gepubliceerd is: {runs} runs, {share} van de inwoners; processen: {jobs}",
    },
    "title": {"en": "{region}: simulated against published", "nl": "{region}: gesimuleerd tegenover gepubliceerd"},
    "made": {
        "en": "Made by `deltaplan validate {scenario}` from {seeds} seeds ({first} to {last}), {share} of the "
        "inhabitants.",
        "nl": "Gemaakt door `deltaplan validate {scenario}` uit {seeds} seeds ({first} tot en met {last}), {share} "
        "van de inwoners.",
    },
    "part": {
        "en": "Only {share} of the inhabitants was simulated: levels can be far off.",
        "nl": "Slechts {share} van de inwoners is gesimuleerd: niveaus kunnen er ver naast zitten.",
    },
    "one_seed": {
        "en": "One seed: chance is not known; use --seeds 2 or more.",
        "nl": "Eén seed: het toeval is onbekend; gebruik --seeds 2 of meer.",
    },
    "fit": {"en": "A. Fit of the first year, {year}", "nl": "A. Passing van het eerste jaar, {year}"},
    "fit_about": {
        "en": "The targets were listed, with their ranges, before the model was fitted to any of them. Simulated is "
        "the mean over the seeds with its interval of 95 % by chance. Distance is from the middle of the published "
        "range in half-widths of it: within -1 and 1 it fits.",
        "nl": "De doelen zijn met hun marges opgesteld voordat het model op een ervan is ingesteld. Gesimuleerd is "
        "het gemiddelde over de seeds met het 95 %-interval door toeval. Afstand is die tot het midden van de "
        "gepubliceerde marge in halve breedten ervan: tussen -1 en 1 past het.",
    },
    "tally": {
        "en": "{headline} of {headlines} headline targets lie in their published range; the rule of three quarters is "
        "{rule}. Of those headline targets that the model is not given, {free} of {frees}. Of the other targets "
        "{other} of {others}; of those not given {other_free} of {other_frees}.",
        "nl": "{headline} van {headlines} hoofddoelen liggen in hun gepubliceerde marge; aan de regel van driekwart "
        "is {rule}. Van de hoofddoelen die het model niet opgelegd krijgt {free} van {frees}. Van de andere doelen "
        "{other} van {others}; van die niet zijn opgelegd {other_free} van {other_frees}.",
    },
    "met": {"en": "met", "nl": "voldaan"},
    "missed": {"en": "missed", "nl": "niet voldaan"},
    "no_value": {
        "en": "Without a value in some run, and left out: {names}.",
        "nl": "Zonder waarde in een van de runs, en weggelaten: {names}.",
    },
    "misfits": {"en": "Does not fit", "nl": "Past niet"},
    "misfit": {
        "en": "{name}: {simulated} {unit} against {low} - {high}, {distance} half-widths from the middle",
        "nl": "{name}: {simulated} {unit} tegenover {low} - {high}, {distance} halve breedten van het midden",
    },
    "none": {"en": "Nothing: all lie in their range.", "nl": "Niets: alles ligt in de marge."},
    "headlines": {"en": "Calibration targets (headline)", "nl": "IJkdoelen (hoofddoelen)"},
    "checks": {"en": "Checks of fit", "nl": "Toetsen van de passing"},
    "marks": {
        "en": "° the model is given this figure, so that it fits says little. Grade: A read at its source, B well "
        "known, C derived or assumed.",
        "nl": "° het model krijgt dit cijfer opgelegd, dus dat het past zegt weinig. Graad: A bij de bron gelezen, B "
        "algemeen bekend, C afgeleid of aangenomen.",
    },
    "target": {"en": "target", "nl": "doel"},
    "unit": {"en": "unit", "nl": "eenheid"},
    "simulated": {"en": "simulated", "nl": "gesimuleerd"},
    "published": {"en": "published", "nl": "gepubliceerd"},
    "range": {"en": "range", "nl": "marge"},
    "distance": {"en": "distance", "nl": "afstand"},
    "fits": {"en": "fits", "nl": "past"},
    "yes": {"en": "yes", "nl": "ja"},
    "no": {"en": "no", "nl": "nee"},
    "grade": {"en": "grade", "nl": "graad"},
    "source": {"en": "source", "nl": "bron"},
    "back": {"en": "B. Back-cast from {start} to {last}", "nl": "B. Terugblik van {start} tot en met {last}"},
    "back_about": {
        "en": "The run begins on {date} with what was known then and is held against what happened since. Nothing is "
        "tuned to the outcome. The covid years {covid} are simulated but not scored. A series counts with {least} "
        "comparable points after the start, {scored} of them outside the covid years at least. All is an index, the "
        "start = 100, of its own population: of series of the country only the change is compared. Error: mean of the "
        "absolute differences over the points that count. The rivals know what the model knows: *no change* since "
        "{start}, and the *trend* of the published points from {trend} to the start. Skill: 1 is perfect, 0 as good "
        "as the rival, negative is worse.",
        "nl": "De run begint op {date} met wat toen bekend was en wordt gehouden tegen wat sindsdien gebeurde. Niets "
        "is ingesteld op de uitkomst. De coronajaren {covid} worden gesimuleerd maar tellen niet mee. Een reeks telt "
        "mee met {least} vergelijkbare punten na de start, waarvan minstens {scored} buiten de coronajaren. Alles is "
        "een index, de start = 100, van de eigen bevolking: van landelijke reeksen wordt alleen de verandering "
        "vergeleken. Fout: gemiddelde van de absolute verschillen over de punten die meetellen. De rivalen weten wat "
        "het model weet: *geen verandering* sinds {start}, en de *trend* van de gepubliceerde punten van {trend} tot "
        "de start. Winst: 1 is volmaakt, 0 even goed als de rivaal, negatief is slechter.",
    },
    "series": {"en": "series", "nl": "reeks"},
    "points": {"en": "points", "nl": "punten"},
    "error": {"en": "error", "nl": "fout"},
    "error_flat": {"en": "error, no change", "nl": "fout, geen verandering"},
    "error_trend": {"en": "error, trend", "nl": "fout, trend"},
    "skill_flat": {"en": "skill, no change", "nl": "winst, geen verandering"},
    "skill_trend": {"en": "skill, trend", "nl": "winst, trend"},
    "outcome": {"en": "outcome", "nl": "uitslag"},
    "win": {"en": "wins", "nl": "wint"},
    "lose": {"en": "loses", "nl": "verliest"},
    "tie": {"en": "equal", "nl": "gelijk"},
    "against": {"en": "{flat} / {trend}", "nl": "{flat} / {trend}"},
    "doubt": {
        "en": "A ? marks an outcome on which the seeds disagree: chance.",
        "nl": "Een ? staat bij een uitslag waarover de seeds het oneens zijn: toeval.",
    },
    "verdict": {
        "en": "Against no change the model wins {wins} and loses {losses} of {flat}; against the trend it wins "
        "{trend_wins} and loses {trend_losses} of {trends} (series without published points before the start have no "
        "trend: {without}).",
        "nl": "Tegen geen verandering wint het model {wins} en verliest het {losses} van {flat}; tegen de trend wint "
        "het {trend_wins} en verliest het {trend_losses} van {trends} (reeksen zonder gepubliceerde punten voor de "
        "start hebben geen trend: {without}).",
    },
    "nothing": {"en": "none", "nl": "geen"},
    "values": {"en": "Point by point", "nl": "Punt voor punt"},
    "when": {"en": "when", "nl": "wanneer"},
    "flat": {"en": "no change", "nl": "geen verandering"},
    "trend": {"en": "trend", "nl": "trend"},
    "counts": {"en": "counts", "nl": "telt mee"},
    "off": {
        "en": "{name}: {way} by {gap} at {when} ({mean} against {published})",
        "nl": "{name}: {gap} {way} op {when} ({mean} tegenover {published})",
    },
    "high": {"en": "too high", "nl": "te hoog"},
    "low": {"en": "too low", "nl": "te laag"},
    "wrong": {"en": "Where the model is wrong, and by how much", "nl": "Waar het model het mis heeft, en hoeveel"},
    "wrong_about": {
        "en": "At the last point of each series, in points of the index:",
        "nl": "Op het laatste punt van elke reeks, in punten van de index:",
    },
    "not_scored": {"en": "Not scored", "nl": "Niet meegeteld"},
    "few": {"en": "fewer than {least} points after the start", "nl": "minder dan {least} punten na de start"},
    "few_scored": {
        "en": "fewer than {scored} points outside the covid years",
        "nl": "minder dan {scored} punten buiten de coronajaren",
    },
    "no_base": {"en": "no figure for the start", "nl": "geen cijfer voor de start"},
    "why": {"en": "why not", "nl": "waarom niet"},
    "what": {"en": "what", "nl": "wat"},
    "inputs": {"en": "What the run of {start} is given", "nl": "Wat de run van {start} meekrijgt"},
    "inputs_about": {
        "en": "Region `{region}`; all other parameters are those of the baseline, so what they describe of later "
        "years is known to the run too: death rates, minutes of care, the week of GPs, and what they decide.",
        "nl": "Regio `{region}`; alle andere parameters zijn die van het basisscenario, dus wat die van latere jaren "
        "beschrijven weet de run ook: sterftecijfers, minuten zorg, de week van huisartsen, en wat ze besluiten.",
    },
    "input": {"en": "input", "nl": "invoer"},
    "value": {"en": "value", "nl": "waarde"},
    "baseline": {"en": "baseline", "nl": "basisscenario"},
    "chart_fit": {
        "en": "Headline targets: distance from the middle of the published range",
        "nl": "Hoofddoelen: afstand tot het midden van de gepubliceerde marge",
    },
    "chart_fit_about": {
        "en": "half-widths of the range, which is the grey band; open: given to the model; bars: interval by chance",
        "nl": "halve breedten van de marge, de grijze band; open: opgelegd; streepjes: interval door toeval",
    },
    "chart_back": {"en": "Back-cast from {start}, start = 100", "nl": "Terugblik vanaf {start}, start = 100"},
    "chart_back_about": {
        "en": "dots: published (open: covid years, not scored); line: model with its interval; dashes: trend before "
        "the start",
        "nl": "punten: gepubliceerd (open: coronajaren, tellen niet mee); lijn: model met interval; streepjes: trend "
        "van voor de start",
    },
    "saved": {"en": "Figures and charts: {folder}", "nl": "Cijfers en grafieken: {folder}"},
    "page": {"en": "Page: {file}", "nl": "Pagina: {file}"},
    "no_past": {
        "en": "No back-cast: there are no data of an earlier year for {region}.",
        "nl": "Geen terugblik: er zijn geen gegevens van een eerder jaar voor {region}.",
    },
}

say = speaker(TEXTS)
