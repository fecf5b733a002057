"""Rows, tokens and rollouts: what is trained on is what the assistant says, and rollouts read the same tokens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("trl", reason="the packages of the train extra are not installed: make train-packages")

from dive_assets.publishing.splits import held_out_tools, needed_tools
from dive_assets.records import Task, Trajectory
from dive_assets.tables import TRAJECTORY_COLUMNS
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime
from dive_assets.training.base_models import load_tokenizer, prepare_base
from dive_assets.training.chat_tokens import ChatTokens, turns_of, with_objects
from dive_assets.training.errors import TrainingError
from dive_assets.training.examples import Example, examples_of, training_order
from dive_assets.training.frontier import frontier_funnel, frontier_table, rejection_samples
from dive_assets.training.generation import Reply
from dive_assets.training.grpo import trainer_fields
from dive_assets.training.reward_hacking import WATCHED, risen, shares, watch
from dive_assets.training.rollouts import FULL, Rollout, RolloutEngine, rollout_table
from dive_assets.training.rows import RowTable, in_turns, make_rows, training_tasks
from dive_assets.training.settings import FrontierSettings, RolloutSettings, RowSettings, settings_of
from dive_assets.training.toolsets import ToolsetFitter
from dive_assets.trajectories.conversation import SUBMIT, asks_for
from dive_assets.trajectories.scripted_teacher import scripted_trajectory
from tests.conftest import Made

pytestmark = pytest.mark.training

CONTEXTS = (2500, 4000)
LONG = RolloutSettings(context=6000, turns=40, turn_tokens=600, shown_characters=5000, workers=1)


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> ChatTokens:
    return ChatTokens(load_tokenizer(prepare_base("tiny", tmp_path_factory.mktemp("models"))))


@pytest.fixture(scope="module")
def chats(made: Made) -> list[Trajectory]:
    return [scripted_trajectory(task, made.traces[task.index], made.pool) for task in made.tasks]


@pytest.fixture(scope="module")
def rows(made: Made, chats: list[Trajectory], form: ChatTokens) -> RowTable:
    wanted = RowSettings(context_lengths=CONTEXTS, sft_rows=30, rl_tasks=6, test_rows=10, recovery_weight=3)
    return make_rows(made.tasks, chats, load_registry().tools, form, wanted, 5000, seed=0)


def said_by_assistant(messages: Sequence[dict[str, Any]]) -> list[str]:
    """What Qwen's form makes of each reply, written out by hand."""
    texts = []
    for message in messages:
        if message["role"] == "assistant":
            parts = [message["content"]] if message["content"] else []
            for call in message.get("tool_calls") or ():
                name, arguments = call["function"]["name"], call["function"]["arguments"]
                given = orjson.loads(arguments) if isinstance(arguments, str) else arguments
                text = ", ".join(f"{dump(key)}: {dump(value)}" for key, value in given.items())
                parts.append(f'<tool_call>\n{{"name": "{name}", "arguments": {{{text}}}}}\n</tool_call>')
            texts.append("\n".join(parts) + "<|im_end|>\n")
    return texts


