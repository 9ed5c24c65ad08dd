"""Build maps again whenever something they are made of changes, and show them in a browser meanwhile."""
