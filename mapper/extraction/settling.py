"""What remains when an article has been read: its drafts in order, and what only a heading or a toll has told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.drafts import with_voices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.drafts import Draft
    from mapper.taxonomy import Taxonomy

__all__ = ["settled"]


def settled(drafts: Sequence[Draft], tolls: Sequence[Draft], taxonomy: Taxonomy) -> list[Draft]:
    """Give the drafts of an article in the order of its text.

    Parameters
    ----------
    drafts
        Those of headings are given only where nothing below tells their event.
    tolls
        Killed and injured at places where no event is told: "Two people died in X. The region was shelled 27 times."
        They are strikes of unknown kind if the article tells of attacks at all.
    """
    bodies = [d for d in drafts if not d.heading]
    told = frozenset[str]().union(*(d.names for d in bodies))
    if any("strike" in taxonomy.types[d.type].actions for d in bodies if not d.tags) and (kind := taxonomy.type_of("strike", "")):
        bodies += [replace(d, type=kind) for d in tolls if not d.names & told]
    for heading in (d for d in drafts if d.heading and d.where):
        said_below = any(taxonomy.compatible(heading.type, d.type) for d in bodies)
        if not said_below and not heading.names <= told:
            bodies.append(heading)
    return [with_voices(_as_tally(d, taxonomy)) for d in sorted(bodies, key=lambda d: d.claims[0].start)]


def _as_tally(draft: Draft, taxonomy: Taxonomy) -> Draft:
    """Read what was launched at a whole country and what of it was shot down as an interception at no place."""
    launched, shot_down = (any(getattr(c.counts, key) is not None for c in draft.claims) for key in ("launched", "intercepted"))
    national = all(p.mention.kind == "country" for p in draft.where)
    kind = taxonomy.type_of("intercept", "")
    if not (launched and shot_down and national and kind) or draft.has_toll:
        return draft
    return replace(draft, type=kind, places=tuple(p for p in draft.places if p not in draft.where))
