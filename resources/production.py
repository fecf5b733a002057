"""What a run shall make, editable in the launchpad under `resources: production`."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
from pydantic import Field, PrivateAttr

from dive_assets.diversity.metrics import DiversityFloors
from dive_assets.production.traces import ProductionSettings
from dive_assets.synthesis.planner import Quotas
from dive_assets.tools.runtime import RuntimeLimits, ToolRuntime


class Production(dg.ConfigurableResource):
    """Settings shared by all assets of a run, so that they cannot disagree."""

    tasks: int = Field(default=200, ge=1, description="Verified tasks wanted in each domain.")
    rounds: int = Field(
        default=4, ge=1, le=6, description="Evolution rounds: how many operations a program may grow by."
    )
    release_seed: int = Field(
        default=0, ge=0, description="Another seed gives another set; the same seed the same rows."
    )
    pure_retrieval: float = Field(default=0.2, ge=0, le=1, description="Share of tasks that use R tools alone.")
    pure_processing: float = Field(default=0.22, ge=0, le=1, description="Share of tasks that use P tools alone.")
    by_rounds: list[float] = Field(
        default=[0.03, 0.12, 0.5, 0.35],
        description="Shares of tasks that grew by one, two, three, four or more rounds.",
    )
    recovery: float = Field(default=0.1, ge=0, le=1, description="Share of tasks that keep a failed call and its mend.")
    unanswerable: float = Field(
        default=0.05, ge=0, lt=1, description="Tasks, as a share of the wanted ones, whose toolset lacks a needed tool."
    )
    tool_coverage_floor: float = Field(default=0.6, ge=0, le=1, description="Share of a domain's tools in some task.")
    call_graph_floor: float = Field(default=0.7, ge=0, le=1, description="Distinct call graphs, as a share of tasks.")
    workers: int = Field(
        default=2, ge=1, le=64, description="Worker processes for tool calls; changes speed, never a row."
    )
    call_time_limit_s: float = Field(default=60.0, gt=0, description="Wall seconds that one tool call may take.")
    call_memory_limit_mb: int = Field(default=6144, ge=512, description="Address space of one worker process, in MiB.")
    storage: str = Field(description="Folder of tables, journals and releases.")

    _making: ToolRuntime = PrivateAttr()
    _checking: ToolRuntime = PrivateAttr()

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        limits = RuntimeLimits(time_s=self.call_time_limit_s, memory_bytes=self.call_memory_limit_mb * 2**20)
        self._making, self._checking = ToolRuntime(self.workers, limits), ToolRuntime(self.workers, limits)
        self._making.start()
        self._checking.start()

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        self._making.stop()
        self._checking.stop()

    @property
    def making(self) -> ToolRuntime:
        """Warm worker processes of this run that make tasks."""
        return self._making

    @property
    def checking(self) -> ToolRuntime:
        """Other worker processes, which never see a task before they replay it."""
        return self._checking

    @property
    def settings(self) -> ProductionSettings:
        return ProductionSettings(
            tasks=self.tasks,
            rounds=self.rounds,
            release_seed=self.release_seed,
            quotas=Quotas(
                pure_retrieval=self.pure_retrieval,
                pure_processing=self.pure_processing,
                by_rounds=tuple(self.by_rounds),
                recovery=self.recovery,
                unanswerable=self.unanswerable,
            ),
        )

    @property
    def floors(self) -> DiversityFloors:
        return DiversityFloors(tool_coverage=self.tool_coverage_floor, unique_call_graphs=self.call_graph_floor)

    @property
    def journal_folder(self) -> Path:
        return Path(self.storage) / "journal"

    @property
    def release_folder(self) -> Path:
        return Path(self.storage) / "release"

    @property
    def model_release_folder(self) -> Path:
        return Path(self.storage) / "model_release"

    @property
    def published_folder(self) -> Path:
        return Path(self.storage) / "published"
