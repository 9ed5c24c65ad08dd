"""Districts of Russia that an English text names by an adjective: "the Ostrogozhsky district", which lies around Ostrogozhsk.

The gazetteer has no area of most of them, but the town after which they are called. The endings are of romanisations, not of English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapper.extraction.naming.mentions import Match
from mapper.extraction.naming.seats import towns_of
from mapper.extraction.naming.words import any_of
from mapper.gazetteer.place import GUESSED
from mapper.gazetteer.spellings import russian_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mapper.extraction.naming.passage import Passage

__all__ = ["ADJECTIVES", "district"]

#: Endings of the adjectives.
ADJECTIVES = ("skiy", "skyi", "skyy", "sky", "ski")
#: How their keys end in Russian, of which the last two letters are the ending.
_RUSSIAN = "кии"
#: Whose districts are called so in an English text, those of Ukraine by names that the gazetteer has.
_COUNTRIES = ("RU", "UA")
#: How many more names a list of districts has at most.
_LISTED = 8


def district(p: Passage, k: int, said: Collection[str]) -> Match | None:
    """Read a word and the "district" after it as around the town that it is made of, in a region that the text names, if any.

    Parameters
    ----------
    said
        Codes of the admin-1 areas that the text names.
    """
    noun = _noun().match(p.text, p.tokens[k].end)
    if noun is None or _is_of_city(p, k, noun.end()):
        return None
    first, last = k, k + 1
    while p.tokens[first].joined:
        first -= 1  # "the Novhorod-Siverskyi district"
    adjective = p.text[p.tokens[first].start : p.tokens[k].end]
    listed = bool(noun["others"])
    cue_end = p.tokens[k].full_end if listed else noun.end()
    raion = f"{adjective} Raion"
    if found := tuple(one for one in p.gazetteer.matches(raion) if one.place.kind == "admin2" and (not said or one.place.admin1 in said)):
        return Match(first, last, raion, found, strong=True, kind="admin2", cue_end=cue_end, said=raion)
    while not listed and p.tokens[last - 1].end < noun.end():
        last += 1
    for country in _COUNTRIES:
        for name in _towns(adjective):
            named = (one for one in p.gazetteer.spelt(name) if one.rank < GUESSED and one.place.kind == "settlement")
            towns = tuple(one for one in named if one.place.country == country and (not said or one.place.admin1 in said))
            if towns and (said or len({one.place.admin1 for one in towns}) == 1):
                return Match(first, last, name, towns, strong=True, kind="settlement", near=True, cue_end=cue_end, said=name)
    return None


@cache
def _noun() -> re.Pattern[str]:
    """Match the noun of an adjective, in a list behind the others: "Valuysky municipal district", "Rylsky and Glushkovsky districts"."""
    joint, kind = any_of("lists", "joints"), any_of("admin1", "attributes")
    one, several = any_of("admin1", "raions"), any_of("admin1", "plural_smaller")
    others = rf"(?:(?:, | (?i:{joint}) |, (?i:{joint}) )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?){{1,{_LISTED}}}"
    return re.compile(rf"(?:(?P<others>{others}) (?:(?i:{kind}) )?(?i:{several})| (?:(?i:{kind}) )?(?i:{one}))(?!\w)")


def _is_of_city(p: Passage, k: int, end: int) -> bool:
    """Tell whether a district is one of a city: "the Petrovskyi district of Donetsk", "Donetsk's Petrovskyi district"."""
    behind = k + 1
    while behind < len(p.tokens) and p.tokens[behind].start < end:
        behind += 1
    of = p.tokens[behind : behind + 3]
    city = [t.lower for t in of[:1]] == ["of"] and len(of) > 1 and of[1].upper
    return (k > 0 and p.tokens[k - 1].possessive) or (city and not (of[2:] and of[2].lower in p.words.admin1_after))


def _towns(adjective: str) -> Iterator[str]:
    """Give the Russian names of towns that an adjective may be made of."""
    for key in russian_keys(adjective):
        if key.endswith(_RUSSIAN):
            yield from towns_of(f"{key[:-2].replace(' ', '-')}ий")
