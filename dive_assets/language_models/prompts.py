"""The prompts, as files of a package's folder `prompt_texts`, filled by Jinja. Their text is part of what a result
depends on."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2


@cache
def _template(package: str, name: str) -> jinja2.Template:
    text = files(package).joinpath("prompt_texts", f"{name}.md").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(default_for_string=False),  # prompts are no HTML
    )
    return environment.from_string(text)


def prompt(package: str, name: str, **values: Any) -> str:
    """A filled prompt. Raises jinja2.UndefinedError for a value that is missing."""
    return _template(package, name).render(**values).strip()
