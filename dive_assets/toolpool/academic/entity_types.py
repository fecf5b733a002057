"""Entity types of the academic pack."""

from dive_assets.tools.annotations import EntityType

NUCLIDE = EntityType("nuclide", "nuclide", "nuclides", "it in the form 'carbon-14'")
PARTICLE = EntityType("particle", "particle", "particles", "its English name")
DEEP_SKY_OBJECT = EntityType("deep_sky_object", "deep-sky object", "deep-sky objects", "its Messier or NGC number")
CONSTELLATION = EntityType("constellation", "constellation", "constellations", "the full Latin name")
PLANET = EntityType("planet", "planet", "planets")
CAS_NUMBER = EntityType("cas_number", "CAS number", "CAS numbers", "the CAS Registry Number")
IPA_SEGMENT = EntityType("ipa_segment", "IPA segment", "IPA segments", "the IPA symbol in square brackets")
PHONOLOGICAL_FEATURE = EntityType("phonological_feature", "phonological feature", "phonological features")
NAMED_SKY_OBJECT = EntityType("named_sky_object", "celestial object", "celestial objects")
SCRIPT = EntityType("script", "script", "scripts", "the script's English name")
ISBN = EntityType("isbn", "ISBN", "ISBNs", "the ISBN-13 with its hyphens")
ISBN_GROUP = EntityType("isbn_group", "ISBN registration group", "ISBN registration groups", "it as in '978-85'")
ISSN = EntityType("issn", "ISSN", "ISSNs", "the ISSN with its hyphen")
ORCID = EntityType("orcid", "ORCID iD", "ORCID iDs", "the iD in groups of four with hyphens")
AUTHOR = EntityType("author", "author", "authors")
IDENTIFIER_SCHEME = EntityType(
    "identifier_scheme", "identifier scheme", "identifier schemes", "Bioregistry's prefix, in lower case", labelled=True
)
NOVEL_CHARACTER = EntityType("les_miserables_character", "character", "characters")
FLORENTINE_FAMILY = EntityType("florentine_family", "family", "families")
SOUTHERN_WOMAN = EntityType("southern_woman", "woman", "women")
SOUTHERN_EVENT = EntityType("southern_event", "event", "events", "its number as in 'E8'")
KARATE_MEMBER = EntityType("karate_member", "club member", "club members", "it as in 'member 34'")
PHYSICAL_CONSTANT = EntityType("physical_constant", "constant", "constants", "CODATA's name of the constant")
FRAUNHOFER_LINE = EntityType("fraunhofer_line", "Fraunhofer line", "Fraunhofer lines")
WEAK_ACID = EntityType("weak_acid", "acid", "acids")
