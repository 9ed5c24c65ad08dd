"""Incidents in, one offline Leaflet map out."""
