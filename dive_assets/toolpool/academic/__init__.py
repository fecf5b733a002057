"""Chemistry, physics, astronomy and phonology."""
