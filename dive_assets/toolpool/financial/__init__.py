"""Exchange rates, markets, bonds, options, loans, banks, taxes and prices."""
