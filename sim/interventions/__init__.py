"""Interventions and events: one file each, that declares settings, evidence, costs and the mechanism.

``base`` holds what a declaration is made of, ``instance`` what a mechanism is given, ``registry`` how declarations are
found, ``package`` what the interventions and events of one scenario come to. All other files here are interventions,
those under ``events`` events. CONTRIBUTING.md tells how to add one.
"""