def dump(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def test_supervised_tokens_are_exactly_what_the_assistant_says(rows: RowTable, form: ChatTokens) -> None:
    assert rows.frame.height > 20
    for row in rows.frame.iter_rows(named=True):
        messages = orjson.loads(row["messages"])
        ids, said = form.supervised(messages, orjson.loads(row["tools"]))
        decoded = [form.tokenizer.decode([ids[i] for i in turn]) for turn in turns_of(said)]
        assert decoded == said_by_assistant(messages)
        hidden = form.tokenizer.decode([i for i, spoken in zip(ids, said, strict=True) if not spoken])
        assert all(m["content"] in hidden for m in messages if m["role"] in ("system", "user", "tool"))
        assert len(ids) == row["tokens"]


def test_labels_are_those_that_trl_makes_of_messages_and_tools(
    rows: RowTable, form: ChatTokens, tmp_path: Path
) -> None:
    from datasets import Dataset
    from transformers import AutoModelForCausalLM
    from trl import SFTConfig, SFTTrainer

    asked = rows.frame.filter(pl.col("use") == "sft").head(12)
    plain = [
        {"messages": orjson.loads(m), "tools": orjson.loads(t)} for m, t in asked.select("messages", "tools").rows()
    ]
    dataset = Dataset.from_list(plain, on_mixed_types="use_json")
    # datasets 5.2 reads some floats of JSON columns back as others, such as 0.3 as 0.30000000000000004
    kept = [place for place, (row, read) in enumerate(zip(plain, dataset, strict=True)) if read == row][:3]
    assert len(kept) == 3
    chosen = asked[kept]
    trainer = SFTTrainer(
        model=AutoModelForCausalLM.from_pretrained(form.tokenizer.name_or_path),
        args=SFTConfig(
            str(tmp_path), assistant_only_loss=True, max_length=None, use_cpu=True, bf16=False, report_to="none"
        ),
        train_dataset=dataset.select(kept),
        processing_class=form.tokenizer,
    )
    ours = examples_of(chosen, form, train_on_failed_calls=True)
    theirs = trainer.train_dataset
    assert [e.input_ids for e in ours] == [row["input_ids"] for row in theirs]
    assert [e.labels for e in ours] == [row["labels"] for row in theirs]


def test_failed_call_is_not_trained_on_but_its_mend_is(rows: RowTable, form: ChatTokens) -> None:
    recoveries = rows.frame.filter(pl.col("kind") == "recovery")
    assert recoveries.height
    for trained, whole, row in zip(
        examples_of(recoveries, form, False), examples_of(recoveries, form, True), recoveries["messages"], strict=True
    ):
        turns = said_by_assistant(orjson.loads(row))
        failed = [i for i, m in enumerate(orjson.loads(row)) if str(m.get("tool_call_id", "")).endswith("-failed")]
        place = sum(m["role"] == "assistant" for m in orjson.loads(row)[: failed[0]]) - 1
        left = form.tokenizer.decode([label for label in trained.labels if label >= 0])
        assert left == "".join(turns[:place] + turns[place + 1 :])
        assert form.tokenizer.decode([label for label in whole.labels if label >= 0]) == "".join(turns)


def test_rows_hold_needed_tools_fit_their_context_and_offer_no_held_out_tool(rows: RowTable, made: Made) -> None:
    apart = held_out_tools(made.tasks)
    assert rows.frame["phase"].n_unique() == len(CONTEXTS)
    for row in rows.frame.iter_rows(named=True):
        task = Task.model_validate_json(row["task"])
        assert set(row["offered"]) >= needed_tools(task) - {task.missing_tool}
        assert task.missing_tool not in row["offered"]
        assert row["tokens"] <= row["phase"]
        names = [schema["function"]["name"] for schema in orjson.loads(row["tools"])]
        assert names == [*row["offered"], SUBMIT]
        assert row["split"] == "test_unseen_tools" or not apart & set(row["offered"])
        assert row["use"] in (("sft", "rl") if row["split"] == "train" else (row["split"],))
    weights = dict(rows.frame.filter(pl.col("use") == "sft").select("kind", "weight").unique().rows())
    assert weights["recovery"] == 3 and weights["plain"] == 1
    assert rows.frame.group_by("task_id").agg(pl.col("use").n_unique())["use"].max() == 1


def test_rows_depend_on_the_seed_alone(rows: RowTable, made: Made, chats: list[Trajectory], form: ChatTokens) -> None:
    wanted = RowSettings(context_lengths=CONTEXTS, sft_rows=30, rl_tasks=6, test_rows=10, recovery_weight=3)
    turned = list(reversed(made.tasks)), list(reversed(chats))
    assert make_rows(*turned, load_registry().tools, form, wanted, 5000, seed=0).frame.equals(rows.frame)
    assert not make_rows(*turned, load_registry().tools, form, wanted, 5000, seed=1).frame.equals(rows.frame)


@given(st.lists(st.sampled_from("aaaaabbc")))
def test_turns_begin_with_one_of_every_key_and_keep_the_order_of_each(keys: list[str]) -> None:
    dealt = in_turns(list(enumerate(keys)), key=lambda item: item[1])
    turns = [[key for _, key in dealt[:place]].count(key) for place, (_, key) in enumerate(dealt)]
    assert turns == sorted(turns)
    for key in set(keys):
        assert [item for item in dealt if item[1] == key] == [item for item in enumerate(keys) if item[1] == key]


@settings(max_examples=15)
@given(data=st.data())
def test_toolset_is_cut_to_any_context_that_holds_the_needed_tools(
    data: st.DataObject, made: Made, chats: list[Trajectory], form: ChatTokens
) -> None:
    place = data.draw(st.integers(0, len(made.tasks) - 1))
    task, chat = made.tasks[place], chats[place]
    fitter = ToolsetFitter(form, load_registry().tools)
    needed = [name for name in task.toolset if name in needed_tools(task) - {task.missing_tool}]
    least = fitter.least(chat, needed)
    assert fitter.far_too_long(chat, needed, least // 8) and not fitter.far_too_long(chat, needed, least)
    context = data.draw(st.integers(least, least + 3000))
    fitted = fitter.fit(task, chat, task.toolset, needed, context)
    assert set(needed) <= set(fitted.tools) <= set(task.toolset)
    assert least <= fitted.tokens <= context
    with pytest.raises(ValueError, match="the context holds"):
        fitter.fit(task, chat, task.toolset, needed, least - 1)


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=40),
    st.integers(1, 5),
    st.integers(1, 3),
)
def test_order_of_training_shows_each_row_as_often_as_it_weighs_short_contexts_first(
    shapes: list[tuple[int, int, int]], batch: int, epochs: int
) -> None:
    examples = [Example([0] * length, [0] * length, phase, weight) for length, phase, weight in shapes]
    order = training_order(examples, batch, epochs, seed=1)
    assert sorted(order) == sorted(i for i, e in enumerate(examples) for _ in range(e.weight * epochs))
    an_epoch = len(order) // epochs
    for epoch in range(epochs):
        phases = [examples[i].phase for i in order[epoch * an_epoch : (epoch + 1) * an_epoch]]
        assert phases == sorted(phases)
    assert order == training_order(examples, batch, epochs, seed=1)


