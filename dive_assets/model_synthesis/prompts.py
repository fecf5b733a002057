"""The prompts, as files of the folder `prompt_texts`, filled by Jinja. Their text is part of what a task depends on."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import jinja2

NAMES = ("collector_system", "collector_user", "deriver_system", "deriver_user")


@cache
def _template(name: str) -> jinja2.Template:
    text = files("dive_assets.model_synthesis").joinpath("prompt_texts", f"{name}.md").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(default_for_string=False),  # prompts are no HTML
    )
    return environment.from_string(text)


def prompt(name: str, **values: Any) -> str:
    """A filled prompt. Raises jinja2.UndefinedError for a value that is missing."""
    return _template(name).render(**values).strip()
