"""From a number in a report back to the runs, scenarios, code, parameters and sources behind it."""
