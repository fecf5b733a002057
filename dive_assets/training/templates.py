"""Chat templates: every base model must render tools, calls and outputs, and mark what its assistant says.

A template that drops tools or calls in silence would train a model on half of each chat, so it is refused.
"""

from __future__ import annotations

from typing import Any

from dive_assets.training.errors import TrainingError

PAD = "<|endoftext|>"


def give_tool_template(tokenizer: Any) -> None:
    """Give a ChatML tokenizer (`<|im_start|>`, `<|im_end|>`) a template with tools, and a pad token of its own.

    The template is Qwen3-Instruct-2507's, which trl knows how to train with and to parse replies of.
    """
    from trl.chat_template_utils import add_response_schema, qwen3_instruct_2507_chat_template

    tokenizer.chat_template = qwen3_instruct_2507_chat_template
    tokenizer.pad_token = PAD
    tokenizer.padding_side = "left"
    add_response_schema(tokenizer)


def check_template(tokenizer: Any, name: str) -> None:
    """Raises TrainingError unless the tokenizer can render, parse and mark chats with tool calls."""
    from trl.chat_template_utils import add_response_schema, get_training_chat_template, supports_tool_calling

    if not supports_tool_calling(tokenizer):
        raise TrainingError(
            f"the chat template of {name} drops tools or their calls: choose a model whose template has them"
        )
    try:
        if getattr(tokenizer, "response_template", None) is None:
            add_response_schema(tokenizer)
        get_training_chat_template(tokenizer)
    except ValueError as error:
        raise TrainingError(f"trl cannot train with the chat template of {name}: {error}") from error


def training_template(tokenizer: Any) -> str:
    """The template that marks the assistant's tokens with generation tags."""
    from trl.chat_template_utils import get_training_chat_template

    return get_training_chat_template(tokenizer) or tokenizer.chat_template