def test_nothing_to_train_on_is_an_error(rows: RowTable, form: ChatTokens) -> None:
    with pytest.raises(TrainingError, match="no rows to train on"):
        examples_of(rows.frame.head(0), form, False)


# --- rollouts ---------------------------------------------------------------------------------------


class Parrot:
    """A generator that says what was written down for each prompt that it has seen the beginning of."""

    def __init__(self, form: ChatTokens, scripts: dict[tuple[int, ...], list[str]]) -> None:
        self._form = form
        self._scripts = scripts

    def replies(self, prompts: Sequence[Sequence[int]]) -> list[Reply]:
        return [self._reply(tuple(prompt)) for prompt in prompts]

    def _reply(self, prompt: tuple[int, ...]) -> Reply:
        start = max((s for s in self._scripts if prompt[: len(s)] == s), key=len)
        spoken = self._form.tokenizer.decode(prompt[len(start) :]).count("<|im_start|>assistant")
        ids = self._form.tokenizer(self._scripts[start][spoken], add_special_tokens=False)["input_ids"]
        return Reply(ids, [-0.5] * len(ids))


def rolled_out(
    form: ChatTokens, rows: pl.DataFrame, texts: list[list[str]], limits: RolloutSettings = LONG
) -> list[Rollout]:
    """Rollouts of the rows' tasks in which a parrot says `texts`."""
    with ToolRuntime(1) as runtime:
        engine = RolloutEngine(form, runtime.call, limits)
        tasks = {task.task_id: task for task in training_tasks(rows, rows["use"].unique().to_list())}
        chosen = [tasks[task_id] for task_id in rows["task_id"]]
        scripts = {
            tuple(form.prompt(orjson.loads(row["messages"])[:2], orjson.loads(row["tools"]))): said
            for row, said in zip(rows.iter_rows(named=True), texts, strict=True)
        }
        return engine.run([(task, 0) for task in chosen], Parrot(form, scripts))


