"""What models say of a task: they must not know the answer by heart, must find it in the evidence, and judge texts."""
