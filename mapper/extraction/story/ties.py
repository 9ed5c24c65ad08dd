"""What ties what a clause tells to what was told before it, in the words of a language.

Nothing here remembers the article: where a sentence stands in it, the story says (`story.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapper.extraction.facts import deeds
from mapper.extraction.facts.clocks import apart
from mapper.extraction.facts.drafts import Draft, DraftClaim, are_one_voice, times_agree
from mapper.extraction.naming.mentions import AREAS, TOWNS
from mapper.extraction.story import tallies
from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.vocabulary import Vocabulary

if TYPE_CHECKING:
    from mapper.extraction.facts.clause import Clause
    from mapper.taxonomy import Taxonomy

__all__ = ["Stand", "Ties"]

#: How many paragraphs on, a heading between, an article still tells of its one event.
_NEXT = 2
#: What needs no more said of it than where it happened.
_PLAIN = ("combat", "intercept", "capture", "sabotage", "execute")
_QUOTES = frozenset('"«„“')


class Stand(NamedTuple):
    """Where a sentence stands in a story: how many paragraphs `on` from the event told last, and whether that is `alone`."""

    on: int
    alone: bool


class Ties:
    """What belongs to what, as the words of a language and the types of incidents tell."""

    def __init__(self, lang: str, taxonomy: Taxonomy) -> None:
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy

    def does(self, draft: Draft, action: str) -> bool:
        """Tell whether a draft is of a type that an action tells."""
        return self._taxonomy.does(draft.type, action)

    def is_plain(self, draft: Draft) -> bool:
        """Tell whether an event needs no more said of it than where it happened."""
        return any(self.does(draft, action) for action in _PLAIN)

    def is_evident(self, text: str) -> bool:
        """Tell whether a clause names a target, damage or where the attack came from, so that a place is enough beside it."""
        return deeds.has_evidence(text, self._lang) or self._words.holds("targets", "air_patterns", text)

    def is_same_blow(self, current: Draft, draft: Draft) -> bool:
        """Tell whether what is told of no place may be the strike that was told of one, and counts nothing anew."""
        heard = self.does(current, "strike") or self.does(current, "explode")
        strikes = bool(draft.type) and heard and self.does(draft, "strike")
        strikes = strikes or (bool(draft.type) and self.does(current, "sabotage") and self.does(draft, "sabotage"))
        counted = draft.claims[-1].counts.known or not current.where or current.tags or draft.tags
        return strikes and not counted and bool(self._taxonomy.compatible(current.type, draft.type))

    def is_under_fire(self, current: Draft, draft: Draft) -> bool:
        """Tell whether a town was told to be under fire, and a clause says with what: "X is under fire. Three bombs were dropped"."""
        said = all(self._words.holds("targets", "under_fire_patterns", c.quote) for c in current.claims)
        bare = not (current.has_numbers or current.target or current.tags or draft.tags)
        strikes = bool(draft.type and draft.weapons) and self.does(current, "strike") and self.does(draft, "strike")
        return said and bare and strikes and bool(current.where)

    def says_when(self, current: Draft, clause: Clause) -> bool:
        """Tell whether who told an event on a day goes on to say when it was: "..., police said on Friday. “On Thursday, ...”"."""
        when, told = clause.draft.when, current.when
        if not when or when.reported or (told and not told.reported) or current.tags or clause.draft.tags or clause.draft.names:
            return False
        same = clause.said is not None and current.is_told_by(clause.said.by)
        before = told is None or when.start <= told.end
        return before and (same or clause.draft.claims[-1].casualties.hurt)

    def is_elsewhere_too(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a toll is that of the rest of a region, or of all of it: "Another nine people were injured in the region."."""
        again, also = (self._words.pattern("places", key).search(clause.text) for key in ("region_again_patterns", "also_patterns"))
        total = self._words.holds("dates", "in_total", clause.text)  # "In all, four people were injured in the region."
        return bool(again and (also or total)) and all(p.mention.kind not in AREAS for p in current.where)

    def is_nobodys(self, draft: Draft) -> bool:
        """Tell whether nobody in particular has told an event: "officials said"."""
        return all(self.is_nobody(c.by) for c in draft.claims)

    def is_nobody(self, by: str) -> bool:
        """Tell whether a claimant is nobody in particular."""
        return not by or self._words.pattern("claims", "unnamed_patterns").fullmatch(by) is not None

    def is_of_another(self, current: Draft, claim: DraftClaim, text: str) -> bool:
        """Tell whether another party than the one that told of a place counts all that was launched or shot down."""
        told = {c.by for c in current.claims if c.by}
        counts = claim.counts.met or (claim.counts.known and self._words.holds("dates", "in_total", text))
        return counts and bool(claim.by and told) and not any(are_one_voice(claim.by, by) for by in told)

    def is_of_countries(self, current: Draft, clause: Clause) -> bool:
        """Tell whether a clause counts what one country sent at another, and not at the town told of."""
        countries = {m.name for m in clause.mentions if m.kind == "country" and not m.role}
        counted = clause.draft.claims[-1].counts.launched is not None and not current.is_counted
        return counted and len(countries) > 1 and all(p.mention.kind in TOWNS for p in current.where)

    def is_within(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a clause tells what an attack on a community, of which nothing more was told, did in a village of it."""
        around = len(current.where) == 1 and current.where[0].mention.near and current.where[0].mention.km is None
        village = len(clause.draft.where) == 1 and clause.draft.where[0].mention.kind == "settlement"
        bare = not (current.has_toll or current.target or current.tags or current.is_counted)
        return bool(around and village and bare) and self.does(current, "strike") and deeds.has_harm(clause.sentence.text, self._lang)

    def is_at_another_hour(self, current: Draft, draft: Draft) -> bool:
        """Tell whether the town told of was hit again: "At 10:00, a drone struck X. At 14:30, a minibus was attacked."."""
        town = len(current.where) == 1 and current.where[0].mention.kind in TOWNS
        strikes = self.does(current, "strike") and self.does(draft, "strike")
        return town and strikes and not (current.tags or draft.tags) and apart(current.hours, draft.hours)

    def is_debris(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a clause tells what debris did where drones were shot down."""
        town = current.where[0].mention.kind in TOWNS
        did = clause.draft.target or clause.draft.has_toll or deeds.has_harm(clause.text, self._lang)
        return (
            town
            and bool(did)
            and deeds.is_of_debris(clause.text, self._lang)
            and self.does(current, "intercept")
            and self.does(clause.draft, "strike")
        )

    def sharpens(self, current: Draft, draft: Draft, text: str, stand: Stand) -> bool:
        """Tell whether a sentence only says where in an area the event before it was: "It happened near the village of X."."""
        says_so = self._words.pattern("places", "sharper_patterns").search(text)
        if says_so and not current.where and tallies.is_shot_down(current):
            return stand.on == 0
        near = stand.on <= (_NEXT if stand.alone else 1)
        return bool(says_so) and near and current.is_sharper_in(draft, ("admin1", "admin2", "near"))

    def is_led_in(self, current: Draft, draft: Draft, text: str, stand: Stand) -> bool:
        """Tell whether a first paragraph told of an area what the next tells of a town: "Drones struck Crimea. They hit Saky."."""
        single = stand.alone and not current.has_numbers and not current.is_summary and not current.tags and not draft.tags
        target = current.target and self.does(current, "strike") and stand.on == 1
        # "Russia says that it has taken another village in eastern Ukraine. Its troops took X, the ministry said."
        village = (self.does(current, "capture") or self.does(current, "sabotage")) and stand.on <= 1
        # "Western Ukraine was attacked overnight. In Kolomyia, two missiles hit a factory."
        part = self.does(current, "strike") and all(p.mention.kind in {"country", "region"} for p in current.where)
        village = village or (part and stand.on <= 1)
        same = self._taxonomy.compatible(current.type, draft.type) and times_agree(current.when, draft.when)
        also = self._words.pattern("places", "also_patterns").search(text)
        # "... two more towns. X and Y are under its control"
        towns = len(draft.where) == 1 or (village and bool(draft.where))
        return (
            bool(single and (target or village) and same and not also and towns)
            and len(current.where) == 1
            and current.is_sharper_in(draft)
        )

    def is_of_area(self, current: Draft, draft: Draft, stand: Stand) -> bool:
        """Tell whether a sentence says which towns an attack on their area hit: "The Nikopol district was attacked. X and Y were hit."."""
        bare = not (current.has_numbers or current.tags or current.heading or draft.tags)
        areas = bool(current.where) and all(p.mention.kind in {"admin1", "admin2"} for p in current.where)
        towns = bool(draft.where) and all(p.mention.kind in TOWNS for p in draft.where)
        same = self._taxonomy.compatible(current.type, draft.type) and times_agree(current.when, draft.when)
        strikes = self.does(current, "strike") and self.does(draft, "strike")
        return bool(stand.on == 0 and bare and areas and towns and same and strikes)

    def is_where_it_struck(self, current: Draft, draft: Draft, text: str, stand: Stand) -> bool:
        """Tell whether a sentence says where in an area the one attack of a toll was: "A strike on Y region killed two. A drone hit X."."""
        area = stand.on <= stand.alone and len(current.where) == 1 and current.where[0].mention.kind in {"admin1", "admin2"}
        if not area or current.is_summary or current.tags or current.heading or draft.tags or draft.has_numbers or not current.has_toll:
            return False
        if current.target and current.target != draft.target:
            return False  # "A refinery in Y region burned, nobody was hurt. A drone hit a depot in X."
        town = len(draft.where) == 1 and current.is_sharper_in(draft, AREAS) and bool(draft.weapons and draft.target)
        same = self._taxonomy.compatible(current.type, draft.type) and times_agree(current.when, draft.when)
        strikes = self.does(current, "strike") and self.does(draft, "strike")
        once = any(self._words.holds("places", "one_blow_patterns", c.quote) for c in current.claims)
        return bool(town and same and strikes and once) and not self._words.holds("places", "also_patterns", text)

    def is_told_nearer(self, current: Draft, draft: Draft, text: str, stand: Stand) -> bool:
        """Tell whether what a lead told of a country or region befell a town: "A drone hit Ukraine. ¶ The drone struck X."."""
        one = stand.alone and 0 < stand.on <= _NEXT and not current.tags and not draft.tags
        of_none = all(p.mention.kind in {"country", "region", "admin1"} for p in current.where) and not any(
            c.counts.known for c in current.claims
        )
        same = self._taxonomy.compatible(current.type, draft.type) and times_agree(current.when, draft.when)
        tolls = {c.casualties.killed.low for d in (current, draft) for c in d.claims} - {None}
        town = bool(draft.where) and all(p.mention.kind in TOWNS for p in draft.where)
        again = self._words.pattern("places", "same_blow_patterns").search(text)
        return bool(one and of_none and same and again and town) and self.does(current, "strike") and len(tolls) <= 1

    def is_in_raion_of(self, current: Draft, draft: Draft) -> bool:
        """Tell whether the death told of a town is told again of its raion: "He was killed in the X district."."""
        if not (len(current.where) == len(draft.where) == 1 and draft.most_killed and draft.most_killed == current.most_killed):
            return False
        town, raion = current.where[0].mention, draft.where[0].mention
        named = town.kind in TOWNS and raion.kind == "admin2" and f"{skeletons(raion.name)} ".startswith(f"{skeletons(town.name)} ")
        same = self._taxonomy.compatible(current.type, draft.type) and times_agree(current.when, draft.when)
        return bool(named and same) and not (current.tags or draft.tags)

    def is_quoted_again(self, current: Draft, draft: Draft, text: str, stand: Stand) -> bool:
        """Tell whether a quotation tells of a village what the first paragraph told of its area: "Two died. ¶ “A drone hit X.”"."""
        one = stand.alone and stand.on == 1 and not current.tags and not draft.tags
        same = self._taxonomy.compatible(current.type, draft.type) and times_agree(current.when, draft.when)
        told = one and bool(same) and bool(set(current.weapons) & set(draft.weapons)) and text[:1] in _QUOTES
        return told and bool(draft.where) and current.is_sharper_in(draft, (*AREAS, "near"))

    def details(self, current: Draft, draft: Draft, stand: Stand) -> bool:
        """Tell whether a report of one event in an area goes on to say where and when: "On 11 May, near the village of X, two men ..."."""
        one = stand.alone and not current.tags and not draft.tags and not tallies.is_shot_down(current)
        return one and draft.when is not None and len(draft.where) == 1 and current.is_sharper_in(draft, AREAS)
