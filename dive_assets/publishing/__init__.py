"""Releases: built from verified tasks, and checked by whoever downloads one."""
