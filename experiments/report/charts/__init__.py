"""Small accessible SVG charts: trends, differences by group, a sketch of a map. Pure functions of numbers and words."""
