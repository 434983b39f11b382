"""The words of the report, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language

__all__ = ["MONTHS", "TEXTS", "tell"]

MONTHS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
        "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
}  # fmt: skip

TEXTS: dict[str, dict[Language, str]] = {
    # small words
    "unknown": {"nl": "niet bekend", "en": "not known"},
    "no_direction": {"nl": "n.v.t.", "en": "n/a"},
    "from_to": {"nl": "{low} tot {high}", "en": "{low} to {high}"},
    "and": {"nl": "en", "en": "and"},
    "yes": {"nl": "ja", "en": "yes"},
    "no": {"nl": "nee", "en": "no"},
    "million": {"nl": "miljoen", "en": "million"},
    "million_short": {"nl": "mln", "en": "m"},
    "many_values": {"nl": "{count} waarden, {low} tot {high}", "en": "{count} values, {low} to {high}"},
    "standard_name": {
        "nl": "deltaplan, simulatie van huisartsenzorg",
        "en": "deltaplan, a simulation of general practice",
    },
    "page": {"nl": "bladzijde", "en": "page"},
    "contents": {"nl": "Inhoud", "en": "Contents"},
    "skip": {"nl": "Naar de inhoud", "en": "Skip to content"},
    # question and answer
    "question": {
        "nl": "Wat doet {others} vergeleken met {base} in {region}, {first}-{last}?",
        "en": "What does {others} do compared with {base} in {region}, {first}-{last}?",
    },
    "question_more": {
        "nl": "Wat doen {others} vergeleken met {base} in {region}, {first}-{last}?",
        "en": "What do {others} do compared with {base} in {region}, {first}-{last}?",
    },
    "quoted": {"nl": "‘{name}’", "en": "‘{name}’"},
    "the_base": {"nl": "uitgangspunt", "en": "the base"},
    "notice": {
        "nl": "Een verkenning met gesimuleerde mensen, geen voorspelling.",
        "en": "An exploration with simulated people, not a forecast.",
    },
    "answer": {"nl": "Het antwoord in het kort", "en": "The answer in short"},
    "answer_better": {
        "nl": "In {window} aantoonbaar beter dan A op {count} van de {all} maten: {items}.",
        "en": "In {window} clearly better than A on {count} of {all} measures: {items}.",
    },
    "answer_not_better": {
        "nl": "In {window} op geen van de {all} maten aantoonbaar beter dan A.",
        "en": "In {window} clearly better than A on none of {all} measures.",
    },
    "answer_worse": {
        "nl": "Aantoonbaar slechter op {count}: {items}.",
        "en": "Clearly worse on {count}: {items}.",
    },
    "answer_not_worse": {
        "nl": "Op geen enkele maat aantoonbaar slechter.",
        "en": "Clearly worse on none.",
    },
    "answer_different": {
        "nl": "Anders, zonder dat een kant beter is: {items}.",
        "en": "Different, with neither way better: {items}.",
    },
    "answer_noise": {
        "nl": "Op {count} is geen verschil aan te tonen ({items}): wat daar uitkomt is ruis.",
        "en": "On {count} no difference can be shown ({items}): what comes out there is noise.",
    },
    "answer_same": {
        "nl": "Op {count} is alles tot het laatste cijfer gelijk.",
        "en": "On {count} all is the same to the last digit.",
    },
    "answer_unknown": {
        "nl": "Over {count} van de maten is met zo weinig runs niets te zeggen.",
        "en": "On {count} of the measures nothing can be said with so few runs.",
    },
    "answer_item": {
        "nl": "{label} van {base} naar {arm} {unit} ({size} {way}, 95 %-interval {low} tot {high})",
        "en": "{label} from {base} to {arm} {unit} ({size} {way}, 95 % interval {low} to {high})",
    },
    "lower": {"nl": "lager", "en": "lower"},
    "higher": {"nl": "hoger", "en": "higher"},
    "answer_more": {"nl": "en nog {count}", "en": "and {count} more"},
    "answer_cost": {
        "nl": "De maatregelen kosten over {years} jaar {total} meer dan in A{interval}.",
        "en": "Over {years} years the measures cost {total} more than in A{interval}.",
    },
    "answer_cost_each": {
        "nl": "Dat is {each} per jaar dat een extra inwoner een huisarts heeft{interval}.",
        "en": "That is {each} for each year in which one more inhabitant has a GP{interval}.",
    },
    "in_brackets": {"nl": " (95 %-interval {interval})", "en": " (95 % interval {interval})"},
    "answer_cost_undefined": {
        "nl": "Kosten per extra inwoner met een huisarts zijn niet te bepalen: die winst is niet zeker groter dan nul.",
        "en": "A cost per extra inhabitant with a GP is not defined: that gain is not surely above zero.",
    },
    "window_one": {"nl": "{last}", "en": "{last}"},
    "window_more": {"nl": "{first}-{last} (gemiddeld)", "en": "{first}-{last} (on average)"},
    "made_of": {
        "nl": "Gerekend met {people}, {pairs} paren runs, {sets}, {mode}.",
        "en": "Computed with {people}, {pairs} pairs of runs, {sets}, {mode}.",
    },
    "people_all": {"nl": "alle inwoners", "en": "all inhabitants"},
    "people_share": {"nl": "{share} % van de inwoners", "en": "{share} % of the inhabitants"},
    "sets_one": {"nl": "één parameterset", "en": "one parameter set"},
    "sets_more": {"nl": "{sets} parametersets", "en": "{sets} parameter sets"},
    "mode_bounded": {"nl": "begrensd overwerk van huisartsen", "en": "bounded overtime of GPs"},
    "mode_elastic": {"nl": "overwerk zoveel als nodig is", "en": "as much overtime as is needed"},
    "mode_hard": {"nl": "zonder overwerk", "en": "no overtime"},
    "rests_on": {
        "nl": "{count} van de {all} getallen waarop dit rust zijn aannames (graad C).",
        "en": "{count} of the {all} numbers that this rests on are assumptions (grade C).",
    },
    "reading": {"nl": "Zo leest u dit", "en": "How to read this"},
    "warnings": {"nl": "Let op", "en": "Take care"},
    # scenarios
    "scenarios": {"nl": "Scenario's: wat ze veranderen", "en": "Scenarios: what they change"},
    "scenarios_base": {
        "nl": "A, {label}, is het uitgangspunt. De andere scenario's staan hieronder met alles wat er anders aan is.",
        "en": "A, {label}, is the base. The other scenarios follow with all that differs in them.",
    },
    "changes_of": {"nl": "{letter}: {label}", "en": "{letter}: {label}"},
    "changes_none": {
        "nl": "Dit scenario verschilt niet van het uitgangspunt.",
        "en": "This scenario does not differ from the base.",
    },
    "measure": {"nl": "Maatregel", "en": "Measure"},
    "from_when": {"nl": "Vanaf", "en": "From"},
    "adoption": {"nl": "Invoering", "en": "Adoption"},
    "where": {"nl": "Waar", "en": "Where"},
    "own_settings": {"nl": "Eigen instellingen", "en": "Settings of its own"},
    "all_default": {"nl": "zoals standaard", "en": "all as by default"},
    "setting_item": {
        "nl": "{label}: {value} {unit} (standaard {default})",
        "en": "{label}: {value} {unit} (default {default})",
    },
    "start_of_run": {"nl": "het begin", "en": "the beginning"},
    "until": {"nl": "{start} tot {end}", "en": "{start} to {end}"},
    "at_once": {"nl": "meteen", "en": "at once"},
    "full_after": {"nl": "op volle sterkte na {months} maanden", "en": "at full strength after {months} months"},
    "reached": {
        "nl": "{reach} % van de praktijken binnen {months} maanden",
        "en": "{reach} % of the practices within {months} months",
    },
    "whole_region": {"nl": "hele regio", "en": "whole region"},
    "practices_number": {"nl": "praktijken {numbers}", "en": "practices {numbers}"},
    "state_new": {"nl": "nieuw", "en": "new"},
    "state_gone": {"nl": "vervalt", "en": "dropped"},
    "state_changed": {"nl": "gewijzigd", "en": "changed"},
    "event": {"nl": "gebeurtenis", "en": "event"},
    "other_changes": {"nl": "Andere verschillen", "en": "Other differences"},
    "what": {"nl": "Wat", "en": "What"},
    "before": {"nl": "In A", "en": "In A"},
    "after": {"nl": "In {letter}", "en": "In {letter}"},
    "key_capacity_mode": {"nl": "Overwerk", "en": "Overtime"},
    "key_years": {"nl": "Jaren", "en": "Years"},
    "key_start": {"nl": "Begin", "en": "Start"},
    "key_region": {"nl": "Regio", "en": "Region"},
    # assumptions
    "assumptions": {"nl": "Eerst de aannames", "en": "Assumptions first"},
    "assumptions_lead": {
        "nl": "Getallen van graad A zijn bij de bron gelezen, B is algemeen bekend, C is een aanname: niemand heeft "
        "het getal zo gepubliceerd. Wie een C-getal anders inschat, kan een andere uitkomst krijgen; de marge staat "
        "erbij.",
        "en": "Grade A was read at its source, B is well known, C is an assumption: nobody published the number as "
        "such. Who judges a C number differently may get another result; its range stands beside it.",
    },
    "assumptions_settings": {
        "nl": "Instellingen van de maatregelen",
        "en": "Settings of the measures",
    },
    "assumptions_shared": {
        "nl": "Getallen van het model zelf, voor alle scenario's gelijk ({count}, waarvan {assumed} aanname)",
        "en": "Numbers of the model itself, alike in all scenarios ({count}, of which {assumed} assumed)",
    },
    "assumptions_print": {
        "nl": "De getallen van het model zelf staan in het werkblad ‘{sheet}’ van {file}.",
        "en": "The numbers of the model itself are in sheet ‘{sheet}’ of {file}.",
    },
    "assumptions_none": {"nl": "Er zijn geen aannames meegegeven.", "en": "No assumptions were handed over."},
    "grade": {"nl": "Graad", "en": "Grade"},
    "grade_c": {"nl": "C aanname", "en": "C assumed"},
    "value": {"nl": "Waarde", "en": "Value"},
    "range": {"nl": "Marge", "en": "Range"},
    "unit": {"nl": "Eenheid", "en": "Unit"},
    "source": {"nl": "Bron", "en": "Source"},
    "scenario": {"nl": "Scenario", "en": "Scenario"},
    "part_in": {"nl": "{part} (in {letters})", "en": "{part} (in {letters})"},
    "shared_part": {"nl": "onderwerp: {topic}", "en": "topic: {topic}"},
    # results
    "results": {"nl": "Uitkomsten", "en": "Results"},
    "results_lead": {
        "nl": "Waarden in {window}. Het verschil is {letter} min A, over paren met dezelfde mensen.",
        "en": "Values in {window}. The difference is {letter} less A, over pairs with the same people.",
    },
    "results_caption": {"nl": "{letter}, {label}, vergeleken met A", "en": "{letter}, {label}, compared with A"},
    "indicator": {"nl": "Maat", "en": "Measure"},
    "difference": {"nl": "Verschil", "en": "Difference"},
    "interval": {"nl": "95 %-interval", "en": "95 % interval"},
    "chance_better": {"nl": "Kans op beter", "en": "Chance of better"},
    "pairs": {"nl": "Paren", "en": "Pairs"},
    "in_words": {"nl": "In woorden", "en": "In words"},
    "better": {"nl": "beter", "en": "better"},
    "worse": {"nl": "slechter", "en": "worse"},
    "different": {"nl": "anders", "en": "different"},
    "noise": {"nl": "ruis: geen verschil aan te tonen", "en": "noise: no difference can be shown"},
    "noise_short": {"nl": "ruis", "en": "noise"},
    "same": {"nl": "precies gelijk", "en": "exactly the same"},
    "undecided": {"nl": "te weinig runs om iets te zeggen", "en": "too few runs to say"},
    "undecided_short": {"nl": "niet te zeggen", "en": "cannot be said"},
    "imprecise": {
        "nl": "* nog niet zo nauwkeurig als beoogd; meer paren maken het interval smaller.",
        "en": "* not yet as precise as aimed at; more pairs narrow the interval.",
    },
    "sentences": {"nl": "Elke maat in een zin", "en": "Every measure in a sentence"},
    "trends": {"nl": "Verloop over de jaren", "en": "Courses over the years"},
    "trends_lead": {
        "nl": "Lijn: gemiddelde; vlak: 95 %-interval daarvan. Assen beginnen niet altijd bij nul. Vlakken mogen "
        "elkaar overlappen terwijl een verschil zeker is: het verschil is per paar berekend, met dezelfde mensen, "
        "en staat eronder. Waar zijn vlak de nullijn raakt, is het in dat jaar niet van toeval te onderscheiden.",
        "en": "Line: mean; area: its 95 % interval. Axes do not always begin at zero. Areas may overlap although a "
        "difference is sure: it is taken pair by pair, with the same people, and stands below. Where its area touches "
        "the line of zero it cannot be told from chance in that year.",
    },
    "trend_about": {
        "nl": "{letter}: {first} in {from_year}, {last} in {to_year}.",
        "en": "{letter}: {first} in {from_year}, {last} in {to_year}.",
    },
    "gap_lead": {"nl": "Verschil met A, per paar", "en": "Difference from A, pair by pair"},
    "gap_title": {"nl": "{indicator}: verschil met A", "en": "{indicator}: difference from A"},
    "gap_row": {"nl": "{letter} min A", "en": "{letter} less A"},
    "gap_cell": {"nl": "{gap} ({interval})", "en": "{gap} ({interval})"},
    "trend_table": {"nl": "De cijfers van deze grafieken", "en": "The numbers of these charts"},
    "better_lower": {"nl": "lager is beter", "en": "lower is better"},
    "better_higher": {"nl": "hoger is beter", "en": "higher is better"},
    "better_none": {"nl": "geen kant is beter", "en": "neither way is better"},
    "modes": {
        "nl": "Hangt het af van hoeveel huisartsen overwerken?",
        "en": "Does it depend on how much GPs work over?",
    },
    "modes_lead": {
        "nl": "Hetzelfde vergeleken onder drie aannames over overwerk. Staat er in elke kolom hetzelfde, dan hangt de "
        "uitkomst er niet van af.",
        "en": "The same compared under different assumptions on overtime. Where all columns say the same, the result "
        "does not depend on them.",
    },
    # map
    "map": {"nl": "Kaart per scenario", "en": "Map of each scenario"},
    "map_lead": {
        "nl": "{indicator}, {window}. Schets, niet op schaal: elke cirkel is een gemeente, zo groot als het aantal "
        "inwoners, ongeveer waar zij ligt. De waarde staat onder de naam.",
        "en": "{indicator}, {window}. A sketch, not to scale: every circle is a municipality, as large as its "
        "inhabitants, about where it lies. The value stands below its name.",
    },
    "map_title": {"nl": "Schets van {region}, {letter}", "en": "Sketch of {region}, {letter}"},
    "map_about": {
        "nl": "Laagst in {low_name} ({low}), hoogst in {high_name} ({high}). Alle waarden staan in de tabel per "
        "gemeente.",
        "en": "Lowest in {low_name} ({low}), highest in {high_name} ({high}). All values are in the table by "
        "municipality.",
    },
    "map_none": {
        "nl": "Geen kaart: er zijn geen uitkomsten per gemeente.",
        "en": "No map: there are no results by municipality.",
    },
    "legend": {"nl": "Legenda", "en": "Legend"},
    "class": {"nl": "{low} tot {high}", "en": "{low} to {high}"},
    "per_1000": {"nl": "Mensen zonder huisarts per 1.000 inwoners", "en": "People without a GP per 1,000 inhabitants"},
    "per_1000_unit": {"nl": "per 1.000 inwoners", "en": "per 1,000 inhabitants"},
    # groups
    "groups": {"nl": "Wie wint, en wie niet", "en": "Who gains and who does not"},
    "groups_lead": {
        "nl": "Verschil met A per groep. Een gevuld teken: nul ligt buiten het 95 %-interval; een open teken is ruis.",
        "en": "Difference from A by group. A filled mark: zero lies outside the 95 % interval; an open mark is noise.",
    },
    "groups_none": {"nl": "Er is niet naar groepen gerekend.", "en": "No groups were computed."},
    "by_municipality": {"nl": "Naar gemeente", "en": "By municipality"},
    "by_age": {"nl": "Naar leeftijd", "en": "By age"},
    "by_deprivation": {"nl": "Naar achterstand", "en": "By deprivation"},
    "group": {"nl": "Groep", "en": "Group"},
    "group_tally": {
        "nl": "{letter}: beter in {better} van {all} groepen, slechter in {worse}, geen verschil aan te tonen in "
        "{noise}.",
        "en": "{letter}: better in {better} of {all} groups, worse in {worse}, no difference to be shown in {noise}.",
    },
    "group_less": {"nl": "{letter} min A", "en": "{letter} less A"},
    "group_caption": {"nl": "{by}: {indicator}", "en": "{by}: {indicator}"},
    "side_better": {"nl": "beter", "en": "better"},
    "side_worse": {"nl": "slechter", "en": "worse"},
    "side_less": {"nl": "minder", "en": "less"},
    "side_more": {"nl": "meer", "en": "more"},
    # cost
    "cost": {"nl": "Wat het kost, en wie betaalt", "en": "What it costs, and who pays"},
    "cost_lead": {
        "nl": "Meer dan in A, over {years} jaar, prijzen van 2025, tussen haakjes het 95 %-interval.",
        "en": "More than in A, over {years} years, prices of 2025, with the 95 % interval in brackets.",
    },
    "cost_none": {"nl": "Er zijn geen kosten berekend.", "en": "No costs were computed."},
    "payer": {"nl": "Wie betaalt", "en": "Who pays"},
    "total": {"nl": "Samen", "en": "Together"},
    "care_cost": {"nl": "Huisartsenzorg voor de verzekeraar", "en": "GP care, to the insurer"},
    "extra_registered": {
        "nl": "Inwoners met een huisarts, meer dan in A (gemiddeld per jaar)",
        "en": "Inhabitants with a GP, more than in A (mean over the years)",
    },
    "per_extra": {
        "nl": "Maatregelen, per jaar dat een extra inwoner een huisarts heeft",
        "en": "Measures, for each year in which one more inhabitant has a GP",
    },
    "undefined": {
        "nl": "niet bepaald: de winst is niet zeker groter dan nul",
        "en": "not defined: the gain is not surely above zero",
    },
    # spreads
    "spreads": {"nl": "Waar de onzekerheid vandaan komt", "en": "Where the uncertainty comes from"},
    "spreads_lead": {
        "nl": "Hoe ver verschillen uiteenlopen (standaardafwijking): door toeval (andere seeds) en door andere "
        "waarden van aannames (andere parametersets).",
        "en": "How far differences lie apart (standard deviation): by chance (other seeds) and by other values of "
        "assumptions (other parameter sets).",
    },
    "spreads_together": {
        "nl": "Van toeval (andere seeds) en van andere waarden van aannames (andere parametersets) samen: elk paar had "
        "een eigen parameterset, dus die twee zijn niet uit elkaar te houden. Met meer paren dan parametersets wel.",
        "en": "From chance (other seeds) and from other values of assumptions (other parameter sets) together: each "
        "pair had a parameter set of its own, so the two cannot be told apart. With more pairs than parameter sets "
        "they can.",
    },
    "spread_seeds": {"nl": "Door toeval", "en": "By chance"},
    "spread_parameters": {"nl": "Door parameters", "en": "By parameters"},
    "spread_larger": {"nl": "Weegt het zwaarst", "en": "Weighs most"},
    "spread_unknown": {"nl": "één set, niet bekend", "en": "one set, not known"},
    "chance_word": {"nl": "toeval", "en": "chance"},
    "parameters_word": {"nl": "parameters", "en": "parameters"},
    # the rest
    "limits": {"nl": "Wat niet in het model zit", "en": "What is not in the model"},
    "again": {"nl": "Zo is het na te rekenen", "en": "How to repeat it"},
    "again_lead": {
        "nl": "Met dezelfde code, scenario's en seeds komen dezelfde getallen eruit, tot op de laatste bit.",
        "en": "The same code, scenarios and seeds give the same numbers, to the last bit.",
    },
    "command": {"nl": "Opdracht", "en": "Command"},
    "scenario_hash": {"nl": "Scenario {letter}, {name}", "en": "Scenario {letter}, {name}"},
    "seeds": {"nl": "Seeds", "en": "Seeds"},
    "sets": {"nl": "Parametersets", "en": "Parameter sets"},
    "share": {"nl": "Deel van de inwoners", "en": "Share of the inhabitants"},
    "period": {"nl": "Periode", "en": "Period"},
    "period_text": {"nl": "{years} jaar vanaf {start}", "en": "{years} years from {start}"},
    "mode": {"nl": "Overwerk", "en": "Overtime"},
    "code_version": {"nl": "Versie", "en": "Version"},
    "code_source": {"nl": "Code van het model", "en": "Code of the model"},
    "code_commit": {"nl": "Git-commit", "en": "Git commit"},
    "finished": {"nl": "Gemaakt", "en": "Made"},
    "runs": {"nl": "Runs", "en": "Runs"},
    "numbers": {
        "nl": "Alle getallen van dit rapport staan in {xlsx} en in de map {csv}.",
        "en": "All numbers of this report are in {xlsx} and in folder {csv}.",
    },
    "credits": {
        "nl": "Bevat gegevens van het CBS en GeoNames (CC BY 4.0). De bron van elk getal staat erbij.",
        "en": "Contains data of Statistics Netherlands (CBS) and GeoNames (CC BY 4.0). Each number names its source.",
    },
    # files
    "sheet_results": {"nl": "Uitkomsten", "en": "Results"},
    "sheet_groups": {"nl": "Groepen", "en": "Groups"},
    "sheet_courses": {"nl": "Verloop", "en": "Courses"},
    "sheet_gaps": {"nl": "Verloop van verschillen", "en": "Courses of differences"},
    "sheet_costs": {"nl": "Kosten", "en": "Costs"},
    "sheet_spreads": {"nl": "Spreiding", "en": "Spreads"},
    "sheet_modes": {"nl": "Overwerk", "en": "Overtime"},
    "sheet_assumptions": {"nl": "Aannames", "en": "Assumptions"},
    "sheet_changes": {"nl": "Verschillen", "en": "Differences"},
    "sheet_about": {"nl": "Herkomst", "en": "Origin"},
}


def tell(key: str, lang: Language, **values: object) -> str:
    """The text of that key in the language, with the values filled in."""
    return TEXTS[key][lang].format(**values).replace(" %", "\u00a0%")  # never at the end of a line without its number
