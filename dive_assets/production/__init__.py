"""Making tasks in quantity: the journal, and the loops that fill a partition and go on where they were."""
