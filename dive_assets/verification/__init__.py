"""What a task must pass before it is published: one module a family of checks, none needs a model."""
