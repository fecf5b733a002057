"""Tools of the transport domain: airports and flight, ships and ports, roads, rails, identification codes."""