@pytest.fixture(scope="module")
def followed(rows: RowTable, form: ChatTokens) -> tuple[pl.DataFrame, list[Rollout]]:
    """Rollouts that say what the scripted teacher said, with tools executed anew."""
    chosen = rows.frame.filter((pl.col("use") != "sft") & (pl.col("kind") != "recovery")).head(6)
    texts = [[text.removesuffix("\n") for text in said_by_assistant(orjson.loads(m))] for m in chosen["messages"]]
    return chosen, rolled_out(form, chosen, texts)


def test_rollout_that_follows_the_teacher_reads_and_says_the_tokens_that_sft_trains_on(
    followed: tuple[pl.DataFrame, list[Rollout]], form: ChatTokens
) -> None:
    for row, rollout in zip(followed[0].iter_rows(named=True), followed[1], strict=True):
        assert rollout.reward.total == pytest.approx(1.1), (rollout.reward, rollout.ended)
        ids, said = form.supervised(orjson.loads(row["messages"]), orjson.loads(row["tools"]))
        together = [*rollout.prompt_ids, *rollout.completion_ids]
        assert together == ids[: len(together)] and form.tokenizer.decode(ids[len(together) :]) == "\n"
        line_break = form.tokenizer("\n", add_special_tokens=False)["input_ids"]
        spoken = [i for i, s in zip(rollout.completion_ids, rollout.said, strict=True) if s]
        trained = [ids[place] for turn in turns_of(said) for place in turn[: -len(line_break)]]
        assert spoken == trained


def test_mask_of_the_loss_covers_no_token_of_a_tool(
    followed: tuple[pl.DataFrame, list[Rollout]], form: ChatTokens
) -> None:
    fields = trainer_fields(followed[1])
    assert fields["reward_correct"] == [1.0] * len(followed[1])
    for rollout, ids, mask, known in zip(
        followed[1], fields["completion_ids"], fields["env_mask"], fields["logprobs"] or (), strict=True
    ):
        assert len(ids) == len(mask) == len(known)
        assert [bool(m) for m in mask] == [p != 0.0 for p in known]
        counted = form.tokenizer.decode([i for i, m in zip(ids, mask, strict=True) if m])
        masked = form.tokenizer.decode([i for i, m in zip(ids, mask, strict=True) if not m])
        outputs = [m["content"] for m in rollout.messages if m["role"] == "tool"]
        assert outputs and all(output in masked for output in outputs)
        assert "<tool_response>" not in counted and "<|im_start|>" not in counted
        assert counted == "".join(t.removesuffix("\n") for t in said_by_assistant(rollout.messages))


def test_output_that_is_too_long_is_cut_before_the_model_reads_it(rows: RowTable, form: ChatTokens) -> None:
    chosen = rows.frame.filter(pl.col("kind") == "plain").head(4)
    texts = [[text.removesuffix("\n") for text in said_by_assistant(orjson.loads(m))] for m in chosen["messages"]]
    limits = LONG.model_copy(update={"shown_characters": 200})
    outputs = [m["content"] for r in rolled_out(form, chosen, texts, limits) for m in r.messages if m["role"] == "tool"]
    cut = [text for text in outputs if '"cut"' in text]
    assert cut and all(len(text) < 300 for text in outputs)


SUBMITTED = (
    '<tool_call>\n{"name": "submit_answer", "arguments": {"answerable": true, "answer": ANSWER}}\n'
    "</tool_call><|im_end|>"
)


