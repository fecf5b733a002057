"""The language models of a run, editable in the launchpad under `resources: language_models`.

Without an endpoint the assets that need one fail with a sentence that says what to set; all others do not care.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import dagster as dg
from pydantic import Field, SecretStr

from dive_assets.language_models.budget import Cap
from dive_assets.language_models.capabilities import Ability, require
from dive_assets.language_models.chat import Sampling
from dive_assets.language_models.client import ChatClient, Endpoint, Limits
from dive_assets.language_models.prices import Price
from dive_assets.language_models.recorder import Recorder
from dive_assets.model_gates.answering import GateSettings
from dive_assets.model_gates.judge import JudgeSettings
from dive_assets.model_synthesis.collector import CollectorSettings
from dive_assets.model_synthesis.deriver import DeriverSettings
from dive_assets.model_synthesis.rewriter import RewriterSettings
from dive_assets.production.model_tasks import ModelSettings
from dive_assets.production.rewritten_tasks import RewritingSettings
from dive_assets.production.rollouts import RolloutSettings
from dive_assets.trajectories.model_teacher import TeacherSettings

URL_VARIABLE, MODEL_VARIABLE, KEY_VARIABLE = "DIVE_LLM_BASE_URL", "DIVE_LLM_MODEL", "DIVE_LLM_API_KEY"


class Stage(dg.Config):
    """Model and sampling of one stage."""

    model: str = Field(default="", description="The default model if empty.")
    temperature: float | None = Field(default=None, description="Left to the server if not given.")
    top_p: float | None = Field(default=None, description="Left to the server if not given.")
    max_tokens: int = Field(default=4096, ge=1, description="Most tokens of one reply.")

    @property
    def sampling(self) -> Sampling:
        return Sampling(temperature=self.temperature, top_p=self.top_p, max_tokens=self.max_tokens)


class ModelPrice(dg.Config):
    """US dollars a million tokens."""

    model: str
    prompt: float = Field(ge=0)
    completion: float = Field(ge=0)


class LanguageModels(dg.ConfigurableResource):
    """Endpoint, models of the stages, limits, budget, and how much they are asked to do."""

    storage: str = Field(description="Folder below which replies and their costs are kept.")
    base_url: str = Field(default="", description="Root of an OpenAI-compatible API, such as http://127.0.0.1:8000/v1.")
    api_key_variable: str = Field(default=KEY_VARIABLE, description="Environment variable that holds the key, if any.")
    default_model: str = Field(default="", description="Model of every stage that names none.")

    attempts: int = Field(default=64, ge=1, description="Attempts at tasks in each domain.")
    collector: Stage = Field(default=Stage(temperature=0.9), description="Explores with real tools.")
    collection_rounds: int = Field(default=3, ge=1, description="Rounds of exploration, each one step further.")
    most_tools: int = Field(default=50, ge=1, description="Tools that the collector is offered at most.")
    exemplars: bool = Field(default=True, description="Show the collector an example question of ours.")
    deriver: Stage = Field(default=Stage(temperature=0.0), description="Writes question, answer and citations.")
    rewrites: int = Field(default=32, ge=0, description="Verified symbolic tasks a domain that are reworded.")
    rewriter: Stage = Field(default=Stage(temperature=0.7), description="Says a question in other words.")
    gates: bool = Field(default=True, description="Try every task without tools, and with its evidence.")
    answerer: Stage = Field(default=Stage(temperature=0.0), description="Is asked by the gates.")
    closed_book_samples: int = Field(default=1, ge=1, description="Tries without tools; one right answer rejects.")
    solver: Stage = Field(default=Stage(temperature=0.7), description="Solves tasks with their tools.")
    rollouts: int = Field(default=4, ge=1, description="Rollouts of each task.")
    turns: int = Field(default=24, ge=1, description="Most replies of one rollout.")
    judges: list[str] = Field(
        default=[], description="Models that vote on free texts, an odd number; none: texts are compared by code."
    )
    judge_false_positives: float = Field(
        default=0.05, ge=0, le=1, description="Share of wrong answers that judges may accept before the release stops."
    )
    judge_false_negatives: float = Field(
        default=0.2, ge=0, le=1, description="Share of right answers that judges may refuse before the release stops."
    )

    in_flight: int = Field(default=64, ge=1, description="Most calls at once; fewer while the server is overloaded.")
    requests_per_minute: float | None = Field(default=None, description="No limit if not given.")
    tokens_per_minute: float | None = Field(default=None, description="No limit if not given.")
    timeout_s: float = Field(default=600.0, gt=0, description="Longest wait for one reply.")
    patience_s: float = Field(default=120.0, ge=0, description="How long a call is tried while the server fails.")
    cap_usd: float | None = Field(default=None, description="Most US dollars that this storage folder may ever cost.")
    cap_tokens: int | None = Field(default=None, description="Most tokens that this storage folder may ever cost.")
    prices: list[ModelPrice] = Field(default=[], description="Prices that go before the table of hosted models.")
    probe: bool = Field(
        default=True, description="Try each model once, and refuse one that keeps to no schema or calls no tools."
    )
    replay_only: bool = Field(default=False, description="Use recorded replies alone, and fail where one is missing.")

    @property
    def recorder_path(self) -> Path:
        return Path(self.storage) / "journal" / "language_models.sqlite"

    @property
    def cap(self) -> Cap:
        return Cap(usd=self.cap_usd, tokens=self.cap_tokens)

    @property
    def price_table(self) -> dict[str, Price]:
        return {p.model: Price(prompt=p.prompt, completion=p.completion) for p in self.prices}

    def require_configured(self) -> None:
        """Raises dagster.Failure that says what to set."""
        if not self.base_url or not self.default_model:
            raise dg.Failure(
                f"No language model is configured: set ${URL_VARIABLE} and ${MODEL_VARIABLE} (and ${KEY_VARIABLE} if "
                "the server wants a key), or base_url and default_model of language_models in the launchpad."
            )

    @asynccontextmanager
    async def client(self) -> AsyncIterator[ChatClient]:
        """A client whose models can do what their stages need. Raises Incapable, and what the client raises."""
        self.require_configured()
        key = os.environ.get(self.api_key_variable) or "none"
        endpoint = Endpoint(base_url=self.base_url, api_key=SecretStr(key))
        limits = Limits(
            in_flight=self.in_flight,
            requests_per_minute=self.requests_per_minute,
            tokens_per_minute=self.tokens_per_minute,
            timeout_s=self.timeout_s,
            patience_s=self.patience_s,
        )
        with Recorder(self.recorder_path) as recorder:
            async with ChatClient(endpoint, recorder, limits, self.cap, self.price_table, self.replay_only) as client:
                if self.probe:
                    await require(client, self._needed())
                yield client

    def model_of(self, stage: Stage) -> str:
        return stage.model or self.default_model

    def _needed(self) -> dict[str, list[Ability]]:
        """What every model must be able to do."""
        needed: dict[str, list[Ability]] = {}
        for stage in (self.collector, self.solver):
            needed.setdefault(self.model_of(stage), []).append("tools")
        for model in (*(self.model_of(stage) for stage in (self.deriver, self.rewriter, self.answerer)), *self.judges):
            needed.setdefault(model, []).append("json_schema")
        return needed

    @property
    def judge_settings(self) -> JudgeSettings | None:
        return JudgeSettings(models=tuple(self.judges)) if self.judges else None

    @property
    def gate_settings(self) -> GateSettings | None:
        if not self.gates:
            return None
        return GateSettings(
            model=self.model_of(self.answerer),
            sampling=self.answerer.sampling,
            closed_book_samples=self.closed_book_samples,
            judges=self.judge_settings,
        )

    def model_settings(self, release_seed: int) -> ModelSettings:
        return ModelSettings(
            attempts=self.attempts,
            release_seed=release_seed,
            collector=CollectorSettings(
                model=self.model_of(self.collector), sampling=self.collector.sampling, rounds=self.collection_rounds
            ),
            deriver=DeriverSettings(model=self.model_of(self.deriver), sampling=self.deriver.sampling),
            gates=self.gate_settings,
            most_tools=self.most_tools,
            exemplars=self.exemplars,
        )

    @property
    def rewriting_settings(self) -> RewritingSettings:
        rewriter = RewriterSettings(model=self.model_of(self.rewriter), sampling=self.rewriter.sampling)
        return RewritingSettings(rewrites=self.rewrites, rewriter=rewriter, gates=self.gate_settings)

    @property
    def rollout_settings(self) -> RolloutSettings:
        teacher = TeacherSettings(model=self.model_of(self.solver), sampling=self.solver.sampling, turns=self.turns)
        return RolloutSettings(teacher=teacher, rollouts=self.rollouts, judges=self.judge_settings)
