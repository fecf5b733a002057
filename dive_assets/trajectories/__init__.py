"""Chats with tool calls that answer tasks: what a model is trained on."""
