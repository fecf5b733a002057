"""trl's GRPO trainer without the padding that a forward pass does not need.

trl (1.16) pads all rows of a generation to the longest prompt and the longest completion. With tools both differ much:
half of what goes forward is padding, and attention with a mask takes twice as long as without on CPUs.
"""

from __future__ import annotations

from typing import Any

from torch.nn.functional import pad
from trl import GRPOTrainer


class UnpaddedGRPOTrainer(GRPOTrainer):  # type: ignore[misc]
    """Leaves out the columns that are padding in all rows of a forward pass; the loss is the same."""

    def _get_per_token_logps_and_entropies(
        self, model: Any, input_ids: Any, attention_mask: Any, logits_to_keep: int, *args: Any, **kwargs: Any
    ) -> tuple[Any, Any, Any]:
        width = input_ids.shape[1]
        read = attention_mask.any(0).nonzero().flatten()
        start = min(int(read[0]), width - logits_to_keep - 1)
        end = max(int(read[-1]) + 1, width - logits_to_keep + 1)  # a completion has at least one column
        found, entropies, auxiliary = super()._get_per_token_logps_and_entropies(
            model,
            input_ids[:, start:end],
            attention_mask[:, start:end],
            logits_to_keep - (width - end),
            *args,
            **kwargs,
        )
        return _widened(found, width - end), _widened(entropies, width - end), auxiliary


def _widened(values: Any, columns: int) -> Any:
    return None if values is None else pad(values, (0, columns))
