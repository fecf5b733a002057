"""trajectories: a chat with tool calls for every verified task."""

import dagster as dg
import polars as pl

from dive_assets.defs.metadata import table_output
from dive_assets.domains import DOMAINS
from dive_assets.production.tool_pool import tools_in_pool
from dive_assets.tables import TraceShelf, blocks_of_domain, tasks_of, trajectories_of, trajectory_table
from dive_assets.tools.registry import load_registry
from dive_assets.trajectories.conversation import transcript
from dive_assets.trajectories.scripted_teacher import scripted_trajectory
from dive_assets.trajectories.submission import wrong_submission


@dg.asset(
    partitions_def=DOMAINS,
    group_name="trajectories",
    kinds={"python", "polars"},
    owners=["team:data"],
)
def trajectories(
    context: dg.AssetExecutionContext,
    verified_tasks: pl.LazyFrame,
    execution_traces: pl.LazyFrame,
    tool_pool: pl.LazyFrame,
) -> dg.Output[pl.DataFrame]:
    """Chats of a scripted teacher that follows each program, every tool output as it was recorded."""
    tools = tools_in_pool(tool_pool.collect(), load_registry())
    parts = []
    for task_rows, trace_rows in blocks_of_domain(context.partition_key, verified_tasks, execution_traces):
        traces = TraceShelf(trace_rows)
        chats = (scripted_trajectory(task, traces[task.index], tools) for task in tasks_of(task_rows))
        parts.append(trajectory_table(chats))
    frame = pl.concat([trajectory_table([]), *parts])
    shortest = next(trajectories_of(frame.sort("characters").head(1)), None)
    return table_output(
        frame,
        turns=frame["turns"].mean(),
        calls=frame["calls"].mean(),
        characters=dg.MetadataValue.json(frame["characters"].describe().to_dicts()),
        example=dg.MetadataValue.md(transcript(shortest) if shortest else "(no tasks)"),
    )


@dg.asset_check(
    asset=trajectories,
    additional_ins={"verified_tasks": dg.AssetIn("verified_tasks")},
    partitions_def=DOMAINS,
    blocking=True,
)
def every_chat_ends_with_the_answer(
    context: dg.AssetCheckExecutionContext, trajectories: pl.LazyFrame, verified_tasks: pl.LazyFrame
) -> dg.AssetCheckResult:
    """There is one chat a task, and it submits the task's answer."""
    failures, astray = dict[str, str](), trajectories.select(pl.len()).collect().item()
    for task_rows, chat_rows in blocks_of_domain(context.partition_key, verified_tasks, trajectories):
        tasks = {task.task_id: task for task in tasks_of(task_rows)}
        chats = {chat.task_id: chat for chat in trajectories_of(chat_rows)}
        astray += len(tasks.keys() ^ chats.keys()) - len(chats)  # a second chat of a task is left over
        wrong = {name: wrong_submission(chats[name], task) for name, task in tasks.items() if name in chats}
        failures |= {name: reason for name, reason in wrong.items() if reason}
    return dg.AssetCheckResult(
        passed=not failures and not astray,
        metadata={"wrong": len(failures), "missing_or_left_over": astray, "first": str(failures)[:500]},
    )
