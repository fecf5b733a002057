"""What somebody does with a published set: load it, verify it, solve its tasks, serve its tools. Knows no Dagster."""
