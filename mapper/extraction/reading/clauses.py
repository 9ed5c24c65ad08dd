"""A clause read by itself: its deed, its time, its places with their roles, its toll and who claims it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import casualties, claiming, clocks, counts, deeds, roles
from mapper.extraction.facts.clause import Clause
from mapper.extraction.facts.drafts import Draft, DraftPlace
from mapper.extraction.facts.supposing import without_denied, without_earlier
from mapper.extraction.facts.whereabouts import own_places
from mapper.extraction.reading import entries
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import DRAWN_ROLES, TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.claimants import Attribution
    from mapper.extraction.facts.dates import When
    from mapper.extraction.facts.deeds import Deed
    from mapper.extraction.facts.drafts import DraftClaim
    from mapper.extraction.naming.mentions import Mention
    from mapper.extraction.reading.kinds import Kinds
    from mapper.extraction.reading.named import Named
    from mapper.extraction.reading.times import Times
    from mapper.extraction.reading.tolls import Tolls
    from mapper.extraction.story.telling import Telling
    from mapper.extraction.wording.sentences import Sentence
    from mapper.taxonomy import Taxonomy

__all__ = ["Clauses", "affirmed"]

#: What is told of where somebody left, or was taken from.
_LEAVING = frozenset({"capture", "execute"})


def affirmed(text: str, taxonomy: Taxonomy, lang: str) -> str:
    """Leave out what somebody denies besides an event: "Two were killed in X, while Moscow denied the strike"."""
    rest = without_denied(text, lang)
    return rest if rest != text and deeds.find(rest, taxonomy, lang) else text


class Clauses:
    """Reads the clauses of a text one after another, with what it has told so far: places, times, weapons, tolls, events."""

    def __init__(
        self, text: str, lang: str, taxonomy: Taxonomy, named: Named, times: Times, kinds: Kinds, tolls: Tolls, telling: Telling
    ) -> None:
        self._text = text
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._named = named
        self._times = times
        self._kinds = kinds
        self._tolls = tolls
        self._telling = telling

    def read(
        self,
        sentence: Sentence,
        start: int,
        end: int,
        said: Attribution | None,
        speaker: tuple[int, int],
        *,
        names_places: bool,
        accident: bool,
    ) -> Clause | None:
        """Read the clause between two characters; None if it tells what may happen, or of no attack.

        Parameters
        ----------
        said
            Who tells it, where the text names him as `speaker`.
        names_places
            Whether any clause of its sentence names a place.
        accident
            Whether another sentence says that what it tells of was no attack.
        """
        text = affirmed(without_earlier(self._text[start:end], self._lang), self._taxonomy, self._lang)
        accident = accident or deeds.is_accident(text, self._lang)
        if (accident and not deeds.weapons(text, self._taxonomy, self._lang)) or deeds.is_hypothetical(text, self._lang):
            return None
        if self._words.pattern("exclusions", "numbered_patterns").match(text) and self._says_no_more(text, start, end):
            return None  # "It was the third attack on the city this week."
        under = entries.is_below_place(self._text, start, self._named)  # which says where it was
        deed = self._deed(text, start, under=under)
        if deeds.is_denial(text, self._lang):
            # Without a voice nobody denies it: "reports of strikes turned out to be false" tells nothing.
            deed, said = (deed, replace(said, status="denied")) if said else (None, said)
        places = self._places(text, sentence, start, end, speaker, deed, under=under)
        there = any(role == "at" for _, role in places)
        if deed and deed.action == "strike" and not there and deeds.is_on_open_ground(text, self._lang):
            deed = None  # "Six drones were shot down over X. The debris fell in a field."
        when = self._times.of_clause(text, end, sentence, deed)
        background = self._times.is_background(text, when)
        hurt = casualties.find(text, self._lang)
        armed = deed is not None or bool(deeds.weapons(text, self._taxonomy, self._lang))
        toll = self._tolls.of_clause(text, sentence.paragraph, there=there, tells=armed)
        self._times.hear(text, start, sentence, when, deed, places, hurt=hurt.hurt, toll=toll.known, background=background)
        if deed and self._only_accuses(text, deed, [m for m, role in places if role in DRAWN_ROLES], when):
            deed = None
        kind, weapons = self._kinds.of_clause(deed, text, sentence.paragraph)
        unspoken = _unspoken(text, start, speaker)
        claims = self._claims(text, sentence, said, deed, kind)
        draft = Draft(
            type=kind,
            weapons=weapons,
            actor=deeds.actor(unspoken, deed, self._lang) if deed else None,
            target=deeds.target(text if deeds.is_total(text, self._lang) else unspoken, self._lang),
            when=when,
            places=own_places([DraftPlace(m, role) for m, role in places if role], self._text),
            claims=claims if toll == hurt else tuple(replace(c, casualties=toll) for c in claims),
            tags=(TAG_BACKGROUND,) if background else (),
            section=sentence.section,
            heading=sentence.heading,
            timed=when is not None and when.timed,
            hours=clocks.find(text, self._lang) if deed else None,
        )
        return Clause(text, sentence, draft, said, [m for m, _ in places], names_places)

    def _deed(self, text: str, start: int, *, under: bool) -> Deed | None:
        """Give what a clause tells, `under` a place that stands before it, also without a verb."""
        if deed := deeds.find(text, self._taxonomy, self._lang):
            return deed
        if under:
            return deeds.elliptic(text, self._taxonomy, self._lang, headed=True)
        return entries.below_place(text, start, self._named, self._taxonomy, self._lang)

    def _places(
        self, text: str, sentence: Sentence, start: int, end: int, speaker: tuple[int, int], deed: Deed | None, *, under: bool
    ) -> list[tuple[Mention, str | None]]:
        """Give the places that a clause names, with their roles in what it tells."""
        told = deeds.without_exclusions(text, self._lang)
        mentions = [m for m in self._named.within(start, end) if told[m.start - start] != " "]
        there = under or self._telling.tells_at_a_town(sentence.paragraph)
        tells = deed is not None and not under
        assigned = roles.assign(self._text, start, end, mentions, speaker, self._lang, tells=tells, told=there)
        if deed and deed.action in _LEAVING:
            # "The troops withdrew from X", "they abducted 50 people from X": there it was.
            assigned = ["at" if role == "origin" else role for role in assigned]
        return list(zip(mentions, assigned, strict=True))

    def _claims(self, text: str, sentence: Sentence, said: Attribution | None, deed: Deed | None, kind: str) -> tuple[DraftClaim, ...]:
        """Make the claims of a clause; what it counts of vehicles or of clashes is no count of what flew."""
        claims = claiming.of_clause(self._text, sentence, text, said, self._lang)
        if not claims[-1].counts.met:
            return claims
        fought = deed is not None and deed.action == "combat" and not deed.weapons
        if fought or not (kind or self._kinds.counts_flown(text, sentence.paragraph)):
            return tuple(replace(c, counts=counts.Counts()) for c in claims)
        return claims

    def _says_no_more(self, text: str, start: int, end: int) -> bool:
        """Tell whether a clause gives no number, and names no place but where something was told to be."""
        if casualties.find(text, self._lang).known or counts.find(text, self._lang).known:
            return False
        return all(self._telling.has_told_of(m) for m in self._named.within(start, end))

    def _only_accuses(self, text: str, deed: Deed, where: Sequence[Mention], when: When | None) -> bool:
        """Tell whether a clause blames somebody for attacks and says not where, when, how or whom: "accused Kyiv of striking ports"."""
        if not self._words.pattern("exclusions", "accusing_patterns").search(text):
            return False
        near = any(m.kind != "country" for m in where)
        return not (casualties.find(text, self._lang).hurt or (near and (deed.weapons or when)))


def _unspoken(text: str, start: int, speaker: tuple[int, int]) -> str:
    """Give a clause with blanks for who says it: "Ukraine's General Staff reported 42 clashes" tells of nobody's attack."""
    a, b = (min(max(at - start, 0), len(text)) for at in speaker)
    return text[:a] + " " * (b - a) + text[b:]
