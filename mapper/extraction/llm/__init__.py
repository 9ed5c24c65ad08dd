"""Incidents proposed by a language model that the user runs or rents, each held against the text before it is believed."""
