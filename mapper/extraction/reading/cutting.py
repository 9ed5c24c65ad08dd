"""Where a sentence is cut: each part of it tells an event, a toll or a count at a place of its own."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties, claimants, counts, deeds
from mapper.extraction.facts.drafts import are_one_voice
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.extraction.wording.wordlist import alternatives, literals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.extraction.naming.mentions import Mention
    from mapper.extraction.wording.sentences import Sentence
    from mapper.taxonomy import Taxonomy

__all__ = ["Cutting"]

#: "у Маяках — ": a place, and a dash for what was done there
_DASH = re.compile(r"[^—–,;:]{3,60}\s[—–]\s(?=[^\W\dA-ZА-ЯІЇЄҐ]|[A-ZА-ЯІЇЄҐ]{2})")
#: How many words at most stand before the next target of one verb.
_LEADING = 3
#: What troops do, of which each is an event where it is done.
_ON_FOOT = frozenset({"capture", "combat"})
#: How many places a sentence is tried to be cut at.
_MOST_JOINTS = 12
#: How many words a clause has at most whose verb is that of the one before.
_GAPPED = 12
#: How many characters before a weapon its own clause may begin.
_BEFORE_WEAPON = 40


class Cutting:
    """Cuts the sentences of a text in a language; `within` gives the places that a span of it names."""

    def __init__(
        self, text: str, lang: str, taxonomy: Taxonomy, within: Callable[[int, int], Sequence[Mention]], voices: claimants.Voices
    ) -> None:
        self._text = text
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._within = within
        self._voices = voices

    def clauses(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """Cut a sentence where both sides tell an event or a toll at a place of their own."""
        start = sentence.start
        for cut, after in self._cuts(sentence):
            tells = (
                self._stands_alone(after, sentence.end)
                or self._is_of_debris(start, cut, after, sentence.end)
                or self.is_elliptic(after, sentence.end)
                or self._is_tally(start, cut, after, sentence.end)
                or self._is_another_count(start, cut, after, sentence.end)
            )
            if tells and (
                self._stands_alone(start, cut)
                or self._is_of_a_wave(start, cut, after, sentence.end)
                or (start > sentence.start and self._is_another_target(start, cut))
            ):
                yield start, cut
                start = after
        yield start, sentence.end

    def _cuts(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Give where a sentence may be cut: at its joints, and before a second weapon: "shells hurt a man in X, a drone two in Y"."""
        text, begin = sentence.text, sentence.start
        joints = {(m.start(), m.end()) for m in islice(_joints(self._lang).finditer(text), _MOST_JOINTS)}
        towns = [m.start - begin for m in self._within(begin, sentence.end) if m.kind in TOWNS]
        if len(towns) > 1:
            armed = deeds.armed(text, self._taxonomy, self._lang)[1:_MOST_JOINTS]
            for weapon in armed:
                joint = _comma(self._lang).search(text, max(0, weapon - _BEFORE_WEAPON), weapon)
                if joint and towns[0] < joint.start() < towns[-1] and not any(joint.end() <= town < weapon for town in towns):
                    joints.add(joint.span(joint.lastindex or 0))
            joints |= self._moves(text, towns)
        return [(begin + cut, begin + after) for cut, after in sorted(joints)]

    def _moves(self, text: str, towns: Sequence[int]) -> set[tuple[int, int]]:
        """Give where troops are said to have done something else, elsewhere: "they advanced near X and took Y"."""
        if (deed := deeds.find(text, self._taxonomy, self._lang)) is None or deed.action not in _ON_FOOT:
            return set()
        between = (m for m in _and(self._lang).finditer(text, towns[0], towns[-1]))
        later = ((m, deeds.find(text[m.end() :], self._taxonomy, self._lang)) for m in islice(between, _MOST_JOINTS))
        return {m.span() for m, other in later if other and other.action in _ON_FOOT and other.start == 0}

    def _stands_alone(self, start: int, end: int) -> bool:
        clause = self._text[start:end]
        has_place = any(m.role != "institution" for m in self._within(start, end))
        tells = deeds.find(clause, self._taxonomy, self._lang) is not None or casualties.find(clause, self._lang).known
        return has_place and (tells or deeds.has_harm(clause, self._lang))

    def is_elliptic(self, start: int, end: int) -> bool:
        """Tell whether a dash stands for a verb told before: "in X, a drone damaged a roof, in Y — a shed"."""
        clause = self._text[start:end]
        dash = _DASH.match(clause)
        named = self._within(start, start + dash.end()) if dash else []
        if dash and named:
            return deeds.target(clause[dash.end() :], self._lang) is not None
        return self._is_another_target(start, end) or self._is_another_weapon(start, end)

    def _is_another_weapon(self, start: int, end: int) -> bool:
        """Tell whether a verb told before has another weapon and target elsewhere: "a bomb hit a house in X, in Y a drone a shop"."""
        clause, towns = self._text[start:end], [m for m in self._within(start, end) if m.kind in TOWNS]
        armed = deeds.armed(clause, self._taxonomy, self._lang) if len(towns) == 1 else []
        if len(armed) != 1 or min(towns[0].start - start, armed[0]) > _BEFORE_WEAPON:
            return False
        target = self._words.pattern("targets", "patterns").search(clause, armed[0])
        bare = deeds.find(clause, self._taxonomy, self._lang) is None and not casualties.find(clause, self._lang).known
        return target is not None and bare and len(clause.split()) <= _GAPPED

    def _is_another_target(self, start: int, end: int) -> bool:
        """Tell whether a verb told before has another target at another place: "they hit a depot near X and a radar near Y"."""
        clause, named = self._text[start:end], self._within(start, end)
        target = self._words.pattern("targets", "patterns").search(clause)
        if target is None or not named or target.end() > named[0].start - start or clause[: target.start()].count(" ") >= _LEADING:
            return False
        return deeds.find(clause, self._taxonomy, self._lang) is None and not casualties.find(clause, self._lang).known

    def _is_tally(self, start: int, cut: int, after: int, end: int) -> bool:
        """Tell whether a clause counts what was shot down, after one of an attack: "drones hit X, as the army said it downed 65"."""
        deed = deeds.find(self._text[start:cut], self._taxonomy, self._lang)
        later = deeds.find(self._text[after:end], self._taxonomy, self._lang) if deed and deed.action == "strike" else None
        counted = counts.find(self._text[after:end], self._lang).intercepted if later and later.action == "intercept" else None
        return counted is not None and counted > 1

    def _is_another_count(self, start: int, cut: int, after: int, end: int) -> bool:
        """Tell whether another party counts the victims: "two were killed, police said, while the governor put the toll at three"."""
        text = self._text
        if not (casualties.find(text[after:end], self._lang).known or counts.find(text[after:end], self._lang).known):
            return False
        one, other = (
            claimants.find(text[a:b], self._voices, self._lang, {m.text for m in self._within(a, b)})
            for a, b in ((start, cut), (after, end))
        )
        return one is not None and other is not None and not are_one_voice(one.by, other.by)

    def _is_of_a_wave(self, start: int, cut: int, after: int, end: int) -> bool:
        """Tell whether a clause counts what was shot down, and the rest tells where others hit: "65 of 80 were downed; X was hit"."""
        first, rest = self._text[start:cut], self._text[after:end]
        downed = (counts.find(first, self._lang).intercepted or 0) > 1 and not self._within(start, cut)
        later = deeds.find(rest, self._taxonomy, self._lang) if downed else None
        return later is not None and later.action == "strike"

    def _is_of_debris(self, start: int, cut: int, after: int, end: int) -> bool:
        """Tell whether debris did something after a clause that tells what was shot down."""
        text = self._text
        deed = deeds.find(text[start:cut], self._taxonomy, self._lang)
        if deed is None or deed.action != "intercept":
            return False
        debris = self._words.pattern("targets", "debris")
        return debris.match(text, after) is not None or (debris.holds(text[after:end]) and deeds.has_harm(text[after:end], self._lang))


