"""Incident drafts: what an article tells of an event, before anything is placed, and when two of them are one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapper.extraction.facts.clocks import apart
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.naming.regions import are_apart, regions_of
from mapper.extraction.wording.numbers import UNKNOWN, ZERO, Amount
from mapper.extraction.wording.stems import skeletons
from mapper.incidents import CASUALTIES, CHILDREN, DRAWN_ROLES, PROJECTILES, TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Collection

    from mapper.extraction.facts.casualties import Casualties
    from mapper.extraction.facts.clocks import Hours
    from mapper.extraction.facts.counts import Counts
    from mapper.extraction.facts.dates import When
    from mapper.extraction.naming.toponyms import Mention

__all__ = ["Draft", "DraftClaim", "DraftPlace", "about", "are_one_voice", "joined", "merged", "times_agree", "with_voices"]


#: How many places a list has whose single places are told of by themselves.
_LISTED = 3


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """A place of an event; `role` is one of `incidents.ROLES`.

    `share` is how many of all that were shot down were so there, where the report shares them out.
    """

    mention: Mention
    role: str
    share: int | None = None

    @property
    def name(self) -> str:
        """Its name, to compare by, whatever its case; a region is not the city it is named after."""
        return skeletons(self.mention.name) + (" *" if self.mention.kind == "admin1" else "")


@dataclass(frozen=True, slots=True)
class DraftClaim:
    """What one party says of it; `by` is `""` where the article speaks with its own voice.

    `quote` is `article.text[start:end]`, cut at `incidents.MAX_QUOTE` characters. `superseded` names the
    numbers ("killed") that the article itself replaces by newer ones: they stay a claim and do not count.
    `presumed` tells that no sentence names who says it: whoever tells the rest of the article must, if he can.
    `again` is where the party says it once more, and no more than it.
    """

    by: str
    status: str
    casualties: Casualties
    counts: Counts
    quote: str
    start: int
    end: int
    superseded: frozenset[str] = frozenset()
    presumed: bool = False
    again: tuple[int, ...] = ()

    @property
    def has_numbers(self) -> bool:
        """Whether it gives a toll or a count."""
        return self.casualties.known or self.counts.known


@dataclass(frozen=True, slots=True)
class Draft:
    """An incident as one article tells it, not yet placed.

    `when` is None where no time is said, and `timed` tells that it is said to be that of the event: "Saturday's attack".
    `hours` are those of the day at which it is said to have happened.
    """

    type: str
    weapons: tuple[str, ...]
    actor: str | None
    target: str | None
    when: When | None
    places: tuple[DraftPlace, ...]
    claims: tuple[DraftClaim, ...]
    tags: tuple[str, ...]
    section: int
    heading: bool
    timed: bool = False
    hours: Hours | None = None

    @property
    def has_numbers(self) -> bool:
        """Whether any of its claims gives a toll or a count."""
        return any(c.has_numbers for c in self.claims)

    @property
    def is_specific(self) -> bool:
        """Whether it says more than where something happened: how many, with what, when, to what, by whom."""
        return bool(self.has_numbers or self.weapons or self.when or self.target or self.actor)

    @property
    def has_toll(self) -> bool:
        """Whether any of its claims says how many were killed or injured."""
        return any(c.casualties.known for c in self.claims)

    def tells_of(self, kind: str) -> bool:
        """Whether any of its claims says how many were killed, or how many injured."""
        return any(getattr(c.casualties, kind).low is not None for c in self.claims)

    @property
    def is_counted(self) -> bool:
        """Whether any of its claims says how many were launched or shot down."""
        return any(c.counts.known for c in self.claims)

    @property
    def is_national(self) -> bool:
        """Whether it is told of no place smaller than a country."""
        return all(p.mention.kind == "country" for p in self.where)

    @property
    def is_barrage(self) -> bool:
        """Whether it is counted in weapons rather than told of a place."""
        return not self.where or self.is_counted

    @property
    def is_summary(self) -> bool:
        """Whether it sums up a day or more: "18 people were hurt over the past day"."""
        return self.when is not None and self.when.precision == "range"

    @property
    def is_vague(self) -> bool:
        """Whether its time is no more than a week, a month or a year: "11 villages were shelled last week"."""
        return self.when is not None and self.when.precision in {"week", "month", "year"}

    @property
    def where(self) -> tuple[DraftPlace, ...]:
        """The places where it happened."""
        return tuple(p for p in self.places if p.role in DRAWN_ROLES)

    @property
    def names(self) -> frozenset[str]:
        """The names of the places where it happened."""
        return frozenset(p.name for p in self.where)

    @property
    def regions(self) -> frozenset[str]:
        """The admin-1 areas in which it may have happened."""
        return regions_of(p.mention for p in self.where)

    @property
    def is_stretch(self) -> bool:
        """Whether it tells no more than in what sector of a front, or around what one town, it happened."""
        where = [p.mention for p in self.where]
        around = len(where) == 1 and where[0].near and where[0].km is None and where[0].bearing is None
        return around and not self.has_numbers

    def is_told_by(self, by: str) -> bool:
        """Whether a party is among those who tell it."""
        return any(are_one_voice(by, c.by) for c in self.claims)

    @property
    def is_of_several(self) -> bool:
        """Whether any of its claims says that more than one was shot down."""
        return any((c.counts.intercepted or 0) > 1 for c in self.claims)

    def is_sharper_in(self, other: Draft, areas: Collection[str] = ("country", "region", "admin1")) -> bool:
        """Tell whether this is told of areas only, and another of a town, or of a raion, that may lie in them."""
        if are_apart(self.regions, other.regions):
            return False
        larger = bool(self.where) and all(p.mention.kind in {"country", "region", "admin1"} for p in self.where)
        sharp = TOWNS | {"admin2"} if larger else TOWNS
        return (
            all(p.mention.kind in areas or (p.mention.near and "near" in areas) for p in self.where)
            and bool(self.where)
            and all(p.mention.kind in sharp for p in other.where)
        )

    def lies_in(self, area: Draft) -> bool:
        """Tell whether this is told of towns, all of which the text puts in the one raion that another is told of."""
        raion = skeletons(area.where[0].mention.name) if len(area.where) == 1 and area.where[0].mention.kind == "admin2" else ""
        return bool(raion and self.where) and all(raion in map(skeletons, p.mention.within) for p in self.where)

    def timed_in(self, other: Draft) -> bool:
        """Tell whether this is told of one day, and another of that and more."""
        return self.when is not None and other.when is not None and self.when.precision == "day" and self.when != other.when

    def is_fought_off_in(self, other: Draft) -> bool:
        """Tell whether another tells what of this attack was shot down: the same town, the same weapon."""
        towns = any(p.mention.kind != "admin1" for p in other.where)
        return towns and self.names == other.names and bool(set(self.weapons) & set(other.weapons))

    @property
    def most_killed(self) -> int:
        """How many were killed at least by the highest figure told."""
        return self.most("killed")

    def most(self, kind: str) -> int:
        """How many were killed, or injured, at least by the highest figure told."""
        return max((getattr(c.casualties, kind).low or 0 for c in self.claims), default=0)

    def may_be(self, other: Draft) -> bool:
        """Tell whether two drafts of one article may tell the same event: a place in common, no time or count against it."""
        if not self.names & other.names:
            return False
        # "The death toll in X rose to three. As reported, drones struck the town."
        risen = TAG_BACKGROUND in other.tags and other.when is None and any(c.casualties.update for c in self.claims)
        risen = risen and other.most_killed <= self.most_killed
        if (TAG_BACKGROUND in self.tags) != (TAG_BACKGROUND in other.tags) and not risen and (self.when is None or self.when != other.when):
            return False  # "As we reported, a missile struck on 23 April" is the strike that the news is about.
        counted = {(c.counts.launched, c.counts.intercepted) for d in (self, other) for c in d.claims} - {(None, None)}
        if not times_agree(self.when, other.when) or len(counted) > 1:
            return False
        if self.weapons and other.weapons and ("naval" in self.weapons) != ("naval" in other.weapons):
            return False  # "Drones were shot down over the sea. A naval drone was destroyed there."
        sharp = other.has_numbers or (self.is_summary and other.timed_in(self))
        if len(self.names) >= _LISTED and other.names < self.names and sharp:
            return False  # "Eight towns were under fire: A, B, C, ... In A, two people were hurt."
        if len(self.names) > 1 and len(other.names) > 1 and not (self.names <= other.names or other.names <= self.names):
            return False  # "14 air strikes hit A, B and C. ... 9 shellings covered C and D."
        if len(self.names) == 1 and self.names == other.names and apart(self.hours, other.hours):
            return False  # "At 10:00, a drone hit X. At 14:30, X was attacked again."
        summed = self.is_summary and self.has_toll
        return not (summed and (self.weapons != other.weapons if other.when is None else other.when != self.when))


def are_one_voice(one: str, other: str) -> bool:
    """Tell whether two names are of one party: "investigators, Sumy prosecutor's office" and "Sumy prosecutor's office"."""
    return one == other or bool(one and other and (one.endswith(f", {other}") or other.endswith(f", {one}")))


def times_agree(one: When | None, other: When | None) -> bool:
    """Tell whether two times may be the same; a time that is not said agrees with any, the day of a report with what was before."""
    if one is None or other is None or (one.start <= other.end and other.start <= one.end):
        return True
    return (one.reported and other.end <= one.start) or (other.reported and one.end <= other.start)


def _time_of(one: Draft, other: Draft) -> When | None:
    """Give the time of two drafts of one event: one that is said to be its own, or is not only that of a report, before another."""
    if other.timed and not one.timed:
        return other.when
    if one.when and not (one.when.reported and other.when and not other.when.reported and not other.is_vague):
        return one.when
    return None if other.is_vague else other.when


def merged(one: Draft, other: Draft, kind: str) -> Draft:
    """Put two drafts of one event together as the given type; what the first says counts first."""
    return replace(
        one,
        type=kind,
        weapons=tuple(dict.fromkeys(one.weapons + other.weapons)),
        actor=one.actor or other.actor,
        target=one.target or other.target,
        when=_time_of(one, other),
        timed=one.timed or other.timed,
        hours=one.hours or other.hours,
        places=one.places + tuple(p for p in other.places if p.name not in {q.name for q in one.places}),
        claims=joined(one.claims, other.claims),
        tags=tuple(t for t in one.tags if t in other.tags),
        section=other.section,
    )


def joined(one: tuple[DraftClaim, ...], more: tuple[DraftClaim, ...]) -> tuple[DraftClaim, ...]:
    """Add claims, each with the quote that holds its numbers; a party that only repeats itself is heard once."""
    claims = list(one)
    for new in more:
        claim = new
        # A role that has got its name since: "acting mayor", "Artem Kobzar, acting mayor".
        claims = [replace(c, by=claim.by) if c.by and claim.by.endswith(f", {c.by}") else c for c in claims]
        if claim.casualties.body and any(c.casualties.killed.low for c in claims):
            # "Rescuers found a child's body" beside "33 people were killed"
            claim = replace(claim, casualties=replace(claim.casualties, killed=UNKNOWN, body=False))
            if not claim.has_numbers:
                by = claim.by if all(not c.by for c in claims) else ""
                claims = [replace(c, by=by) if by else c for c in claims]
                continue
        claim = _without_parts(_with_more(claim, claims), claims)
        if claim.casualties.part and any(c.casualties.injured.known for c in claims):
            # "Seven were taken to hospital" of nine who were hurt
            claim = replace(claim, casualties=replace(claim.casualties, injured=UNKNOWN))
        dead = any(c.casualties.killed.low for c in claims)
        if dead and claim.casualties.killed == ZERO and not claim.casualties.update:
            claim = replace(claim, casualties=replace(claim.casualties, killed=UNKNOWN))  # "No one else was hurt."
        nobody = claim.casualties.killed == claim.casualties.injured == ZERO and not claim.casualties.update
        if nobody and any(c.casualties.injured.low for c in claims):
            # "Five were hurt. A second drone hit a shed, nobody was hurt there."
            claim = replace(claim, casualties=replace(claim.casualties, killed=UNKNOWN, injured=UNKNOWN))
        claim = replace(claim, casualties=_among_told(claim.casualties, claims))
        if claim.casualties.update:
            newer = frozenset(kind for kind in CASUALTIES if getattr(claim.casualties, kind).known)
            claims = [replace(c, superseded=c.superseded | newer) for c in claims]
        claims = [_outgrown(c, claim) for c in claims]
        claim = _not_risen(claim, claims)
        repeated = (k for k, c in enumerate(claims) if c.by == claim.by and _says_no_more(claim, c) and c.superseded == claim.superseded)
        if (at := next(repeated, None)) is None:
            claims.append(claim)
        elif claim.start != claims[at].start:
            claims[at] = replace(claims[at], again=(*claims[at].again, claim.start))
    return tuple(claims)


def _with_more(claim: DraftClaim, told: list[DraftClaim]) -> DraftClaim:
    """Add those killed or hurt besides the ones that the same party told of; after "rose to 14", they are among the 14."""
    toll = claim.casualties
    killed = _besides("killed", claim, told) if toll.more_killed else toll.killed
    injured = _besides("injured", claim, told) if toll.more and not toll.part else toll.injured
    return replace(claim, casualties=replace(toll, killed=killed, injured=injured, more=False, more_killed=False))


def _besides(kind: str, claim: DraftClaim, told: list[DraftClaim]) -> Amount:
    new: Amount = getattr(claim.casualties, kind)
    before = [c for c in told if getattr(c.casualties, kind).best and kind not in c.superseded and c.by in {"", claim.by}]
    if not (new.best and before) or claim.casualties.update:
        return new
    if any(c.casualties.update for c in before):
        return UNKNOWN
    return Amount.exactly(new.best + (getattr(before[-1].casualties, kind).best or 0))


def _outgrown(earlier: DraftClaim, later: DraftClaim) -> DraftClaim:
    """Let a figure of the same party, or of the article, be replaced by a higher one after it: "Two were hurt. ... Seven were hurt.".

    One that is told as of before replaces none: "Six were killed. ... Earlier, seven deaths had been reported.".
    """
    if later.by and earlier.by not in {"", later.by}:
        return earlier
    low = {kind: getattr(earlier.casualties, kind).low for kind in CASUALTIES if kind not in later.superseded}
    more = (kind for kind, told in low.items() if told is not None and told < (getattr(later.casualties, kind).low or 0))
    return replace(earlier, superseded=earlier.superseded | frozenset(more))


def _not_risen(later: DraftClaim, earlier: list[DraftClaim]) -> DraftClaim:
    """Let a figure count no more that is lower than one which another has risen to, or which the same party gave before it.

    A live blog tells the newest first, and "33 people were killed" stands before "on the first day he spoke of 25".
    """
    if later.casualties.update:
        return later
    news = [c for c in earlier if c.casualties.update or not (c.by and later.by) or c.by == later.by]
    in_force = {kind: [c.casualties for c in news if kind not in c.superseded] for kind in CASUALTIES}
    risen = {kind: max((getattr(toll, kind).low or 0 for toll in told), default=0) for kind, told in in_force.items()}
    lower = (kind for kind, low in risen.items() if 0 < (getattr(later.casualties, kind).low or 0) < low)
    return replace(later, superseded=later.superseded | frozenset(lower))


def _among_told(toll: Casualties, before: list[DraftClaim]) -> Casualties:
    """Read "Among them are three children" as a part of the killed or of the injured, if only one of these was told of."""
    number = toll.children_told_before
    told = {kind for c in before for kind in CHILDREN if kind not in c.superseded and getattr(c.casualties, kind) not in {UNKNOWN, ZERO}}
    if number is None or len(told) != 1:
        return toll
    if "killed" in told:
        return replace(toll, children_told_before=None, children_killed=number)
    return replace(toll, children_told_before=None, children_injured=number)


def _without_parts(claim: DraftClaim, told: list[DraftClaim]) -> DraftClaim:
    """Leave out one person who is among those told of before by the same party: "Three were killed. A man died at the scene."."""
    if claim.casualties.update or claim.casualties.corrects or claim.superseded:
        return claim
    for kind in CASUALTIES:
        amount = getattr(claim.casualties, kind)
        earlier = [getattr(c.casualties, kind) for c in told if kind not in c.superseded]
        if amount.best == 1 and any((one.low or one.best or 0) > 1 for one in earlier):
            killed, injured = (UNKNOWN if kind == one else getattr(claim.casualties, one) for one in CASUALTIES)
            claim = replace(claim, casualties=replace(claim.casualties, killed=killed, injured=injured))
    return claim


def with_voices(draft: Draft) -> Draft:
    """Leave out the article's own voice where a named party says all that it says."""
    named = [c for c in draft.claims if c.by]
    kept = [c for c in draft.claims if c.by or not any(_says_no_more(c, n) for n in named)]
    return replace(draft, claims=tuple(kept))


def _numbers(claim: DraftClaim) -> tuple[Amount | int | None, ...]:
    toll, numbers = claim.casualties, claim.counts
    amounts = (a if a.known else None for a in (toll.killed, toll.injured))
    return (*amounts, *(getattr(toll, column) for column in CHILDREN.values()), *(getattr(numbers, kind) for kind in PROJECTILES))


def _says_no_more(claim: DraftClaim, than: DraftClaim) -> bool:
    """Tell whether every number of a claim stands in another one too."""
    return all(a is None or a == b for a, b in zip(_numbers(claim), _numbers(than), strict=True))


def about(draft: Draft, topic: tuple[int, Draft | None], paragraph: int) -> Draft:
    """Give an event without a place that of the sentence before it, which tells of nothing else there."""
    told_in, before = topic
    if draft.where or before is None or told_in != paragraph or not (draft.weapons or draft.has_numbers):
        return draft
    if draft.is_counted and all(p.mention.near for p in before.where):
        return draft  # "It was quiet in the Pokrovsk sector. Today our soldiers shot down 212 drones."
    return replace(draft, places=(*before.where, *draft.places), when=draft.when or before.when)
