"""Tests of modifiers, interventions, events and acts."""
