"""The asset graph as a Dagster user reads it: one file a stage, each asset thin, its checks beside it."""
