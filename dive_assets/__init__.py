"""dive-assets: a Dagster asset-graph factory for verified tool-use training data."""

__version__ = "0.1.0"
