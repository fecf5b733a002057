"""Every form of the pattern grammar, by name.

`finish(builder, pattern, path)` executes the path and the form's operator and returns the `Form`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dive_assets.synthesis.builder import ProgramBuilder
from dive_assets.synthesis.expressions import Form
from dive_assets.synthesis.forms_of_groups import FORMS_OF_GROUPS
from dive_assets.synthesis.forms_of_one import FORMS_OF_ONE
from dive_assets.synthesis.forms_of_selections import FORMS_OF_SELECTIONS
from dive_assets.synthesis.forms_of_two import FORMS_OF_TWO
from dive_assets.synthesis.patterns import Pattern
from dive_assets.synthesis.type_graph import Step

FORMS: dict[str, Callable[[ProgramBuilder, Pattern, Sequence[Step]], Form]] = {
    **FORMS_OF_ONE,
    **FORMS_OF_TWO,
    **FORMS_OF_GROUPS,
    **FORMS_OF_SELECTIONS,
}


def finish(builder: ProgramBuilder, pattern: Pattern, path: Sequence[Step]) -> Form:
    """Execute path and operator. Raises AttemptFailed if the values do not admit the form."""
    return FORMS[pattern.form](builder, pattern, path)
