"""The tools themselves, one folder a domain, grouped by subject."""
