"""One run as a pure function of scenario, draw and seed, and the store that its results lie in."""
