"""The type of what a clause tells, by its deed and its weapons, or by those that were told of before it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from mapper.extraction.facts import counts, deeds
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapper.extraction.facts.deeds import Deed
    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.wording.sentences import Sentence
    from mapper.taxonomy import Taxonomy

__all__ = ["Kinds"]

#: What falls down in pieces where it is shot down.
_LEAVES_DEBRIS = frozenset({"drone", "missile", "bomb"})

#: What lies about until somebody sets it off.
_LYING = ("mine",)


class Kinds:
    """The weapons that an article with a title has told of last, which debris is of, and of what what it counts may be."""

    def __init__(self, title: str, lang: str, taxonomy: Taxonomy) -> None:
        self._title = title
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._weapons: tuple[str, ...] = ()
        # The paragraph that names them.
        self._paragraph = -1
        self._told: list[Sentence] = []

    def begin(self, sentence: Sentence) -> None:
        """Go on to the next sentence."""
        self._told.append(sentence)

    def of_clause(self, deed: Deed | None, text: str, paragraph: int) -> tuple[str, tuple[str, ...]]:
        """Give the type of what a clause tells, `""` for what is no event, and its weapons; debris is of drones where none were named."""
        if deed is None:
            return self._of_counts(text, paragraph)
        if deed.weapons == ("bomb",) and deeds.is_from_the_air(text, self._taxonomy, self._lang):
            return self._taxonomy.type_of(deed.action, ""), ()  # "An air attack hit the town. Two drones struck a school."
        if deed.weapons:
            self._weapons, self._paragraph = deed.weapons, paragraph
        elif deeds.is_of_debris(text, self._lang):
            flew = tuple(w for w in self._weapons if w in _LEAVES_DEBRIS)  # shells leave none
            weapon = flew[0] if len(set(flew)) == 1 else "" if flew else "drone"
            return self._taxonomy.type_of(deed.action, weapon) or deed.type, flew
        elif len(set(self._weapons)) == 1 and (
            self._is_one_of_them(text, deed) or (self._paragraph == paragraph and self._goes_on(deed, text))
        ):
            return self._taxonomy.type_of(deed.action, self._weapons[0]) or deed.type, self._weapons
        return deed.type, deed.weapons

    def _of_counts(self, text: str, paragraph: int) -> tuple[str, tuple[str, ...]]:
        """Give the type of a clause that does no more than count: "Of these, 67 were destroyed by air defence."."""
        told = counts.find(text, self._lang)
        counted = (told.launched is not None or bool(told.intercepted)) and not deeds.is_background(text, self._lang)
        named = deeds.weapons(text, self._taxonomy, self._lang)
        if counted and told.intercepted and not told.launched:
            return (self._taxonomy.type_of("intercept", "") if self.counts_flown(text, paragraph) else ""), ()
        if named[:1] == _LYING:
            self._weapons, self._paragraph = named, paragraph  # "He brought home a grenade. It went off."
        weapons = named if counted else ()
        # "574 means of attack were detected": of what kind they were is not said
        return (self._taxonomy.type_of("strike", *weapons[:1] or ("",)), weapons) if counted else ("", ())

    def armed(self, attack: Draft, part: str) -> Draft:
        """Give an attack the one weapon that a part of a sentence names: "drones hurt two people in X, artillery one in Y"."""
        named = deeds.weapons(part, self._taxonomy, self._lang) if attack.type and self._taxonomy.does(attack.type, "strike") else ()
        kind = self._taxonomy.type_of("strike", named[0]) if len(set(named)) == 1 else ""
        return replace(attack, type=kind, weapons=named) if kind else attack

    def counts_flown(self, text: str, paragraph: int) -> bool:
        """Tell whether what a clause counts has flown: "of these, 67 were destroyed" after drones, not after vehicles.

        Drones may be told of in the paragraph before, or, for the first two, in the title.
        """
        if self._words.holds("counts", "air_defence_patterns", text) or self._names_flown(text):
            return True
        return any(map(self._names_flown, self._near(paragraph)))

    def _near(self, paragraph: int) -> Iterator[str]:
        """Give what a paragraph and the one before it tell, from the last sentence on, and the title of the first two."""
        yield from (told.text for told in takewhile(lambda sentence: sentence.paragraph >= paragraph - 1, reversed(self._told)))
        if paragraph <= 1:
            yield self._title

    def _names_flown(self, text: str) -> bool:
        """Tell whether a text names weapons, or what flies and is counted: "targets"."""
        return self._words.holds("counts", "units", text) or bool(deeds.weapons(text, self._taxonomy, self._lang))

    def _is_one_of_them(self, text: str, deed: Deed) -> bool:
        """Tell whether a deed is that of weapons told of before: "89 drones were shot down. One of them hit a plant.", "Another fell."."""
        another = self._words.pattern("counts", "another_patterns").search(text, 0, deed.end)
        before = self._words.pattern("counts", "of_them_patterns").search(text, 0, deed.start)
        return bool(another or before or _so_many_of_them(self._lang).match(text, deed.end))

    def _goes_on(self, deed: Deed, text: str) -> bool:
        """Tell whether a verb leaves out its weapons: "Ракети поцілили в ТЕС. На Львівщині влучили в станцію.", "A school was hit too."."""
        if deed.action == "explode":
            return self._weapons == _LYING
        if deed.action == "strike" and self._words.pattern("counts", "too_patterns").search(text):
            return True
        verb = self._words.pattern("targets", "subjectless_patterns").search(text)
        return deed.action == "strike" and verb is not None and deeds.actor(text, deed, self._lang) is None


@cache
def _so_many_of_them(lang: str) -> re.Pattern[str]:
    """Match how many of those told of before did something, behind its verb: "In X traf eine davon ein Haus"."""
    return re.compile(rf"\s[\w-]+ {alternatives(Vocabulary.load(lang).table('counts')['of_them_patterns'])}(?!\w)", re.IGNORECASE)
