"""The server of the view: Solara's app behind a guard, on the own machine unless told otherwise."""
