"""Chat models behind an OpenAI-compatible endpoint: requests, recorded replies, limits, costs."""
