"""What the questions print, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["say"]

TEXTS: dict[str, dict[Language, str]] = {
    # common
    "compiling": {
        "en": "Compiling the model: once, up to two minutes; the next run starts at once.",
        "nl": "Het model wordt gecompileerd: eenmalig, hooguit twee minuten; een volgende keer start het meteen.",
    },
    "stopped": {
        "en": "Stopped. What is finished is in {folder}; the same command goes on from there.",
        "nl": "Gestopt. Wat klaar is staat in {folder}; dezelfde opdracht gaat vandaar verder.",
    },
    # sensitivity
    "sensitivity_starting": {
        "en": "{scenario}: {factors} assumptions vary{groups} over the ranges of their evidence; {points} points x "
        "{seeds} seeds = {runs} runs of {years} years with {share} of the inhabitants; processes: {jobs}",
        "nl": "{scenario}: {factors} aannames variëren{groups} over de marges van hun onderbouwing; {points} punten x "
        "{seeds} seeds = {runs} runs van {years} jaar met {share} van de inwoners; processen: {jobs}",
    },
    "in_groups": {"en": ", in {groups} groups by topic,", "nl": ", in {groups} groepen naar onderwerp,"},
    "group": {"en": "{name} ({count} assumptions)", "nl": "{name} ({count} aannames)"},
    "sensitivity_title": {
        "en": "{indicator} ({unit}), {scenario} in {year}: what it hangs on",
        "nl": "{indicator} ({unit}), {scenario} in {year}: waar het van afhangt",
    },
    "sensitivity_spread": {
        "en": "Over all points: median {middle}, 90 % between {low} and {high}.",
        "nl": "Over alle punten: mediaan {middle}, 90 % tussen {low} en {high}.",
    },
    "head_factor": {"en": "assumption", "nl": "aanname"},
    "head_effect": {"en": "effect of its range", "nl": "effect van de marge"},
    "head_interval": {"en": "95 %", "nl": "95 %"},
    "head_direction": {"en": "direction", "nl": "richting"},
    "head_depends": {"en": "hangs on others", "nl": "hangt van andere af"},
    "head_chance": {"en": "chance alone", "nl": "alleen toeval"},
    "head_range": {"en": "range", "nl": "marge"},
    "head_first": {"en": "alone", "nl": "alleen"},
    "head_total": {"en": "with others", "nl": "met andere"},
    "head_pawn": {"en": "any influence", "nl": "enige invloed"},
    "sensitivity_more": {
        "en": "{more} more with smaller effects are in the CSV file.",
        "nl": "Nog {more} met kleinere effecten staan in het CSV-bestand.",
    },
    "morris_read": {
        "en": "Effect: mean change of the outcome, up or down, when an assumption goes through its whole range. {told} "
        "of {factors} are told apart from chance (their interval lies above what chance alone gives).",
        "nl": "Effect: gemiddelde verandering van de uitkomst, op of neer, als een aanname haar hele marge doorloopt. "
        "{told} van {factors} zijn van toeval te onderscheiden (het interval ligt boven wat toeval alleen geeft).",
    },
    "morris_one_seed": {
        "en": "Effect: mean change of the outcome, up or down, when an assumption goes through its whole range. One "
        "seed: what chance alone gives is not known; use --seeds 2 or more.",
        "nl": "Effect: gemiddelde verandering van de uitkomst, op of neer, als een aanname haar hele marge doorloopt. "
        "Eén seed: wat toeval alleen geeft is niet bekend; gebruik --seeds 2 of meer.",
    },
    "morris_few": {
        "en": "With {size} trajectories the intervals are themselves unsure; give --trajectories 10 or more.",
        "nl": "Met {size} trajecten zijn de intervallen zelf onzeker; geef --trajectories 10 of meer.",
    },
    "morris_groups": {
        "en": 'Look into a topic with --parameters "{first}.*".',
        "nl": 'Bekijk een onderwerp nader met --parameters "{first}.*".',
    },
    "sobol_read": {
        "en": "Shares of the variance of the outcome over these ranges: by an assumption alone, and with its part in "
        "what it does together with others. {rest} of it comes from assumptions together.",
        "nl": "Aandelen van de variantie van de uitkomst over deze marges: van een aanname alleen, en met haar deel in "
        "wat zij samen met andere doet. {rest} ervan komt van aannames samen.",
    },
    "given_read": {
        "en": "Alone: share of the variance of the outcome. Any influence: how far fixing it moves the outcome's "
        "distribution (0 to 1); an assumption without any gets {chance} by chance, {told} of {factors} get more.",
        "nl": "Alleen: aandeel van de variantie van de uitkomst. Enige invloed: hoe ver vastzetten de verdeling van de "
        "uitkomst verschuift (0 tot 1); een aanname zonder invloed krijgt door toeval {chance}, {told} van {factors} "
        "krijgen meer.",
    },
    "sensitivity_saved": {
        "en": "Saved in {folder}: sensitivity.csv, a chart for each indicator (SVG), and the runs "
        "(`deltaplan sql {folder}`).",
        "nl": "Opgeslagen in {folder}: sensitivity.csv, per indicator een grafiek (SVG), en de runs "
        "(`deltaplan sql {folder}`).",
    },
    "chart_morris": {
        "en": "{scenario} in {year}: mean change over the range of each assumption (Morris); {share} of the "
        "inhabitants, seeds "
        "{seeds}",
        "nl": "{scenario} in {year}: gemiddelde verandering over de marge van elke aanname (Morris); {share} van de "
        "inwoners, "
        "seeds {seeds}",
    },
    "chart_sobol": {
        "en": "{scenario} in {year}: share of the variance with interactions (Sobol); {share} of the inhabitants, "
        "seeds {seeds}",
        "nl": "{scenario} in {year}: aandeel van de variantie met interacties (Sobol); {share} van de inwoners, seeds "
        "{seeds}",
    },
    "chart_given": {
        "en": "{scenario} in {year}: distance that fixing it moves the outcome (PAWN); {share} of the inhabitants, "
        "seeds {seeds}",
        "nl": "{scenario} in {year}: hoe ver vastzetten de uitkomst verschuift (PAWN); {share} van de inwoners, seeds "
        "{seeds}",
    },
    "chart_note_morris": {
        "en": "Line: 95 % interval. Dashed: what chance alone gives. Assumptions (grade C) are no findings.",
        "nl": "Lijn: 95 %-interval. Gestreept: wat toeval alleen geeft. Aannames (graad C) zijn geen bevindingen.",
    },
    "chart_note_sobol": {
        "en": "Line: 95 % interval. Assumptions (grade C) are no findings.",
        "nl": "Lijn: 95 %-interval. Aannames (graad C) zijn geen bevindingen.",
    },
    "chart_note_given": {
        "en": "Dashed: what an assumption without any influence gets by chance.",
        "nl": "Gestreept: wat een aanname zonder invloed door toeval krijgt.",
    },
    "raises": {"en": "a higher value raises it", "nl": "een hogere waarde verhoogt het"},
    "lowers": {"en": "a higher value lowers it", "nl": "een hogere waarde verlaagt het"},
    # discover
    "discover_starting": {
        "en": "{scenario}: {factors} assumptions vary over the ranges of their evidence; {samples} draws x {seeds} "
        "seeds = "
        "{runs} runs of {years} years with {share} of the inhabitants; processes: {jobs}",
        "nl": "{scenario}: {factors} aannames variëren over de marges van hun onderbouwing; {samples} trekkingen x "
        "{seeds} seeds = {runs} runs van {years} jaar met {share} van de inwoners; processen: {jobs}",
    },
    "discover_title": {
        "en": "{scenario} fails when {condition} in {year}: {fails} of {draws} draws ({share}); values from {low} to "
        "{high}",
        "nl": "{scenario} mislukt als {condition} in {year}: {fails} van {draws} trekkingen ({share}); waarden van "
        "{low} "
        "tot {high}",
    },
    "discover_few": {
        "en": "{fails} draws fail, which is few or nearly all: what follows is weak. Choose a value nearer the "
        "middle, or "
        "more draws.",
        "nl": "{fails} trekkingen mislukken; dat is weinig of bijna alles, dus wat volgt is zwak. Kies een waarde "
        "meer in "
        "het midden, of meer trekkingen.",
    },
    "discover_box": {"en": "It fails when all of these hold (PRIM)", "nl": "Het mislukt als dit alles geldt (PRIM)"},
    "discover_no_box": {
        "en": "No circumstances stand out from chance.",
        "nl": "Geen omstandigheden steken boven toeval uit.",
    },
    "head_when": {"en": "when", "nl": "als"},
    "head_qp": {"en": "chance gives as much", "nl": "toeval geeft evenveel"},
    "head_stable": {"en": "found in other halves", "nl": "gevonden in andere helften"},
    "below": {"en": "below {value}", "nl": "onder {value}"},
    "above": {"en": "above {value}", "nl": "boven {value}"},
    "between": {"en": "between {low} and {high}", "nl": "tussen {low} en {high}"},
    "and": {"en": " and ", "nl": " en "},
    "moves_with": {"en": ", with {count} more places", "nl": ", met nog {count} plaatsen"},
    "discover_says": {
        "en": "{coverage} of the failures lie there (coverage); there {density} fail (density), against {share} of all "
        "draws. It holds {mass} of the draws.",
        "nl": "{coverage} van de mislukkingen ligt daar (dekking); daar mislukt {density} (dichtheid), tegen {share} "
        "van "
        "alle trekkingen. Er ligt {mass} van de trekkingen in.",
    },
    "discover_tested": {
        "en": "Sought on one half of the draws and tested on the other: coverage {coverage}, density {density}.",
        "nl": "Gezocht in de ene helft van de trekkingen en getoetst op de andere: dekking {coverage}, dichtheid "
        "{density}.",
    },
    "discover_rules": {"en": "Rules of a small tree (CART)", "nl": "Regels van een kleine boom (CART)"},
    "discover_no_rules": {
        "en": "No rule in which more fail than do not.",
        "nl": "Geen regel waarin er meer mislukken dan niet.",
    },
    "discover_rule": {
        "en": "- {text}: {density} fail, {coverage} of the failures",
        "nl": "- {text}: {density} mislukt, {coverage} van de mislukkingen",
    },
    "discover_read": {
        "en": "Seeds a draw: {seeds}; inhabitants simulated: {share}. Circumstances are those of the assumptions "
        "that "
        "varied; they say where the plan is weak, not how likely that is.",
        "nl": "Seeds per trekking: {seeds}; inwoners gesimuleerd: {share}. Omstandigheden zijn die van de aannames die "
        "varieerden; zij zeggen waar het plan zwak is, niet hoe waarschijnlijk dat is.",
    },
    "discover_saved": {
        "en": "Saved in {folder}: discover.csv (every draw) and discover.json (with the peeling curve).",
        "nl": "Opgeslagen in {folder}: discover.csv (elke trekking) en discover.json (met de afpelcurve).",
    },
    # portfolio
    "portfolio_costing": {
        "en": "Costs of {candidates} interventions: one run of the whole region, {years} years",
        "nl": "Kosten van {candidates} interventies: één run van de hele regio, {years} jaar",
    },
    "portfolio_starting": {
        "en": "{packages} packages x {futures} futures x {seeds} seeds = {runs} runs of {years} years with {share} of "
        "the "
        "inhabitants; processes: {jobs}",
        "nl": "{packages} pakketten x {futures} toekomsten x {seeds} seeds = {runs} runs van {years} jaar met {share} "
        "van "
        "de inwoners; processen: {jobs}",
    },
    "portfolio_title": {
        "en": "{scenario} in {year}: packages within {budget} euro a year",
        "nl": "{scenario} in {year}: pakketten binnen {budget} euro per jaar",
    },
    "portfolio_costs": {"en": "Euro a year: {costs}.", "nl": "Euro per jaar: {costs}."},
    "portfolio_nothing": {"en": "(nothing)", "nl": "(niets)"},
    "head_package": {"en": "package", "nl": "pakket"},
    "head_cost": {"en": "euro a year", "nl": "euro per jaar"},
    "head_mean": {"en": "mean", "nl": "gemiddeld"},
    "head_difference": {"en": "difference", "nl": "verschil"},
    "head_better": {"en": "better in", "nl": "beter in"},
    "head_regret": {"en": "regret", "nl": "spijt"},
    "head_most_regret": {"en": "most regret", "nl": "meeste spijt"},
    "head_pareto": {"en": "Pareto", "nl": "Pareto"},
    "to": {"en": "to", "nl": "tot"},
    "of": {"en": "{part} of {whole}", "nl": "{part} van {whole}"},
    "portfolio_best": {
        "en": "Best on average: {best}. Least regret in the worst future: {robust}.",
        "nl": "Gemiddeld het best: {best}. Minste spijt in de slechtste toekomst: {robust}.",
    },
    "portfolio_noise": {
        "en": "Its difference with nothing is noise: the interval holds zero. More --futures or --seeds may tell.",
        "nl": "Het verschil met niets is ruis: nul ligt in het interval. Meer --futures of --seeds kan uitsluitsel "
        "geven.",
    },
    "portfolio_told": {
        "en": "Its difference with nothing is told apart from zero, as one of several comparisons.",
        "nl": "Het verschil met niets is van nul te onderscheiden, als een van meer vergelijkingen.",
    },
    "portfolio_searched": {
        "en": "Looked at: {looked} of {every} packages ({how}), in {futures} futures x {seeds} seeds, {share} of the "
        "inhabitants, {years} years. Pareto (*): no other package looked at is as good in every objective and as "
        "cheap. "
        "Not searched: other settings, starts and places. Settings that are counts for the region weigh more in a "
        "share "
        "than in the whole: confirm with --share 1, or deltaplan compare.",
        "nl": "Bekeken: {looked} van {every} pakketten ({how}), in {futures} toekomsten x {seeds} seeds, {share} van "
        "de "
        "inwoners, {years} jaar. Pareto (*): geen ander bekeken pakket is in elk doel even goed en even goedkoop. Niet "
        "gezocht: andere instellingen, begindata en plaatsen. Instellingen die aantallen voor de regio zijn wegen in "
        "een "
        "deel zwaarder dan in het geheel: bevestig met --share 1, of met deltaplan compare.",
    },
    "portfolio_all": {"en": "all within the budget", "nl": "alle binnen het budget"},
    "portfolio_nsga": {"en": "those that NSGA-II came to", "nl": "die waar NSGA-II op kwam"},
    "portfolio_saved": {
        "en": "Saved in {folder}: portfolio.csv and portfolio.json (with the futures).",
        "nl": "Opgeslagen in {folder}: portfolio.csv en portfolio.json (met de toekomsten).",
    },
    # calibrate
    "calibrate_starting": {
        "en": "{scenario}, wave {wave} of {waves}: {factors} free parameters; {samples} sets x {seeds} seeds = {runs} "
        "runs "
        "with {share} of the inhabitants; processes: {jobs}",
        "nl": "{scenario}, ronde {wave} van {waves}: {factors} vrije parameters; {samples} sets x {seeds} seeds = "
        "{runs} "
        "runs met {share} van de inwoners; processen: {jobs}",
    },
    "calibrate_share": {
        "en": "With a share of the inhabitants duty, hours, distances and small numbers are not those of the region, "
        "so "
        "some targets are missed for that reason alone: good for a trial; use --share 1 for sets to work with.",
        "nl": "Met een deel van de inwoners zijn diensten, uren, afstanden en kleine aantallen niet die van de regio, "
        "dus "
        "sommige doelen worden alleen daardoor gemist: goed als proef; gebruik --share 1 voor sets om mee te werken.",
    },
    "calibrate_title": {
        "en": "{scenario}: {accepted} of {samples} sets are not ruled out by what is published",
        "nl": "{scenario}: {accepted} van {samples} sets worden niet uitgesloten door wat gepubliceerd is",
    },
    "calibrate_misses": {
        "en": "None of these are free of faults: a set was let through when it misses at most {misses} of the "
        "{targets} "
        "targets within reach.",
        "nl": "Foutloos zijn zij niet: een set mocht door als zij hooguit {misses} van de {targets} doelen binnen "
        "bereik "
        "mist.",
    },
    "head_target": {"en": "target", "nl": "doel"},
    "head_unit": {"en": "unit", "nl": "eenheid"},
    "head_published": {"en": "published", "nl": "gepubliceerd"},
    "head_tried": {"en": "all sets", "nl": "alle sets"},
    "head_left": {"en": "accepted", "nl": "aanvaard"},
    "head_inside": {"en": "in range", "nl": "binnen marge"},
    "head_use": {"en": "used as", "nl": "gebruikt als"},
    "use_fitted": {"en": "fitted", "nl": "ijking"},
    "use_unreachable": {"en": "out of reach", "nl": "buiten bereik"},
    "use_check": {"en": "check", "nl": "toets"},
    "calibrate_targets": {
        "en": "Spans hold 90 % of the sets; in range: share of the accepted sets. A set is ruled out beyond {cutoff} "
        "standard deviations of a fitted target (published range = two either side, and chance between seeds). Out of "
        "reach: no set comes so near, whatever these parameters are; it is left out and does not fit. Checks are not "
        "fitted to.",
        "nl": "Bereiken bevatten 90 % van de sets; binnen marge: deel van de aanvaarde sets. Een set valt af vanaf "
        "{cutoff} standaardafwijkingen van een ijkdoel (gepubliceerde marge = twee aan elke kant, en toeval tussen "
        "seeds). "
        "Buiten bereik: geen set komt zo dichtbij, wat deze parameters ook zijn; het telt niet mee en klopt niet. Aan "
        "toetsen is niet geijkt.",
    },
    "head_now": {"en": "now", "nl": "nu"},
    "head_median": {"en": "median", "nl": "mediaan"},
    "head_middle": {"en": "90 % of accepted", "nl": "90 % van aanvaard"},
    "head_narrowed": {"en": "narrowed", "nl": "versmald"},
    "calibrate_ranges": {
        "en": "Narrowed: how much smaller the range of the accepted sets is than that of the evidence; near 0 % the "
        "targets say nothing about it.",
        "nl": "Versmald: hoeveel kleiner de marge van de aanvaarde sets is dan die van de onderbouwing; bij 0 % "
        "zeggen de "
        "doelen er niets over.",
    },
    "calibrate_few": {
        "en": "{accepted} accepted sets are too few for correlations.",
        "nl": "{accepted} aanvaarde sets zijn te weinig voor correlaties.",
    },
    "calibrate_pair": {
        "en": "Known together rather than apart: {a} and {b} (rank correlation {r}).",
        "nl": "Eerder samen bekend dan apart: {a} en {b} (rangcorrelatie {r}).",
    },
    "calibrate_no_pairs": {
        "en": "No two parameters go together in the accepted sets (rank correlations below 0.5).",
        "nl": "Geen twee parameters gaan samen in de aanvaarde sets (rangcorrelaties onder 0,5).",
    },
    "head_set": {"en": "set", "nl": "set"},
    "head_worst": {"en": "worst target, sd", "nl": "slechtste doel, sd"},
    "head_misses": {"en": "missed", "nl": "gemist"},
    "head_inside_of": {"en": "targets in range", "nl": "doelen binnen marge"},
    "calibrate_more": {"en": "{more} more are in the file.", "nl": "Nog {more} staan in het bestand."},
    "calibrate_saved": {
        "en": "Accepted sets: {file}; runs: {folder} (`deltaplan sql {folder}`).",
        "nl": "Aanvaarde sets: {file}; runs: {folder} (`deltaplan sql {folder}`).",
    },
}


say = speaker(TEXTS)
"""Says the texts above."""