@pytest.mark.parametrize(
    ("texts", "wrong", "ended"),
    [
        (["I know it by heart.<|im_end|>"], "nothing is submitted", "a message without a call"),
        (['<tool_call>\n{"name": "no_such_tool", "arguments": {}}\n</tool_call><|im_end|>'] * 9, "nothing", "4 turns"),
        ([SUBMITTED.replace("ANSWER", '"x"')], "another answer", "the answer is submitted"),
        (["<tool_call>\n{broken json\n</tool_call><|im_end|>"], "nothing is submitted", "a message without a call"),
        ([SUBMITTED.replace("ANSWER", "1" + 30 * "0")], "another answer", "the answer is submitted"),
        ([SUBMITTED.replace("ANSWER", '"\\ud800"')] * 9, "nothing is submitted", "4 turns"),
    ],
)
def test_rollout_that_fails_is_over_at_once_and_says_why(
    rows: RowTable, form: ChatTokens, texts: list[str], wrong: str, ended: str
) -> None:
    chosen = rows.frame.filter((pl.col("kind") == "plain") & (pl.col("use") != "sft")).head(1)
    (rollout,) = rolled_out(form, chosen, [texts], LONG.model_copy(update={"turns": 4}))
    assert rollout.reward.wrong.startswith(wrong) and ended in rollout.ended
    assert not rollout.solved
    table = rollout_table([rollout], "parrot", step=3)
    assert table["step"].to_list() == [3] and table["failure"][0] == rollout.reward.wrong
    assert orjson.loads(table["messages"][0])[-1]["role"] in ("assistant", "tool")


def test_rollout_ends_where_its_context_does(rows: RowTable, form: ChatTokens) -> None:
    chosen = rows.frame.filter((pl.col("kind") == "plain") & (pl.col("calls") > 2)).head(1)
    texts = [[text.removesuffix("\n") for text in said_by_assistant(orjson.loads(m))] for m in chosen["messages"]]
    prompt = form.prompt(orjson.loads(chosen["messages"][0])[:2], orjson.loads(chosen["tools"][0]))
    limits = LONG.model_copy(update={"context": len(prompt) + 60})
    (rollout,) = rolled_out(form, chosen, texts, limits)
    assert rollout.ended and not rollout.solved
    assert len(rollout.prompt_ids) + len(rollout.completion_ids) <= limits.context
    (none,) = rolled_out(form, chosen, texts, LONG.model_copy(update={"context": len(prompt)}))
    assert none.ended == FULL and not none.completion_ids


def test_right_answer_counts_as_earned_only_after_a_call_that_succeeded(rows: RowTable, form: ChatTokens) -> None:
    chosen = rows.frame.filter(pl.col("kind") == "plain").head(1)
    texts = [text.removesuffix("\n") for text in said_by_assistant(orjson.loads(chosen["messages"][0]))]
    unknown = '<tool_call>\n{"name": "no_such_tool", "arguments": {}}\n</tool_call><|im_end|>'
    for said, earned in ((texts, True), (texts[-1:], False), ([unknown, texts[-1]], False)):
        (rollout,) = rolled_out(form, chosen, [said], LONG)
        assert rollout.solved and rollout.earned == earned


# --- frontier and the watch --------------------------------------------------------------------------


