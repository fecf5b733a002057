"""Countries, cities, languages, calendars, time, units and everyday arithmetic."""
