"""Who works when: leave, sickness, locum hours and the out-of-hours roster."""
