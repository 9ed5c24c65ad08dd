"""The weapons that an article has named so far, for what it tells without one: damage elsewhere, "the attack" again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds
from mapper.extraction.naming.mentions import AREAS
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.drafts import Draft
    from mapper.taxonomy import Taxonomy

__all__ = ["MIXED", "Arms", "armed"]

#: What one attack may be made with.
MIXED = frozenset({"drone", "missile"})
#: The weapons that a report which names no other tells all its damage of; "shelling" may mean anything.
_TOLD_OF_ALL = frozenset({"drone"})


class Arms:
    """What has been named, what of it of no town, and where an event was given the only one that had been named till then."""

    def __init__(self, lang: str, taxonomy: Taxonomy) -> None:
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._named: set[str] = set()
        # "The enemy attacked the region with drones."
        self._of_all: set[str] = set()
        self._guessed: set[int] = set()

    def take(self, draft: Draft) -> None:
        """Take what a clause names."""
        if draft.tags:
            return
        self._named |= set(draft.weapons)
        if all(p.mention.kind in AREAS | {"country"} or p.mention.near for p in draft.where):
            self._of_all |= set(draft.weapons)

    @property
    def only_of_all(self) -> str:
        """The one weapon that was told of no town, if it is only one."""
        return next(iter(self._of_all)) if len(self._of_all) == 1 else ""

    def guessed(self, current: Draft, start: int) -> str:
        """Give the weapon of what befell another place, if it can only be one: what drones did where others were shot down."""
        if len(self._named) == 1 and self._named <= _TOLD_OF_ALL & self._of_all:
            self._guessed.add(start)
            return next(iter(self._named))
        return current.weapons[0] if current.weapons and self._taxonomy.does(current.type, "intercept") else ""

    def of_the_attack(self, draft: Draft, told: Draft | None, text: str) -> Draft:
        """Give what "the attack" did elsewhere the weapon that the attack was `told` with."""
        known = len(self._named) == 1 and self._named <= MIXED
        unknown = draft.type == self._taxonomy.type_of("strike", "") and not draft.weapons
        # "Drones attacked the region. There are hits in the Izmail district."
        led = told is None or (self._taxonomy.does(told.type, "strike") and told.is_sharper_in(draft, AREAS) and not told.tags)
        led = led and self._named <= self._of_all
        again = self._named <= _TOLD_OF_ALL and self._words.pattern("places", "same_patterns").search(text)
        if unknown and told and not told.tags and len(set(told.weapons)) == 1 and self._words.holds("places", "same_attack_patterns", text):
            # "A missile hit a plant in X. In Y, a depot caught fire in the same attack."
            return replace(draft, type=self._taxonomy.type_of("strike", told.weapons[0]), weapons=told.weapons)
        if not (known and unknown and (led or again)):
            return draft
        return replace(draft, type=self._taxonomy.type_of("strike", *self._named), weapons=tuple(self._named))

    def without_guesses(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Leave the weapon of what was only guessed open, where others were named since."""
        # "100 drones were shot down. ¶ In X, two were killed. ¶ In Y, a bomb hit a house."
        return [self._unarmed(d) if len(self._named) > 1 and d.claims[0].start in self._guessed else d for d in drafts]

    def _unarmed(self, draft: Draft) -> Draft:
        """Give a strike of unknown kind for one that nothing has told the weapon of."""
        strike = not draft.weapons and self._taxonomy.does(draft.type, "strike")
        return replace(draft, type=self._taxonomy.type_of("strike", "")) if strike else draft


def armed(attack: Draft, text: str, taxonomy: Taxonomy, lang: str) -> Draft | None:
    """Give an attack of unknown kind the weapon that a sentence says was used; None where it says none.

    Examples
    --------
    >>> from mapper.taxonomy import Taxonomy
    >>> from mapper.extraction.facts.drafts import Draft
    >>> unknown = {"actor": None, "target": None, "when": None, "places": (), "claims": (), "tags": (), "section": 0, "heading": False}
    >>> attack = Draft(type="strike", weapons=(), **unknown)
    >>> armed(attack, "The enemy used a Shahed drone, preliminary data show.", Taxonomy.load(), "en").type
    'drone_strike'
    """
    if attack.weapons or attack.tags or attack.type != taxonomy.type_of("strike", ""):
        return None
    if not Vocabulary.load(lang).holds("targets", "used_patterns", text) or deeds.is_hypothetical(text, lang):
        return None
    named = deeds.weapons(text, taxonomy, lang)
    kind = taxonomy.type_of("strike", named[0]) if len(named) == 1 else ""
    return replace(attack, type=kind, weapons=named) if kind else None
