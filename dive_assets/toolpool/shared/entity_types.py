"""Entity types that tools of more than one domain take or return.

Values are what people write: a tool that takes a country takes its English short name (and the
ISO 3166-1 alpha-2 code), and a tool that returns one returns the name.
"""

from dive_assets.tools.annotations import EntityType

COUNTRY = EntityType("country", "country", "countries")
CURRENCY = EntityType("currency_code", "currency", "currencies", "the ISO 4217 code", labelled=True)
CITY = EntityType("city", "city", "cities")
COORDINATES = EntityType("coordinates", "place", "places")
TIME_ZONE = EntityType("time_zone", "time zone", "time zones", "the IANA name")
ISO_DATE = EntityType("iso_date", "date", "dates", "the date as YYYY-MM-DD")
LANGUAGE = EntityType("language", "language", "languages")
GENE = EntityType("gene_symbol", "gene", "genes", "the HGNC symbol")
ELEMENT = EntityType("chemical_element", "element", "elements")
COMPOUND = EntityType("chemical_compound", "compound", "compounds")
CHEMICAL_FORMULA = EntityType("chemical_formula", "formula", "formulas", "the formula in Hill notation")
US_STATE = EntityType("us_state", "US state", "US states")
US_COUNTY = EntityType("us_county", "county", "counties", "the county with its state, as in 'Story County, Iowa'")
