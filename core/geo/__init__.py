"""Where things are, without a database: countries, cities, shapes, what maps are drawn on."""
