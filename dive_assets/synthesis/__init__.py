"""Evidence first: fill a pattern with real tools, execute it, then say in English what was found."""
