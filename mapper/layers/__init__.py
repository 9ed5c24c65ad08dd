"""Incidents to what is drawn: points, rings, areas, in typed columns."""
