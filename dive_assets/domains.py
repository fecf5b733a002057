"""The domain partitions. A further domain is one more folder in `toolpool` and one more key here."""

import dagster as dg

DOMAIN_KEYS = ("general", "academic", "biological", "medical", "financial", "transport", "earth")
DOMAINS = dg.StaticPartitionsDefinition(list(DOMAIN_KEYS))
