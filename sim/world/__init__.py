"""What happens to people whatever the system does: needs, births, deaths, moves, conditions."""
