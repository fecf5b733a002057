"""What a call costs, by the price table of genai-prices or by prices of the configuration."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from dive_assets.language_models.chat import TokenUsage

PER_MILLION = 1_000_000


class Price(BaseModel):
    """US dollars a million tokens."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)


def cost_usd(model: str, usage: TokenUsage, prices: Mapping[str, Price]) -> float | None:
    """US dollars of one call; None for a model whose price nobody knows.

    `prices` of the configuration go before the table, which covers hosted models only.
    """
    if price := prices.get(model):
        return (usage.prompt * price.prompt + usage.completion * price.completion) / PER_MILLION
    from genai_prices import Usage, calc_price

    try:
        found = calc_price(Usage(input_tokens=usage.prompt, output_tokens=usage.completion), model)
    except LookupError:
        return None
    return float(found.total_price)
