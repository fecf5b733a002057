"""What several domains speak of: entity types and data sources. It holds no tools."""
