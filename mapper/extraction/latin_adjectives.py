"""Districts of Russia that an English text names by an adjective: "the Ostrogozhsky district", which lies around Ostrogozhsk.

The gazetteer has no area of most of them, but the town after which they are called. The endings are of romanisations, not of English.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapper.extraction.mentions import Match
from mapper.extraction.passage import AT_WAR
from mapper.extraction.seats import towns_of
from mapper.gazetteer.place import GUESSED
from mapper.gazetteer.spellings import russian_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mapper.extraction.passage import Passage

__all__ = ["ADJECTIVES", "district"]

#: Endings of the adjectives.
ADJECTIVES = ("skiy", "skyi", "skyy", "sky", "ski")
#: How their keys end in Russian, of which the last two letters are the ending.
_RUSSIAN = "кии"


def district(p: Passage, k: int, said: Collection[str]) -> Match | None:
    """Read a word and the "district" after it as around the town that it is made of, in a region that the text names, if any.

    Parameters
    ----------
    said
        Codes of the admin-1 areas that the text names.
    """
    noun = p.tokens[k + 1] if k + 1 < len(p.tokens) and p.adjacent(k + 1) else None
    if noun is None or noun.lower not in p.words.raions or _is_of_city(p, k):
        return None
    first = k
    while p.tokens[first].joined:
        first -= 1  # "the Novhorod-Siverskyi district"
    adjective = p.text[p.tokens[first].start : p.tokens[k].end]
    raion = f"{adjective} Raion"
    if found := tuple(one for one in p.gazetteer.matches(raion) if one.place.kind == "admin2" and (not said or one.place.admin1 in said)):
        return Match(first, k + 1, raion, found, strong=True, kind="admin2", cue_end=noun.full_end, said=raion)
    for name in _towns(adjective):
        towns = tuple(
            one
            for one in p.gazetteer.spelt(name)
            if one.rank < GUESSED
            and one.place.kind == "settlement"
            and one.place.country in AT_WAR
            and (not said or one.place.admin1 in said)
        )
        if towns and (said or len({one.place.admin1 for one in towns}) == 1):
            return Match(first, k + 2, name, towns, strong=True, kind="settlement", near=True, cue_end=noun.full_end, said=name)
    return None


def _is_of_city(p: Passage, k: int) -> bool:
    """Tell whether a district is one of a city: "the Petrovskyi district of Donetsk", "Donetsk's Petrovskyi district"."""
    of = p.tokens[k + 2 : k + 5]
    city = [t.lower for t in of[:1]] == ["of"] and len(of) > 1 and of[1].upper
    return (k > 0 and p.tokens[k - 1].possessive) or (city and not (of[2:] and of[2].lower in p.words.admin1_after))


def _towns(adjective: str) -> Iterator[str]:
    """Give the Russian names of towns that an adjective may be made of."""
    for key in russian_keys(adjective):
        if key.endswith(_RUSSIAN):
            yield from towns_of(f"{key[:-2].replace(' ', '-')}ий")
