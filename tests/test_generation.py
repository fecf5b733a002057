"""Replies of a model in this process: the same whether a conversation is read anew each time or gone on with."""

from __future__ import annotations

import copy
import random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("torch", reason="the packages of the train extra are not installed: make train-packages")

from dive_assets.training import generation
from dive_assets.training.base_models import load_model, load_tokenizer, prepare_base
from dive_assets.training.generation import ModelGenerator

pytestmark = pytest.mark.training
TOKENS = 12


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    base = prepare_base("tiny", tmp_path_factory.mktemp("models"))
    return load_model(base, "float32", "cpu"), load_tokenizer(base)


class Counted:
    """A model that counts the tokens that it is asked to read."""

    def __init__(self, model: Any) -> None:
        self.read = 0
        self._hook = model.register_forward_pre_hook(self._count, with_kwargs=True)

    def _count(self, _: Any, __: Any, given: dict[str, Any]) -> None:
        self.read += given["input_ids"].numel()

    def close(self) -> None:
        self._hook.remove()


@settings(max_examples=12, deadline=None)
@given(
    lengths=st.lists(st.integers(1, 40) | st.just(300), min_size=1, max_size=5),
    left=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    batch=st.integers(1, 4),
    seed=st.integers(0, 9),
    at_once=st.sampled_from([3, TOKENS]),
)
def test_conversation_that_is_gone_on_with_has_the_replies_of_one_that_is_read_anew(
    parts: tuple[Any, Any], lengths: list[int], left: list[int], batch: int, seed: int, at_once: int
) -> None:
    """Also where rows end early, are set aside while the others go on, and are joined again."""
    model, rng = parts[0], random.Random(seed)
    prompts = [[rng.randrange(3, 2000) for _ in range(length)] for length in lengths]
    (reply, *_) = ModelGenerator(*parts, TOKENS, batch).replies(prompts)
    tokenizer = SimpleNamespace(pad_token_id=parts[1].pad_token_id, eos_token_id=reply.ids[seed])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generation, "SAID_AT_ONCE", at_once)
        going_on = ModelGenerator(model, tokenizer, TOKENS, batch)
    for turn in range(4):
        alive = [prompt for place, prompt in enumerate(prompts) if left[place] >= turn]
        if not alive:
            break
        replies = going_on.replies(alive)
        assert replies == ModelGenerator(model, tokenizer, TOKENS, batch).replies(alive)
        said = iter(replies)
        prompts = [
            [*prompt, *next(said).ids, *(rng.randrange(3, 2000) for _ in range(rng.randrange(1, 9)))]
            if left[place] >= turn
            else prompt
            for place, prompt in enumerate(prompts)
        ]


def test_only_what_is_new_is_read(parts: tuple[Any, Any]) -> None:
    model, tokenizer = parts
    generator = ModelGenerator(model, tokenizer, TOKENS, 2)
    prompt = list(range(100, 300))
    (reply,) = generator.replies([prompt])
    counted = Counted(model)
    generator.replies([[*prompt, *reply.ids, 7, 8, 9]])
    counted.close()
    assert counted.read <= 4 + TOKENS


def test_prompts_that_are_alike_each_get_a_reply(parts: tuple[Any, Any]) -> None:
    model, tokenizer = parts
    generator = ModelGenerator(model, tokenizer, TOKENS, 2)
    prompt = list(range(50, 90))
    first = generator.replies([prompt] * 3)
    assert first[0] == first[1] == first[2]
    again = [[*prompt, *first[0].ids, 5]] * 3
    assert len({tuple(reply.ids) for reply in generator.replies(again)}) == 1


@pytest.mark.parametrize("adapted", [False, True])
@pytest.mark.parametrize("rows", [1, 16])
def test_packed_layers_give_the_products_of_the_layers_and_leave_nothing_behind(
    parts: tuple[Any, Any], rows: int, adapted: bool
) -> None:
    import torch
    from peft import LoraConfig, get_peft_model

    from dive_assets.training.packed_linears import packed_linears

    model = copy.deepcopy(parts[0])
    if adapted:
        adapters = LoraConfig(r=4, target_modules="all-linear", task_type="CAUSAL_LM", init_lora_weights=False)
        model = get_peft_model(model, adapters).eval()
    ids = torch.arange(3, 3 + 7 * rows).reshape(rows, 7)
    plain = model(input_ids=ids).logits
    with packed_linears(model, rows):
        layers = [module for module in model.modules() if "forward" in module.__dict__]
        packed = model(input_ids=ids).logits
    torch.testing.assert_close(packed, plain, atol=1e-4, rtol=1e-4)
    assert len(layers) == sum(type(module) is torch.nn.Linear for module in parts[0].modules())
    assert not [module for module in model.modules() if module in layers and "forward" in module.__dict__]
    assert torch.equal(model(input_ids=ids).logits, plain)
