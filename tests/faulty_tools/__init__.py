"""Tools that misbehave, each in one way."""
