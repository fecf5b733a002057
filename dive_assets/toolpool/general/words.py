"""English words: how often they are used, how verbs are inflected, how words are spelt and sound."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from pydantic import Field

from dive_assets.toolpool.general.data_sources import LEMMINFLECT, RAPIDFUZZ, WORDFREQ
from dive_assets.toolpool.general.entity_types import COUNTED, WHOLE_NUMBER, WORD, EnglishVerb, Word
from dive_assets.toolpool.shared.data_sources import STANDARD_LIBRARY
from dive_assets.tools.annotations import Draw, Quantity, Result, Says, Text
from dive_assets.tools.errors import ToolError
from dive_assets.tools.tool import DataSource, Probe, tool

SOUNDEX_RULES = DataSource("", "LicenseRef-Public-Domain", "https://www.archives.gov/research/census/soundex")
SOUNDEX_DIGITS = {
    letter: digit
    for digit, letters in {"1": "bfpv", "2": "cgjkqsxz", "3": "dt", "4": "l", "5": "mn", "6": "r"}.items()
    for letter in letters
}
LETTERS = Quantity("letters", "letters", 0, additive=True)
# Verbs of which British and American English, or dictionaries, give different principal parts.
UNSETTLED_VERBS = frozenset(
    {
        "awake",
        "beat",
        "fit",
        "get",
        "knit",
        "leap",
        "mistake",
        "outbreak",
        "prove",
        "saw",
        "sew",
        "show",
        "speed",
        "sting",
    }
    | {"can", "may", "must", "ought", "shall", "will", "be", "quit", "wed", "wet", "thrust", "forecast", "broadcast"}
)


class WordFrequency(Result):
    """How often a word is used."""

    zipf: Annotated[
        float,
        Quantity("", "", 2, ratio=False),
        Says(
            (
                "the Zipf frequency of {word} in English according to wordfreq",
                "wordfreq's Zipf frequency for {word} in English",
            ),
            has="Zipf frequency in English according to wordfreq",
            ask=(
                "Which Zipf frequency does wordfreq give for {word} in English?",
                "How frequent is {word} in English on wordfreq's Zipf scale?",
            ),
        ),
    ]


@tool(
    domain="general",
    kind="R",
    sources=[WORDFREQ],
    determinism="snapshot",
    probes=[
        Probe({"word": "the"}, {"/zipf": 7.73}, "README of wordfreq 3: zipf_frequency('the', 'en')"),
        Probe({"word": "frequency"}, {"/zipf": 4.36}, "README of wordfreq 3: zipf_frequency('frequency', 'en')"),
        Probe({"word": "zipf"}, {"/zipf": 1.49}, "README of wordfreq 3: zipf_frequency('zipf', 'en')"),
    ],
)
def word_frequency(word: Word) -> WordFrequency:
    """Zipf frequency of a word in English: log10 of its occurrences per billion words (wordfreq, data of 2021)."""
    import wordfreq

    found = wordfreq.zipf_frequency(word, "en")
    if found == 0:
        raise ToolError(f"wordfreq's English list lacks {word!r}")
    return WordFrequency(zipf=found)


class VerbForms(Result):
    """Inflected forms of a verb."""

    past_tense: Annotated[
        str,
        WORD,
        Says(
            ("the simple past of {verb}", "the past tense of {verb} in English"),
            ask=("What is the past tense of {verb} in English?", "Which form is the simple past of {verb}?"),
        ),
    ]
    past_participle: Annotated[
        str,
        WORD,
        Says(
            ("the past participle of {verb}", "the English past participle of {verb}"),
            ask=("What is the past participle of {verb} in English?",),
        ),
    ]
    present_participle: Annotated[
        str,
        WORD,
        Says(
            ("the present participle of {verb}", "the -ing form of {verb}"),
            ask=("What is the present participle of {verb} in English?",),
        ),
    ]


def verb_forms(verb: str) -> dict[str, str]:
    """Forms of a verb by Penn tag, each the only one that LemmInflect's dictionary has. Raises ToolError else."""
    import lemminflect

    forms = lemminflect.getAllInflections(verb, "VERB")
    found = {tag: sorted({f for f in given if f.isalpha()}) for tag, given in forms.items()}
    if found.get("VB") != [verb] or verb in UNSETTLED_VERBS:
        raise ToolError(f"{verb!r} is no verb with settled forms in LemmInflect's dictionary")
    found.setdefault("VBN", found.get("VBD", []))
    if any(len(found.get(tag, [])) != 1 for tag in ("VBD", "VBN", "VBG")):
        raise ToolError(f"the verb {verb!r} has more than one form of a kind")
    return {tag: found[tag][0] for tag in ("VBD", "VBN", "VBG")}


