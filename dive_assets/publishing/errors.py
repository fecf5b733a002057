"""What goes wrong with a release."""

from __future__ import annotations


class ReleaseError(Exception):
    """A release cannot be built or read; the message names the row, file or field, and the mend."""
