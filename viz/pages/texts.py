"""Words of the pages, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    # the plan
    "scenario": {"en": "Start from", "nl": "Begin met"},
    "own_plan": {"en": "Own plan", "nl": "Eigen plan"},
    "years": {"en": "Years", "nl": "Jaren"},
    "run": {"en": "Run", "nl": "Doorrekenen"},
    "stop": {"en": "Stop", "nl": "Stop"},
    "undo": {"en": "Undo", "nl": "Ongedaan maken"},
    "redo": {"en": "Redo", "nl": "Opnieuw doen"},
    "reset": {"en": "Back to the baseline", "nl": "Terug naar het basispad"},
    "levers": {"en": "Plan", "nl": "Plan"},
    "plan_name": {"en": "Name of this plan", "nl": "Naam van dit plan"},
    "keep": {"en": "Keep for comparison", "nl": "Bewaar om te vergelijken"},
    "kept": {"en": "Kept: {names}", "nl": "Bewaard: {names}"},
    "nothing_on": {
        "en": "Nothing is switched on: this is the baseline.",
        "nl": "Er staat niets aan: dit is het basispad.",
    },
    # progress
    "waiting": {"en": "Waiting; {place} before you", "nl": "In de wachtrij; {place} voor u"},
    "first": {
        "en": "First impression, on a sample of {share} % ...",
        "nl": "Eerste indruk, op een steekproef van {share} % ...",
    },
    "sure": {
        "en": "Runs of {part}: {done} of {total} done ...",
        "nl": "Berekeningen van {part}: {done} van {total} klaar ...",
    },
    "done": {"en": "Done: {pairs} pairs of runs of {part}.", "nl": "Klaar: {pairs} paren van {part}."},
    "all_of_it": {"en": "the whole region", "nl": "de hele regio"},
    "part_of_it": {"en": "{share} % of the region", "nl": "{share} % van de regio"},
    "stopped": {"en": "Stopped.", "nl": "Gestopt."},
    "failed": {
        "en": "A run failed (number {id}). The number leads to what happened in the log of who runs this view.",
        "nl": "Een berekening is mislukt (nummer {id}). Met dat nummer is in het logboek te vinden wat er gebeurde.",
    },
    "stale": {
        "en": "These results belong to other settings. Press Run.",
        "nl": "Deze uitkomsten horen bij andere instellingen. Druk op Doorrekenen.",
    },
    "stale_running": {
        "en": "These results belong to other settings; those of the new ones are on their way.",
        "nl": "Deze uitkomsten horen bij andere instellingen; die van de nieuwe komen eraan.",
    },
    "sample": {
        "en": "First impression, from a sample of whole practices ({share} % of the people, {pairs} pair(s)), brought "
        "to the whole region. With so few practices levels can be far off: look at the difference. The whole region "
        "follows.",
        "nl": "Eerste indruk, uit een steekproef van hele praktijken ({share} % van de mensen, {pairs} paar), "
        "omgerekend naar de hele regio. Met zo weinig praktijken kunnen niveaus er ver naast zitten: kijk "
        "naar het verschil. De hele regio volgt.",
    },
    "whole": {
        "en": "{share} % of the region, {pairs} pair(s) of runs; bands are 95 % intervals of the mean (from "
        "three pairs).",
        "nl": "{share} % van de regio, {pairs} paar berekeningen; banden zijn 95%-intervallen van het gemiddelde "
        "(vanaf drie paar).",
    },
    "no_answer": {"en": "Results come here.", "nl": "Hier komen de uitkomsten."},
    "no_year": {"en": "The first year is being simulated ...", "nl": "Het eerste jaar wordt doorgerekend ..."},
    # tiles and charts
    "headline": {"en": "Headline figures", "nl": "Kerncijfers"},
    "from_to": {"en": "from {start} (now) to {end}", "nl": "van {start} (nu) naar {end}"},
    "against": {"en": "baseline {base}", "nl": "basispad {base}"},
    "map_title": {"en": "Practices in the region", "nl": "Praktijken in de regio"},
    "map_about": {
        "en": "Dot: a practice, sized by its list, coloured by its load. Diamond: out-of-hours post. Area: the "
        "darker, the larger the share without a GP. {sketch}",
        "nl": "Stip: een praktijk, grootte naar lijst, kleur naar belasting. Ruit: huisartsenpost. Vlak: hoe "
        "donkerder, hoe groter het aandeel zonder huisarts. {sketch}",
    },
    "sketch": {"en": "Borders are a sketch.", "nl": "Grenzen zijn een schets."},
    "load": {"en": "Load", "nl": "Belasting"},
    "trends_title": {"en": "Course", "nl": "Verloop"},
    "baseline": {"en": "Baseline", "nl": "Basispad"},
    "plan": {"en": "Plan", "nl": "Plan"},
    "as_table": {"en": "as table", "nl": "als tabel"},
    "as_chart": {"en": "as chart", "nl": "als grafiek"},
    "save_png": {"en": "save picture", "nl": "bewaar plaatje"},
    "play": {"en": "Play", "nl": "Afspelen"},
    "pause": {"en": "Pause", "nl": "Pauze"},
    "month": {"en": "Month", "nl": "Maand"},
    "map_of": {"en": "Map shows", "nl": "Kaart toont"},
    # stories
    "story": {"en": "The story of", "nl": "Het verhaal van"},
    "choose_practice": {"en": "Choose on the map, or here", "nl": "Kies op de kaart, of hier"},
    "none": {"en": "-", "nl": "-"},
    "story_none": {
        "en": "Choose a practice or municipality to see what happens to it.",
        "nl": "Kies een praktijk of gemeente om te zien wat daar gebeurt.",
    },
    "story_events": {"en": "What happens", "nl": "Wat er gebeurt"},
    "story_quiet": {"en": "Nothing that the log knows of.", "nl": "Niets wat in het logboek staat."},
    "story_synthetic": {"en": "A synthetic practice: no real one.", "nl": "Een synthetische praktijk: geen echte."},
    "year": {"en": "Year", "nl": "Jaar"},
    "list": {"en": "List", "nl": "Lijst"},
    "staff": {"en": "GP FTE", "nl": "Fte huisarts"},
    "wait": {"en": "Third next available (working days)", "nl": "Derde vrije afspraak (werkdagen)"},
    "state": {"en": "Registration", "nl": "Inschrijving"},
    "people": {"en": "Inhabitants", "nl": "Inwoners"},
    "without": {"en": "Without a GP", "nl": "Zonder huisarts"},
    "practice_n": {"en": "practice {number}", "nl": "praktijk {number}"},
    # watch
    "watch_intro": {
        "en": "The model itself, week by week, on a sample of {share} % of the region with the plan that is set in "
        "Explore.",
        "nl": "Het model zelf, week voor week, op een steekproef van {share} % van de regio met het plan dat bij "
        "Verkennen staat ingesteld.",
    },
    "watch_begin": {"en": "Build the region", "nl": "Bouw de regio"},
    "watch_again": {"en": "Begin anew", "nl": "Begin opnieuw"},
    "step": {"en": "One week on", "nl": "Een week verder"},
    "speed": {"en": "Speed", "nl": "Snelheid"},
    "weeks_a_second": {"en": "{n} weeks a second", "nl": "{n} weken per seconde"},
    "watch_date": {"en": "Week up to {date}", "nl": "Week tot {date}"},
    "watch_week": {"en": "In this week", "nl": "In deze week"},
    "watch_crowded": {
        "en": "Too many models are being watched at once; try again later.",
        "nl": "Er wordt naar te veel modellen tegelijk gekeken; probeer het later opnieuw.",
    },
    "watch_failed": {"en": "The model stopped (number {id}).", "nl": "Het model is gestopt (nummer {id})."},
    "needs": {"en": "Needs felt", "nl": "Zorgvragen"},
    "contacts": {"en": "Contacts with GPs", "nl": "Contacten met huisartsen"},
    "given_up": {"en": "Forgone", "nl": "Van afgezien"},
    "to_post": {"en": "From the day to the post", "nl": "Overdag naar de post"},
    "by_wait": {"en": "Third next available (working days)", "nl": "Derde vrije afspraak (werkdagen)"},
    # faults
    "faults": {"en": "This cannot be run:", "nl": "Dit kan niet worden doorgerekend:"},
    # downloads
    "downloads": {"en": "Take home", "nl": "Meenemen"},
    "scenario_file": {"en": "Scenario file", "nl": "Scenariobestand"},
    "report_later": {
        "en": "The report can be had when two pairs of all years are done.",
        "nl": "Het rapport komt zodra twee paren van alle jaren klaar zijn.",
    },
    "download_failed": {
        "en": "This file could not be made (number {{id}}).",
        "nl": "Dit bestand kon niet worden gemaakt (nummer {{id}}).",
    },
    "report": {"en": "Report", "nl": "Rapport"},
    "upload": {
        "en": "Load a scenario file (.toml): choose it, or drop it here",
        "nl": "Laad een scenariobestand (.toml): kies het, of sleep het hierheen",
    },
    "loaded": {"en": "Loaded: {name}", "nl": "Geladen: {name}"},
    # compare
    "compare_title": {"en": "Plans side by side", "nl": "Plannen naast elkaar"},
    "compare_none": {
        "en": "Keep a plan in Explore (at most four); here they stand side by side.",
        "nl": "Bewaar een plan bij Verkennen (hooguit vier); hier staan ze naast elkaar.",
    },
    "compare_run": {"en": "Compare", "nl": "Vergelijk"},
    "compare_table": {"en": "Last year: difference from the baseline", "nl": "Laatste jaar: verschil met het basispad"},
    "who_gains": {"en": "Who gains, and who does not", "nl": "Wie wint, en wie niet"},
    "cost": {"en": "Cost", "nl": "Kosten"},
    "later": {
        "en": "Comes when all years are simulated.",
        "nl": "Volgt zodra alle jaren zijn doorgerekend.",
    },
    "drop": {"en": "Remove {name}", "nl": "Verwijder {name}"},
    "indicator": {"en": "Indicator", "nl": "Maat"},
    "by": {"en": "By", "nl": "Naar"},
    "everything": {"en": "All figures", "nl": "Alle cijfers"},
    # why
    "why_intro": {
        "en": "How the plan works through, in the last year. Bold: surely different from the baseline (95 %). The "
        "arrows are the loop of the model.",
        "nl": "Hoe het plan doorwerkt, in het laatste jaar. Vet: zeker anders dan in het basispad (95%). De pijlen "
        "zijn de lus van het model.",
    },
    "why_empty": {
        "en": "Switch something on in Explore and run it: here you see why the outcome is what it is.",
        "nl": "Zet bij Verkennen iets aan en reken het door: hier ziet u waarom de uitkomst is wat hij is.",
    },
    "why_table": {"en": "The same as a table", "nl": "Hetzelfde als tabel"},
    # assumptions
    "assumptions_intro": {
        "en": "{n} figures, {c} of them assumptions (grade C). A was read at its source, B is well known.",
        "nl": "{n} cijfers, waarvan {c} aannames (graad C). A is bij de bron gelezen, B is algemeen bekend.",
    },
    "search": {"en": "Search", "nl": "Zoek"},
    "only_c": {"en": "Assumptions only", "nl": "Alleen aannames"},
    "topic": {"en": "Topic", "nl": "Onderwerp"},
    "all_topics": {"en": "all", "nl": "alle"},
    "name": {"en": "Name", "nl": "Naam"},
    "value": {"en": "Value", "nl": "Waarde"},
    "range": {"en": "Range", "nl": "Bereik"},
    "unit": {"en": "Unit", "nl": "Eenheid"},
    "grade": {"en": "Grade", "nl": "Graad"},
    "source": {"en": "Source", "nl": "Bron"},
    "shown_of": {"en": "{shown} of {total} shown", "nl": "{shown} van {total} getoond"},
    "change_one": {"en": "Change an assumption", "nl": "Verander een aanname"},
    "which": {"en": "Which figure", "nl": "Welk cijfer"},
    "set": {"en": "Set in the plan", "nl": "Zet in het plan"},
    "unset": {"en": "As shipped", "nl": "Zoals geleverd"},
    "out_of_range": {"en": "Give a number from {low} to {high}.", "nl": "Geef een getal van {low} tot {high}."},
    "changed_figures": {"en": "Changed in the plan", "nl": "Veranderd in het plan"},
    "calibration": {
        "en": "The first year against published figures",
        "nl": "Het eerste jaar naast gepubliceerde cijfers",
    },
    "published": {"en": "Published", "nl": "Gepubliceerd"},
    "simulated": {"en": "Simulated", "nl": "Gesimuleerd"},
    "inside": {"en": "In range", "nl": "In bereik"},
    "yes": {"en": "yes", "nl": "ja"},
    "no": {"en": "no", "nl": "nee"},
}

say = speaker(TEXTS)
"""Says the texts above."""
