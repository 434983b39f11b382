"""What the model leaves out (after docs/model.md and its neighbours), and how a report is to be read."""

from __future__ import annotations

from experiments.texts import Language

__all__ = ["LIMITS", "READING"]

LIMITS: tuple[dict[Language, str], ...] = (
    {
        "nl": "Echte mensen en praktijken. Inwoners, praktijken en huisartsen zijn nagebootst met de cijfers van de "
        "regio; geen ervan bestaat.",
        "en": "Real people and practices. Inhabitants, practices and GPs are made to fit the region's figures; none "
        "of them exists.",
    },
    {
        "nl": "Gezondheid. Wie lang wacht of geen huisarts heeft wordt daar in het model niet zieker van; geteld "
        "worden toegang, wachten en afzien van zorg.",
        "en": "Health. Nobody falls ill in the model from waiting or having no GP; access, waits and forgone care are "
        "counted.",
    },
    {
        "nl": "Ziekenhuis, wijkverpleging, verpleeghuizen en ggz, behalve verwijzingen, mensen die naar de "
        "spoedeisende hulp gaan en wat een gebeurtenis aan extra vraag brengt.",
        "en": "Hospitals, community nursing, nursing homes and mental health care, save referrals, people who go to "
        "the emergency department and the extra demand that an event brings.",
    },
    {
        "nl": "Alles buiten de regio. De rest van het land is een vaste voorraad huisartsen: wat hier komt, wordt "
        "elders niet gemist, en over de grens van de regio wordt niet gewerkt of gezocht.",
        "en": "All beyond the region. The rest of the country is a fixed stock of GPs: who comes here is not missed "
        "elsewhere, and nobody works or searches across the region's border.",
    },
    {
        "nl": "Partners, gezin en inkomen van huisartsen. Niemand kiest in het model om het geld, en niemand kijkt de "
        "kunst af bij een collega.",
        "en": "Partners, families and incomes of GPs. Nobody decides by money in the model, and nobody learns from a "
        "colleague.",
    },
    {
        "nl": "Goodwill, leningen en belasting; praktijken die uit eigen keuze fuseren; ketens die praktijken "
        "voorgoed overnemen.",
        "en": "Goodwill, loans and tax; practices that merge by choice; chains that take practices over for good.",
    },
    {
        "nl": "Politiek, contracten en onderhandeling. Regio-organisatie, verzekeraar en gemeenten volgen vaste "
        "regels.",
        "en": "Politics, contracts and bargaining. The regional organisation, the insurer and municipalities follow "
        "fixed rules.",
    },
    {
        "nl": "Verhuizen om de zorg, kennis van het Nederlands, en wat mensen van hun huisarts vinden.",
        "en": "Moving house because of care, command of Dutch, and what people think of their GP.",
    },
    {
        "nl": "Kosten van maatregelen die niemand heeft gepubliceerd: die zijn geschat (graad C). Besparingen buiten "
        "de huisartsenzorg zijn niet geteld.",
        "en": "Costs of measures that nobody has published: these are estimates (grade C). Savings outside general "
        "practice are not counted.",
    },
    {
        "nl": "Een toets aan de afgelopen jaren. Het eerste jaar is vergeleken met gepubliceerde cijfers; een run die "
        "eerder begint en de jaren daarna navertelt is er nog niet.",
        "en": "A test against past years. The first year was held against published figures; a run that begins "
        "earlier and tells the years since is not there yet.",
    },
)

READING: tuple[dict[Language, str], ...] = (
    {
        "nl": "Elke vergelijking bestaat uit paren: beide scenario's met dezelfde mensen, dezelfde klachten en "
        "hetzelfde lot. Zo komt een verschil van de maatregelen en niet van het toeval.",
        "en": "Every comparison is made of pairs: both scenarios with the same people, the same complaints and the "
        "same luck. So a difference is due to the measures, not to chance.",
    },
    {
        "nl": "Het 95 %-interval zegt hoe ver het gemiddelde verschil er nog naast kan zitten, gegeven het model. "
        "Ligt nul erin, dan heet het verschil hier ruis: het kan evengoed toeval zijn.",
        "en": "The 95 % interval says how far the mean difference may still be off, given the model. When it holds "
        "zero, the difference is called noise here: it may as well be chance.",
    },
    {
        "nl": "De kans op beter is de kans dat het gemiddelde verschil de goede kant op is. Het is niet de kans dat "
        "het in het echt zo gaat: een aanname kan ernaast zitten.",
        "en": "The chance of better is the chance that the mean difference goes the right way. It is not the chance "
        "that it will go so in reality: an assumption may be wrong.",
    },
)
