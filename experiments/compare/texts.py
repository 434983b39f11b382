"""Words of a comparison, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["say"]

TEXTS: dict[str, dict[Language, str]] = {
    "title": {
        "en": "{base} against {others}: {region}, {first} to {last}, {pairs} pairs",
        "nl": "{base} tegenover {others}: {region}, {first} tot en met {last}, {pairs} paren",
    },
    "starting": {
        "en": "{scenarios}: {people} inhabitants of {region}, {years} years from {start}, {pairs} pairs of worlds, "
        "{jobs} processes, {mode} capacity",
        "nl": "{scenarios}: {people} inwoners van {region}, {years} jaar vanaf {start}, {pairs} paren werelden, "
        "{jobs} processen, capaciteit {mode}",
    },
    "range": {"en": "{least} to {most}", "nl": "{least} tot {most}"},
    "sets_starting": {
        "en": "Each pair takes the next of {known} accepted parameter sets{when}: {file} (--sets shipped for the "
        "values as shipped)",
        "nl": "Elk paar neemt de volgende van {known} aanvaarde parametersets{when}: {file} (--sets shipped voor de "
        "waarden zoals geleverd)",
    },
    "sets_when": {"en": " of {date}", "nl": " van {date}"},
    "against": {"en": "{arm} against {base}", "nl": "{arm} tegenover {base}"},
    "year_at_end": {"en": "in {last}", "nl": "in {last}"},
    "years_at_end": {"en": "mean of {first} to {last}", "nl": "gemiddelde van {first} tot en met {last}"},
    "base": {"en": "A", "nl": "A"},
    "arm": {"en": "B", "nl": "B"},
    "difference": {"en": "difference", "nl": "verschil"},
    "interval": {"en": "95 % interval", "nl": "95%-interval"},
    "chance": {"en": "chance B better", "nl": "kans dat B beter is"},
    "pairs": {"en": "pairs", "nl": "paren"},
    "verdict": {"en": "verdict", "nl": "oordeel"},
    "verdict_better": {"en": "better", "nl": "beter"},
    "verdict_worse": {"en": "worse", "nl": "slechter"},
    "verdict_different": {"en": "different", "nl": "anders"},
    "verdict_noise": {"en": "noise", "nl": "ruis"},
    "verdict_same": {"en": "the same", "nl": "gelijk"},
    "verdict_unknown": {"en": "not known", "nl": "niet bekend"},
    "imprecise_mark": {"en": "*", "nl": "*"},
    "imprecise": {
        "en": "* not yet precise (half-width above 5 % of A and above a quarter of the difference): {names}. "
        "More pairs (--runs) narrow them.",
        "nl": "* nog niet scherp (halve breedte boven 5 % van A en boven een kwart van het verschil): {names}. "
        "Meer paren (--runs) maken ze smaller.",
    },
    "all_precise": {
        "en": "Every headline indicator is precise: half-width under 5 % of A or a quarter of the difference.",
        "nl": "Elke kernindicator is scherp: halve breedte onder 5 % van A of een kwart van het verschil.",
    },
    "reduction": {
        "en": "Pairing took away noise: the variance of a difference is {median} times smaller than with other seeds "
        "(median of {n} indicators; {low} to {high}).",
        "nl": "Paren nemen ruis weg: de variantie van een verschil is {median} keer kleiner dan met andere seeds "
        "(mediaan van {n} indicatoren; {low} tot {high}).",
    },
    "reduction_sets": {
        "en": "Pairing took away noise: the variance of a difference is {median} times smaller than with other seeds "
        "and parameter sets (median of {n} indicators; {low} to {high}).",
        "nl": "Paren nemen ruis weg: de variantie van een verschil is {median} keer kleiner dan met andere seeds en "
        "parametersets (mediaan van {n} indicatoren; {low} tot {high}).",
    },
    "spreads_some": {
        "en": "Between worlds, as far as these pairs tell, what is unknown about the parameters weighs more than "
        "chance in the difference of: {names}; chance weighs more in {n} others.",
        "nl": "Tussen werelden weegt, voor zover deze paren het zeggen, wat onbekend is aan de parameters zwaarder dan "
        "toeval in het verschil van: {names}; toeval weegt zwaarder in {n} andere.",
    },
    "spreads_all": {
        "en": "Between worlds, as far as these pairs tell, what is unknown about the parameters weighs more than "
        "chance in every difference: {names}.",
        "nl": "Tussen werelden weegt, voor zover deze paren het zeggen, wat onbekend is aan de parameters zwaarder dan "
        "toeval in elk verschil: {names}.",
    },
    "spreads_none": {
        "en": "Between worlds, as far as these pairs tell, chance weighs more than what is unknown about the "
        "parameters in all {n} differences.",
        "nl": "Tussen werelden weegt, voor zover deze paren het zeggen, toeval zwaarder dan wat onbekend is aan de "
        "parameters in alle {n} verschillen.",
    },
    "costs": {
        "en": "Cost of the interventions over {years} years, more than A (euro, prices of 2025)",
        "nl": "Kosten van de interventies over {years} jaar, meer dan A (euro, prijspeil 2025)",
    },
    "payer": {"en": "paid by", "nl": "betaald door"},
    "euro": {"en": "euro", "nl": "euro"},
    "total": {"en": "total", "nl": "totaal"},
    "care_cost": {"en": "GP care, paid by insurers", "nl": "huisartsenzorg, betaald door verzekeraars"},
    "extra_registered": {
        "en": "people with a GP more, mean over the years",
        "nl": "mensen met een huisarts meer, gemiddeld over de jaren",
    },
    "per_extra": {
        "en": "euro a year for each extra person with a GP",
        "nl": "euro per jaar voor elke extra persoon met een huisarts",
    },
    "per_extra_none": {
        "en": "Euro for each extra person with a GP: not defined, as the gain is not surely above zero.",
        "nl": "Euro per extra persoon met een huisarts: niet te bepalen, want de winst is niet zeker boven nul.",
    },
    "no_costs": {
        "en": "The interventions of both scenarios cost the same.",
        "nl": "De interventies van beide scenario's kosten evenveel.",
    },
    "group_title": {"en": "By {by}: {arm} less {base}", "nl": "Naar {by}: {arm} min {base}"},
    "group": {"en": "group", "nl": "groep"},
    "modes_title": {
        "en": "Does {arm} beat {base} whatever GPs do when the day is full?",
        "nl": "Is {arm} beter dan {base}, wat huisartsen ook doen als de dag vol is?",
    },
    "mode_elastic": {"en": "elastic", "nl": "elastisch"},
    "mode_bounded": {"en": "bounded", "nl": "begrensd"},
    "mode_hard": {"en": "hard", "nl": "hard"},
    "in_all": {"en": "in all", "nl": "in alle"},
    "yes": {"en": "yes", "nl": "ja"},
    "no": {"en": "no", "nl": "nee"},
    "known": {"en": "{pairs} pairs: {name} {difference} ({low} to {high})",
              "nl": "{pairs} paren: {name} {difference} ({low} tot {high})"},
    "pair_progress": {"en": "{done} of {total} runs, {left} left", "nl": "{done} van {total} runs, nog {left}"},
    "pair_failed": {"en": "failed: {scenario}, seed {seed}: {why}", "nl": "mislukt: {scenario}, seed {seed}: {why}"},
    "saved": {
        "en": "Comparison and runs: {folder}  ({seconds} s; again with: deltaplan show {folder})",
        "nl": "Vergelijking en runs: {folder}  ({seconds} s; opnieuw te zien met: deltaplan show {folder})",
    },
    "report": {"en": "Report: {file}", "nl": "Rapport: {file}"},
    "interrupted": {
        "en": "Stopped: {done} runs are kept in {folder}; the same command goes on from there.",
        "nl": "Gestopt: {done} runs zijn bewaard in {folder}; dezelfde opdracht gaat daar verder.",
    },
    "interrupted_pairs": {
        "en": "Stopped: {done} runs are kept in {folder}; the same command goes on from there, and with "
        "--runs {pairs} compares what is there.",
        "nl": "Gestopt: {done} runs zijn bewaard in {folder}; dezelfde opdracht gaat daar verder, en vergelijkt met "
        "--runs {pairs} wat er is.",
    },
    # sentences
    "sentence_better": {
        "en": "{name}: {arm} does better than {base}, {a} against {b} {unit} (difference {d}, 95 % interval {low} to "
        "{high}).",
        "nl": "{name}: {arm} doet het beter dan {base}, {a} tegenover {b} {unit} (verschil {d}, 95%-interval {low} tot "
        "{high}).",
    },
    "sentence_worse": {
        "en": "{name}: {arm} does worse than {base}, {a} against {b} {unit} (difference {d}, 95 % interval {low} to "
        "{high}).",
        "nl": "{name}: {arm} doet het slechter dan {base}, {a} tegenover {b} {unit} (verschil {d}, 95%-interval {low} "
        "tot {high}).",
    },
    "sentence_different": {
        "en": "{name}: {arm} differs from {base}, {a} against {b} {unit} (difference {d}, 95 % interval {low} to "
        "{high}); neither way is better in itself.",
        "nl": "{name}: {arm} verschilt van {base}, {a} tegenover {b} {unit} (verschil {d}, 95%-interval {low} tot "
        "{high}); geen van beide is op zich beter.",
    },
    "sentence_noise": {
        "en": "{name}: no difference that can be told from noise ({d}, 95 % interval {low} to {high} {unit}; {base} "
        "has {b}).",
        "nl": "{name}: geen verschil dat van ruis te onderscheiden is ({d}, 95%-interval {low} tot {high} {unit}; "
        "{base} heeft {b}).",
    },
    "sentence_same": {
        "en": "{name}: {arm} is the same as {base} in every pair, {b} {unit}.",
        "nl": "{name}: {arm} is in elk paar gelijk aan {base}, {b} {unit}.",
    },
    "sentence_unknown": {
        "en": "{name}: too few pairs to say; {a} against {b} {unit}.",
        "nl": "{name}: te weinig paren om iets te zeggen; {a} tegenover {b} {unit}.",
    },
    # warnings
    "warn_chance": {
        "en": "Of {n} indicators about {k} would be called different by chance alone.",
        "nl": "Van {n} indicatoren zouden er door toeval alleen al ongeveer {k} anders heten.",
    },
    "warn_share": {
        "en": "A trial: {share} % of the inhabitants and practices were simulated; counts of persons are of that part.",
        "nl": "Een proef: {share} % van de inwoners en praktijken is gesimuleerd; aantallen gaan over dat deel.",
    },
    "warn_sets": {
        "en": "One parameter set: intervals show chance between worlds, not what is unknown about the parameters.",
        "nl": "Eén parameterset: intervallen tonen toeval tussen werelden, niet wat onbekend is aan de parameters.",
    },
    "sets_used": {
        "en": "{used} of the {known} accepted parameter sets{when} were used, each pair the next one ({file}). Of the "
        "{parameters} parameters in them the assumptions show the value as shipped; the same command with --sets "
        "shipped runs with that.",
        "nl": "{used} van de {known} aanvaarde parametersets{when} zijn gebruikt, elk paar de volgende ({file}). Van "
        "de {parameters} parameters daarin tonen de aannames de waarde zoals geleverd; dezelfde opdracht met --sets "
        "shipped rekent daarmee.",
    },
    "warn_together": {
        "en": "No parameter set came twice: the intervals hold chance between worlds and what is unknown about the "
        "parameters together, and the two cannot be told apart. With more pairs than sets (--runs {least}) they can.",
        "nl": "Geen parameterset kwam twee keer: de intervallen bevatten toeval tussen werelden en wat onbekend is aan "
        "de parameters samen, en die zijn niet uit elkaar te houden. Met meer paren dan sets (--runs {least}) wel.",
    },
    "warn_failed": {
        "en": "{n} runs failed and their pairs were left out; the reasons lie in {folder}.",
        "nl": "{n} runs zijn mislukt en hun paren zijn weggelaten; de redenen staan in {folder}.",
    },
    "warn_forecast": {
        "en": "Careers of GPs and most settings of interventions rest on assumptions (grade C): this is no forecast.",
        "nl": "Loopbanen van huisartsen en de meeste instellingen van interventies rusten op aannames (graad C): dit "
        "is geen voorspelling.",
    },
}  # fmt: skip


say = speaker(TEXTS)
"""Says the texts above."""