def test_frontier_holds_what_is_solved_sometimes(followed: tuple[pl.DataFrame, list[Rollout]]) -> None:
    solved = rollout_table(followed[1], "x")
    failed = solved.with_columns(failure=pl.lit("another answer"))
    ids = solved["task_id"].to_list()
    never, always, rarely, often = ids[:4]
    table = pl.concat(
        [
            (solved if good else failed).filter(pl.col("task_id") == task_id).with_columns(sample=pl.lit(i, pl.Int64))
            for task_id, successes in ((never, 0), (always, 4), (rarely, 1), (often, 3))
            for i, good in enumerate([True] * successes + [False] * (4 - successes))
        ]
    )
    tasks = [rollout.task for rollout in followed[1][:4]]
    frame = frontier_table(table, tasks, FrontierSettings(low=0.1, high=0.5))
    assert dict(frame.select("task_id", "reason").rows()) == {
        never: "never solved", always: "always solved", rarely: "", often: "outside [0.1, 0.5]",
    }  # fmt: skip
    assert dict(frame.select("task_id", "pass_at_1").rows())[often] == 0.75
    funnel = frontier_funnel(frame)
    assert funnel["tried"] == 4 and funnel["on the frontier"] == 1 and sum(funnel.values()) == 8
    kept = rejection_samples(table, 2)
    assert kept.columns == list(TRAJECTORY_COLUMNS)
    assert dict(kept["task_id"].value_counts().rows()) == {always: 2, rarely: 1, often: 2}
    guessed = rejection_samples(table.with_columns(tool_calls=pl.lit(0, pl.Int64)), 2)
    unanswerable = {task.task_id for task in tasks if task.kind == "unanswerable"} - {never}
    assert set(guessed["task_id"]) == unanswerable < set(kept["task_id"])


def transcript(question: str, replies: list[dict[str, Any]], **columns: Any) -> dict[str, Any]:
    messages = [{"role": "user", "content": question}, *replies]
    facts = {"failure": "", "tool_calls": 1, "failed_calls": 0, **columns}
    return {"messages": orjson.dumps(messages).decode(), **facts}


SUBMITS = asks_for("", [("c", SUBMIT, {"answerable": True, "answer": "Nairobi"})])
HACKS = {
    "answered_without_tools": transcript("Where?", [SUBMITS], tool_calls=0),
    "guessed": transcript("Where?", [SUBMITS], tool_calls=2, failed_calls=2),
    "copied_question": transcript("Where is it?", [{"role": "assistant", "content": "You ask: Where is it?"}, SUBMITS]),
    "huge_output": transcript("Where?", [{"role": "assistant", "content": "la " * 1000}, SUBMITS]),
    "answer_in_prose": transcript("Where?", [{"role": "assistant", "content": "It must be Nairobi."}, SUBMITS]),
    "several_submissions": transcript("Where?", [SUBMITS, SUBMITS]),
}


@pytest.mark.parametrize("name", WATCHED)
def test_every_watched_behaviour_is_seen_alone(name: str) -> None:
    (seen,) = watch(pl.DataFrame([HACKS[name]])).to_dicts()
    assert [key for key, value in seen.items() if value] in ([name], *([[name, "guessed"]] * (name == WATCHED[0])))


def test_teachers_show_none_of_the_watched_behaviours_but_named_answers(
    followed: tuple[pl.DataFrame, list[Rollout]],
) -> None:
    found = shares(rollout_table(followed[1], "teacher"))
    assert {name: share for name, share in found.items() if share and name != "answer_in_prose"} == {}
    worse = {**found, "guessed": 0.4}
    assert risen(found, worse, 0.1) == ["guessed rose from 0% to 40%"]
    assert risen(worse, worse, 0.1) == []


def test_presets_are_whole_and_changes_are_checked() -> None:
    for preset in ("tiny", "laptop", "gpu-8b"):
        chosen = settings_of(preset, changes={"sft": {"epochs": 3}, "seed": 5})
        assert chosen.sft.epochs == 3 and chosen.seed == 5
        assert (chosen.grpo.batch_size * chosen.grpo.accumulate) % chosen.grpo.rollouts == 0
    with pytest.raises(ValueError, match=r"sft.epoch\b"):
        settings_of("tiny", changes={"sft": {"epoch": 3}})
    with pytest.raises(ValueError, match="must ascend"):
        settings_of("tiny", changes={"rows": {"context_lengths": [2048, 1024]}})
    with pytest.raises(ValueError, match=r"rollout\.context \(2048\) must exceed"):
        settings_of("tiny", changes={"rollout": {"context": 2048}})


def test_arguments_are_objects_where_templates_render_them() -> None:
    message = asks_for("", [("c", "f", {"a": 1})])
    assert with_objects([message])[0]["tool_calls"][0]["function"]["arguments"] == {"a": 1}
