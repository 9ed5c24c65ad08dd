"""The region of a text that names none: "над областю" in a post about towns that all lie in one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mapper.extraction.naming.mentions import Match, has
from mapper.gazetteer.names import cues

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapper.extraction.naming.passage import Passage

__all__ = ["name_region"]


def name_region(p: Passage, matches: Sequence[Match], taken: Collection[int]) -> list[Match]:
    """Read "the region" as the one in which most of the towns lie that a text names, if it names no region.

    Parameters
    ----------
    taken
        Numbers of words that are spoken for.
    """
    nouns, before = frozenset(cues()["home_region"]["nouns"]), frozenset(cues()["home_region"]["before"])
    at = [k for k, token in enumerate(p.tokens) if k and token.lower in nouns and p.adjacent(k) and not before.isdisjoint(_lead(p, k))]
    at = [k for k in at if k not in taken and not (k + 1 < len(p.tokens) and p.tokens[k + 1].upper and p.adjacent(k + 1))]
    if not at or any(m.kind == "admin1" or (m.strong and has(m, "admin1") and not has(m, "settlement")) for m in matches):
        return list(matches)
    code = _region(matches)
    area = p.gazetteer.coded(code) if code else None
    found = tuple(one for one in p.gazetteer.matches(area.name) if area and one.place.id == area.id) if area else ()
    if area is None or not found:
        return list(matches)
    regions = [Match(k, k + 1, area.name, found, strong=True, kind="admin1", cue_end=p.tokens[k].full_end, said=area.name) for k in at]
    return sorted([*matches, *regions], key=lambda match: match.first)


def _lead(p: Passage, k: int) -> tuple[str, str]:
    """Give the word before one, and the two words before it: "über der Region"."""
    word = p.tokens[k - 1].lower
    return word, f"{p.tokens[k - 2].lower} {word}" if k > 1 and p.adjacent(k - 1) else ""


def _region(matches: Sequence[Match]) -> str:
    """Give the code of the area that more than half of the places named lie in, each by the largest of its name."""
    areas: dict[str, str] = {}
    for match in matches:
        places = [one.place for one in match.found if one.rank < 2 and one.place.kind != "country" and one.place.admin1]
        if places and match.role not in {"institution", "voice"}:
            areas[match.name] = max(places, key=lambda place: place.population).admin1
    votes = Counter(areas.values()).most_common(1)
    return votes[0][0] if votes and 2 * votes[0][1] > len(areas) else ""