@cache
def _comma(lang: str) -> re.Pattern[str]:
    """Match, before a weapon, the comma or the joint before a number after which its own clause begins: "..., and sent 340 drones"."""
    vocabulary = Vocabulary.load(lang)
    joint, number = alternatives(vocabulary.table("places")["separators"]), literals(vocabulary.table("numbers")["words"])
    one = literals(vocabulary.table("counts")["articles"])
    counted = rf"(?:[^\W\d_]+\s+){{0,2}}?(?:\d[\d.,]*|{number})\s+(?:[\w-]+\s+){{0,2}}$"
    return re.compile(
        rf"(,\s+(?:{joint}\s+)?)(?:[\w-]+\s+){{0,2}}$|(\s+{joint}\s+)(?:(?={counted})|{one}\s+(?:[\w-]+\s+)?$)", re.IGNORECASE
    )


@cache
def _and(lang: str) -> re.Pattern[str]:
    return re.compile(rf"\s{alternatives(Vocabulary.load(lang).table('places')['separators'])}\s+", re.IGNORECASE)


@cache
def _joints(lang: str) -> re.Pattern[str]:
    """Match where one sentence may tell two events."""
    return re.compile(alternatives([r";\s+", *Vocabulary.load(lang).table("clauses")["joints"]]))
