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
