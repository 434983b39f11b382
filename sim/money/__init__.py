"""Money: tariffs of one year and what practices and the insurer get and pay by them. All amounts are whole cents."""
