"""What the server says, in Dutch and English."""

from __future__ import annotations

from experiments.texts import Language, speaker

__all__ = ["TEXTS", "both", "say"]

TEXTS: dict[str, dict[Language, str]] = {
    "no_region": {
        "en": "there is no region {region}; there are {known}",
        "nl": "er is geen regio {region}; er zijn {known}",
    },
    "no_outlines": {"en": "{file}: there is no such file", "nl": "{file}: dit bestand is er niet"},
    "serving": {"en": "The view: {url}", "nl": "De verkenner: {url}"},
    "stop": {"en": "Ctrl-C stops it.", "nl": "Ctrl-C stopt hem."},
    "stopped": {"en": "Stopped.", "nl": "Gestopt."},
    "taken": {
        "en": "Port {port} is in use; taking a free one.",
        "nl": "Poort {port} is in gebruik; een vrije wordt genomen.",
    },
    "network": {
        "en": "Reachable from the network at {host}. Who has the address with its key can use it; it is not encrypted, "
        "so use it in a network that you trust.",
        "nl": "Bereikbaar vanaf het netwerk op {host}. Wie het adres met de sleutel heeft kan hem gebruiken; het "
        "verkeer is niet versleuteld, dus gebruik dit op een netwerk dat u vertrouwt.",
    },
    "no_socket": {
        "en": "cannot listen on {host}: {why}",
        "nl": "kan niet luisteren op {host}: {why}",
    },
    "no_assets": {
        "en": "{file} is missing; install the package again, with its dependencies",
        "nl": "{file} ontbreekt; installeer het pakket opnieuw, met wat het nodig heeft",
    },
    # answers to browsers
    "bad_host": {"en": "This server is not known by that name.", "nl": "Deze server heet niet zo."},
    "bad_origin": {
        "en": "This request came from another page.",
        "nl": "Dit verzoek kwam van een andere pagina.",
    },
    "no_token": {
        "en": "Open the address with the key that the command printed when the view was started.",
        "nl": "Open het adres met de sleutel dat bij het starten van de verkenner is getoond.",
    },
    "not_found": {"en": "There is no such page.", "nl": "Deze pagina bestaat niet."},
    "bad_method": {"en": "This server does not do that.", "nl": "Dat doet deze server niet."},
    "too_large": {"en": "That is too much at once.", "nl": "Dat is te veel ineens."},
    "fault": {
        "en": "Something went wrong (number {id}). The number leads to what happened in the log of who runs this view.",
        "nl": "Er ging iets mis (nummer {id}). Met dat nummer is in het logboek te vinden wat er gebeurde.",
    },
    "no_script": {
        "en": "This page works with JavaScript only; switch it on.",
        "nl": "Deze pagina werkt alleen met JavaScript; zet dat aan.",
    },
    "lost": {
        "en": "The connection was lost. Reload the page.",
        "nl": "De verbinding is verbroken. Laad de pagina opnieuw.",
    },
    "reload": {"en": "Reload", "nl": "Opnieuw laden"},
    "cancel": {"en": "Cancel", "nl": "Annuleren"},
}

say = speaker(TEXTS)
"""Says the texts above."""


def both(key: str, /, **values: object) -> str:
    """A text in Dutch and English, for whom no language is known."""
    return f"{say(key, 'nl', **values)} / {say(key, 'en', **values)}"
