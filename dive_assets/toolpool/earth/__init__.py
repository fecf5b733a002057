"""Weather, climate series, sun and photovoltaics, oceans, solid earth, water, energy, and US geography."""