@tool(
    domain="general",
    kind="R",
    sources=[LEMMINFLECT],
    determinism="snapshot",
    probes=[
        Probe(
            {"verb": "arise"},
            {"/past_tense": "arose", "/past_participle": "arisen", "/present_participle": "arising"},
            "Oxford English Dictionary",
        ),
        Probe({"verb": "swim"}, {"/past_tense": "swam", "/past_participle": "swum"}, "Oxford English Dictionary"),
        Probe({"verb": "undergo"}, {"/past_tense": "underwent"}, "Oxford English Dictionary"),
    ],
)
def english_verb_forms(verb: EnglishVerb) -> VerbForms:
    """Simple past and participles of an English verb that has one form of each (LemmInflect's dictionary)."""
    forms = verb_forms(verb)
    return VerbForms(past_tense=forms["VBD"], past_participle=forms["VBN"], present_participle=forms["VBG"])


class EditDistances(Result):
    """How far two words are apart."""

    levenshtein: Annotated[
        int,
        COUNTED,
        Says(
            (
                "the Levenshtein distance between {word} and {other}",
                "the edit distance (Levenshtein) from {word} to {other}",
            ),
            has="Levenshtein distance from {other}",
            ask=(
                "What is the Levenshtein distance between {word} and {other}?",
                "How many single-letter insertions, deletions or substitutions at least turn {word} into {other}?",
            ),
            high="greatest",
            low="smallest",
        ),
    ]
    common_subsequence: Annotated[
        int,
        LETTERS,
        Says(
            "the length of the longest common subsequence of {word} and {other}",
            ask=("How many letters long is the longest common subsequence of {word} and {other}?",),
        ),
    ]
    jaro: Annotated[
        float,
        Quantity("", "", 3, ratio=False),
        Says(
            "the Jaro similarity between {word} and {other}",
            has="Jaro similarity to {other}",
            ask=("How similar are {word} and {other} by the Jaro measure, from 0 to 1?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[RAPIDFUZZ],
    probes=[
        Probe(
            {"word": "kitten", "other": "sitting"},
            {"/levenshtein": 3, "/common_subsequence": 4},
            "Wikipedia, Levenshtein distance; both hold ittn",
        ),
        Probe({"word": "martha", "other": "marhta"}, {"/jaro": (1 + 1 + 5 / 6) / 3}, "Winkler 1990: 0.944"),
        Probe({"word": "dixon", "other": "dicksonx"}, {"/jaro": (4 / 5 + 4 / 8 + 1) / 3}, "Winkler 1990: 0.767"),
    ],
)
def edit_distance(word: Word, other: Word) -> EditDistances:
    """Levenshtein distance, longest common subsequence and Jaro similarity of two words."""
    from rapidfuzz.distance import Jaro, LCSseq, Levenshtein

    return EditDistances(
        levenshtein=Levenshtein.distance(word, other),
        common_subsequence=LCSseq.similarity(word, other),
        jaro=Jaro.similarity(word, other),
    )


class WordLetters(Result):
    """The letters of a word."""

    length: Annotated[
        int,
        LETTERS,
        Says(
            ("the number of letters in {word}", "the length in letters of {word}"),
            has="number of letters",
            ask=("How many letters does {word} have?",),
            high="largest",
            low="smallest",
        ),
    ]
    distinct: Annotated[
        int,
        LETTERS,
        Says(
            "the number of different letters in {word}",
            has="number of different letters",
            ask=("How many different letters occur in {word}?",),
            high="largest",
            low="smallest",
        ),
    ]
    vowels: Annotated[
        int,
        LETTERS,
        Says(
            "the number of vowel letters (a, e, i, o, u) in {word}",
            has="number of vowel letters (a, e, i, o, u)",
            ask=("How many vowel letters (a, e, i, o, u) does {word} contain?",),
            high="largest",
            low="smallest",
        ),
    ]
    alphabet_sum: Annotated[
        int,
        WHOLE_NUMBER,
        Says(
            ("the sum of the alphabet positions (a = 1, z = 26) of the letters in {word}",),
            ask=("What do the alphabet positions (a = 1, z = 26) of the letters in {word} add up to?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"word": "banana"},
            {"/length": 6, "/distinct": 3, "/vowels": 3, "/alphabet_sum": 2 + 1 + 14 + 1 + 14 + 1},
            "counted by hand",
        ),
        Probe({"word": "attitude"}, {"/alphabet_sum": 100}, "well-known word puzzle"),
    ],
)
def word_letters(word: Word) -> WordLetters:
    """Length, different letters, vowels and sum of alphabet positions of a word."""
    return WordLetters(
        length=len(word),
        distinct=len(set(word)),
        vowels=sum(letter in "aeiou" for letter in word),
        alphabet_sum=sum(ord(letter) - ord("a") + 1 for letter in word),
    )


class SoundexCode(Result):
    """How a word sounds, as a code."""

    code: Annotated[
        str,
        Text("the letter and three digits"),
        Says(
            (
                "the American Soundex code of {word}",
                "the Soundex code of {word} by the rules of the US National Archives",
            ),
            ask=("Which American Soundex code does {word} have?", "What is the American Soundex code of {word}?"),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[SOUNDEX_RULES],
    probes=[
        Probe({"word": "washington"}, {"/code": "W252"}, "US National Archives, The Soundex Indexing System"),
        Probe({"word": "lee"}, {"/code": "L000"}, "US National Archives, The Soundex Indexing System"),
        Probe({"word": "gutierrez"}, {"/code": "G362"}, "US National Archives, The Soundex Indexing System"),
        Probe({"word": "pfister"}, {"/code": "P236"}, "US National Archives, The Soundex Indexing System"),
        Probe({"word": "tymczak"}, {"/code": "T522"}, "US National Archives, The Soundex Indexing System"),
        Probe({"word": "ashcraft"}, {"/code": "A261"}, "US National Archives, The Soundex Indexing System"),
    ],
)
def soundex_code(word: Word) -> SoundexCode:
    """American Soundex code of a word (rules of the US National Archives: h and w do not separate equal codes)."""
    code, before = word[0].upper(), SOUNDEX_DIGITS.get(word[0], "")
    for letter in word[1:]:
        digit = SOUNDEX_DIGITS.get(letter, "")
        if digit and digit != before:
            code += digit
        if letter not in "hw":
            before = digit
    return SoundexCode(code=code[:4].ljust(4, "0"))


class CaesarText(Result):
    """A word in the Caesar cipher."""

    ciphertext: Annotated[
        str,
        Text("the ciphertext in small letters"),
        Says(
            (
                "the Caesar cipher of {word} with a forward shift of {shift}",
                "the result of shifting {word} forward by {shift} in a Caesar cipher",
            ),
            ask=("What does {word} become in a Caesar cipher with a forward shift of {shift}?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe({"word": "attackatonce", "shift": 4}, {"/ciphertext": "exxegoexsrgi"}, "standard textbook example"),
        Probe({"word": "green", "shift": 13}, {"/ciphertext": "terra"}, "ROT13 word pair"),
    ],
)
def caesar_cipher(
    word: Word, shift: Annotated[int, Draw.integer(1, 25, suffix=" places"), Field(ge=0, le=25)]
) -> CaesarText:
    """A word in the Caesar cipher: each letter moved forward in the alphabet, z followed by a."""
    moved = (chr((ord(letter) - ord("a") + shift) % 26 + ord("a")) for letter in word)
    return CaesarText(ciphertext="".join(moved))


class Digests(Result):
    """Check values of a word's bytes."""

    crc32: Annotated[
        str,
        Text("eight hexadecimal digits in small letters"),
        Says(
            "the CRC-32 checksum (as in ZIP and PNG) of {word} in ASCII",
            ask=("Which CRC-32 checksum (as in ZIP and PNG) does {word} have in ASCII?",),
        ),
    ]
    sha256_start: Annotated[
        str,
        Text("eight hexadecimal digits in small letters"),
        Says(
            "the first eight hexadecimal digits of the SHA-256 digest of {word} in ASCII",
            ask=("With which eight hexadecimal digits does the SHA-256 digest of {word} in ASCII begin?",),
        ),
    ]


@tool(
    domain="general",
    kind="P",
    sources=[STANDARD_LIBRARY],
    probes=[
        Probe(
            {"word": "abc"},
            {"/crc32": "352441c2", "/sha256_start": "ba7816bf"},
            "NIST FIPS 180-4 example; CRC catalogue",
        ),
    ],
)
def text_checksums(word: Word) -> Digests:
    """CRC-32 checksum and start of the SHA-256 digest of a word in ASCII small letters."""
    import hashlib
    import zlib

    data = word.encode("ascii")
    return Digests(crc32=f"{zlib.crc32(data):08x}", sha256_start=hashlib.sha256(data).hexdigest()[:8])


@cache
def irregular_verbs() -> list[str]:
    """Common verbs with settled forms whose past tense is not formed with -ed."""
    import wordfreq

    found = []
    for word in wordfreq.top_n_list("en", 15_000):
        if len(word) < 2 or not (word.isascii() and word.isalpha()):
            continue
        try:
            past = verb_forms(word)["VBD"]
        except ToolError:
            continue
        if not past.endswith("ed") and past != word:
            found.append(word)
    return sorted(found)
