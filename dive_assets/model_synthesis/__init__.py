"""Tasks of a model: it explores with real tools, then writes a question that the evidence strictly entails."""
