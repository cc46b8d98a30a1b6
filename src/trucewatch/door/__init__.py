"""Who asks, and may they: what pages and the API share of a request."""
