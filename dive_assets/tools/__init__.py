"""What a tool is: annotations, the decorator, the registry and the isolated runtime."""
