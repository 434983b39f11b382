"""The Netherlands as its 28 labour-market regions."""
