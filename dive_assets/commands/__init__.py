"""The commands of `dive-assets`, one module a subject."""
