"""Training on what the factory makes, and measuring what it taught: SFT, rollouts, GRPO, evaluation.

torch, transformers and trl are imported inside functions alone: the rest of the project works without them.
"""
