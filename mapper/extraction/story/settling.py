"""What remains when an article has been read: its drafts in order, and what only a heading or a toll has told."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds
from mapper.extraction.facts.drafts import joined, times_agree, with_voices
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.naming.regions import are_apart
from mapper.extraction.naming.words import cue_words
from mapper.extraction.story.signing import signed
from mapper.extraction.wording.stems import of_region
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import CASUALTIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.story.signing import Voice
    from mapper.taxonomy import Taxonomy

__all__ = ["settled"]

#: Of how many towns a toll must be the sum to be told of them only.
_FEWEST_PARTS = 2
#: From the largest.
_AREAS = ("country", "region", "admin1", "admin2")


def settled(
    drafts: Sequence[Draft], tolls: Sequence[Draft], heard: Sequence[Voice], paragraphs: Sequence[int], taxonomy: Taxonomy, lang: str
) -> list[Draft]:
    """Give the drafts of an article in the order of its text.

    Parameters
    ----------
    drafts
        Those of headings are given only where nothing below tells their event.
    tolls
        Killed and injured at places where no event is told: "Two people died in X. The region was shelled 27 times."
        They are strikes of unknown kind if the article tells of attacks at all.
    heard
        All claimants of the article.
    paragraphs
        Where each of its paragraphs begins.
    """
    bodies = [d for d in drafts if not d.heading]
    tolls = _at_one_place(tolls)
    told = frozenset[str]().union(*(d.names for d in bodies))
    if any(taxonomy.does(d.type, "strike") for d in bodies if not d.tags) and (kind := taxonomy.type_of("strike", "")):
        bodies += [
            replace(d, type=kind) for d in tolls if not d.names & told and (d.target or _toll((d,), "killed") + _toll((d,), "injured"))
        ]
    updates = [d for d in tolls if not d.tags]
    bodies = signed(sorted((_updated(d, updates, taxonomy) for d in bodies), key=lambda d: d.claims[0].start), heard, paragraphs)
    sums = [d for d in bodies if _sums_up(d, bodies, taxonomy, lang)]
    idle = [d for d in bodies if _says_nothing(d) or _only_leads(d, bodies, taxonomy)]
    bodies = [_in_time(d, sums) for d in bodies if d not in sums and d not in idle and not _says_again(d, bodies, taxonomy)]
    bodies = _without_strays(bodies, taxonomy)
    for heading in (d for d in drafts if d.heading and d.where):
        bodies = [_at_heading(d, heading, taxonomy) for d in bodies]
        bodies = [_with_toll_above(d, heading, taxonomy) for d in bodies]
        said_below = any(taxonomy.compatible(heading.type, d.type) for d in bodies)
        if not said_below and not heading.names <= told:
            bodies.append(heading)
    bodies = [_at_sea(_from_the_air(d, taxonomy, lang), taxonomy) for d in bodies]
    return [
        _in_force(with_voices(_as_launched(_as_tally(_got_through(d, taxonomy), taxonomy), taxonomy)))
        for d in sorted(bodies, key=lambda d: d.claims[0].start)
    ]


def _with_toll_above(draft: Draft, heading: Draft, taxonomy: Taxonomy) -> Draft:
    """Give what is told below a heading the toll that only the heading tells: "Strike on X: two dead ¶ A missile hit a house."."""
    same = draft.section == heading.section and draft.names == heading.names and taxonomy.compatible(draft.type, heading.type)
    if not same or draft.has_toll or draft.tags or not heading.has_toll:
        return draft
    return replace(draft, claims=joined(draft.claims, heading.claims))


def _without_strays(bodies: Sequence[Draft], taxonomy: Taxonomy) -> list[Draft]:
    """Put what is told of no place with the event told before that it may be of: "Sea drones had hit the ship, a source said."."""
    strays = [d for d in bodies if _is_stray(d, bodies, taxonomy)]
    kept = [d for d in bodies if d not in strays]
    for stray in strays:
        event = _event_of(stray, kept, taxonomy)
        if event:
            kept[kept.index(event)] = replace(event, when=event.when or stray.when, claims=joined(event.claims, stray.claims))
        elif not stray.is_counted:
            kept.append(stray)
    return kept


def _event_of(stray: Draft, bodies: Sequence[Draft], taxonomy: Taxonomy) -> Draft | None:
    """Give the event that an attack told of no place is of, the last one before it; a toll is only that of one that alone it may be."""
    if stray.is_counted:
        return None
    start = stray.claims[0].start
    # "Russia hit the grid with drones overnight. ¶ 08:44 A drone struck a depot in X." is no attack of the night.
    told = (d for d in bodies if stray.has_toll or d.section == stray.section or d.claims[0].start < start)
    told = (d for d in told if d.where and not d.tags and taxonomy.compatible(d.type, stray.type))
    near = [d for d in told if times_agree(d.when, stray.when)]
    near = [d for d in near if d.type == stray.type] or near
    if not near or (stray.has_toll and len(near) > 1):
        return None
    return next((d for d in reversed(near) if d.claims[0].start < start), near[0])


def _is_stray(draft: Draft, bodies: Sequence[Draft], taxonomy: Taxonomy) -> bool:
    """Tell whether an attack is told of no place at all, and is no barrage on a country that is told nowhere else."""
    if draft.where or draft.tags or not taxonomy.does(draft.type, "strike") or any(c.counts.met for c in draft.claims):
        return False
    others = [d for d in bodies if d is not draft and not d.tags and d.is_national]
    return not draft.is_counted or any(d.is_counted or taxonomy.does(d.type, "combat") for d in others)


def _at_heading(draft: Draft, heading: Draft, taxonomy: Taxonomy) -> Draft:
    """Put what is told of a region at the town of its heading: "Drones hit a train near Barvinkove ¶ In the Kharkiv region, drones ..."."""
    same = draft.section == heading.section and taxonomy.compatible(draft.type, heading.type) and not draft.tags
    towns = len(heading.where) == 1 and heading.where[0].mention.kind in TOWNS
    if not (same and towns and draft.is_sharper_in(heading, ("admin1",))):
        return draft
    return replace(draft, places=(*(p for p in draft.places if p not in draft.where), *heading.where))


def _at_one_place(tolls: Sequence[Draft]) -> list[Draft]:
    """Put the tolls of one place together: "two were killed in X and one in Y. ... In X, four were hurt."."""
    result: list[Draft] = []
    for toll in tolls:
        at = next(
            (k for k, one in enumerate(result) if one.names == toll.names and one.tags == toll.tags and one.section == toll.section), -1
        )
        if at >= 0 and times_agree(result[at].when, toll.when):
            one = result[at]
            result[at] = replace(one, when=one.when or toll.when, claims=joined(one.claims, toll.claims))
        else:
            result.append(toll)
    return result


def _sums_up(lead: Draft, bodies: Sequence[Draft], taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether what befell an area is only what is told of its parts after it: "One was killed and three hurt in the region."."""
    if any(c.counts.known for c in lead.claims):
        return _only_counts_arms(lead, bodies, taxonomy, lang)
    if any(p.mention.kind not in _AREAS for p in lead.where):
        return _is_all_of_a_day(lead, bodies) or _is_only_listed(lead, bodies, taxonomy)
    counted = _counts_a_day(lead, taxonomy, lang)
    if not lead.where and not lead.has_toll and not counted:
        return False
    own = lead.target and any(c.by for c in lead.claims)  # "An energy facility in the Nizhyn district was hit, the operator said."
    one_by_one = counted and lead.where and any(d.type == lead.type and d is not lead and d.where for d in bodies)
    if not lead.has_toll and own and not one_by_one:
        return False
    if not lead.has_toll and lead.target and lead.where and all(p.mention.kind == "admin2" for p in lead.where):
        return False  # "A power plant in the Nizhyn district was hit."
    # "In all, the occupiers shelled the region's settlements 31 times." may as well come last.
    sums = not lead.has_toll and Vocabulary.load(lang).holds("dates", "in_total", lead.claims[0].quote)
    beside = [d for d in bodies if d.claims[0].start >= lead.claims[0].start or (counted and (sums or not lead.where))]
    told = [d for d in beside if d is not lead and d.where and not d.tags]
    actions = set(taxonomy.types[lead.type].actions)
    after = [d for d in told if actions & set(taxonomy.types[d.type].actions)]
    if not lead.has_toll and (lead.is_summary or counted):
        # "649 strikes on 12 towns of the region": none beside those that are told one by one.
        return len(_within(lead, after)) >= _FEWEST_PARTS
    # "Two were killed in attacks": one of them, it turns out, by a mine.
    blown_up = [d for d in told if d.has_toll and d not in after and taxonomy.does(d.type, "explode")]
    return _is_sum_of(lead, after) or (lead.has_toll and bool(blown_up) and _is_sum_of(lead, [*after, *blown_up]))


def _only_counts_arms(lead: Draft, bodies: Sequence[Draft], taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether a draft counts what all was used against a region on the days whose attacks are told: "31 bombs, 12 drones"."""
    if lead.has_toll or lead.target or lead.tags or any(c.counts.met for c in lead.claims):
        return False
    region = bool(lead.where) and all(p.mention.kind == "admin1" for p in lead.where)
    if not region and (lead.where or not Vocabulary.load(lang).holds("places", "region_again_patterns", lead.claims[0].quote)):
        return False
    kinds = {weapon for c in lead.claims if c.counts.known for weapon in deeds.weapons(c.quote, taxonomy, lang)}
    told = [d for d in bodies if d is not lead and d.section == lead.section and taxonomy.does(d.type, "strike") and not d.tags]
    inside = [d for d in told if d.where and times_agree(d.when, lead.when)] if not region else _within(lead, told)
    return (lead.is_summary or len(kinds) >= _FEWEST_PARTS) and len(inside) >= _FEWEST_PARTS


def _counts_a_day(lead: Draft, taxonomy: Taxonomy, lang: str) -> bool:
    """Tell whether a lead says how often, or over what day, a whole area was attacked."""
    quote, vocabulary = lead.claims[0].quote, Vocabulary.load(lang)
    if deeds.counts_attacks(quote, lang) or deeds.is_total(quote, lang):
        return True
    # "Yesterday, five municipalities were under attack."
    many = vocabulary.holds("dates", "many_places", quote) and taxonomy.does(lead.type, "strike")
    # "The police documented what Tuesday's shelling left."
    of_a_day = all(p.role == "speaker" for p in lead.places) and vocabulary.holds("dates", "whole_day", quote)
    return many or of_a_day


def _is_sum_of(lead: Draft, after: Sequence[Draft]) -> bool:
    """Tell whether what befell an area is what befell towns of it together."""
    towns = _within(lead, after)
    nation = _is_of_countries(lead) and lead.has_toll
    fewest = 1 if nation and any(d.has_toll for d in towns) else _FEWEST_PARTS
    if len(towns if not lead.has_toll else {name for d in towns for name in d.names}) < fewest:
        return False
    told_there = {kind: (total := _toll((lead,), kind), _parts(towns, kind, total)) for kind in CASUALTIES}
    if any(
        total and (parts > total if nation else parts < total if not lead.where and _is_vague(lead, kind) else parts != total)
        for kind, (total, parts) in told_there.items()
    ):
        return False
    # What adds up is the same, whatever the lead calls it.
    if nation and lead.is_summary and not any(parts for _, parts in told_there.values()):
        return False
    same = not lead.weapons or any(set(lead.weapons) & set(d.weapons) or not d.weapons for d in after)
    return same or any(total for total, _ in told_there.values())


def _within(lead: Draft, after: Sequence[Draft]) -> list[Draft]:
    """Give the events that are told of smaller places than a lead is, and that may lie in it."""
    size = max((_AREAS.index(p.mention.kind) for p in lead.where), default=0)
    inside = [d for d in after if not are_apart(lead.regions, d.regions)]
    return [d for d in inside if all(p.mention.kind not in _AREAS[: size + 1] for p in d.where)]


def _is_all_of_a_day(lead: Draft, bodies: Sequence[Draft]) -> bool:
    """Tell whether a day's toll beside the name of a city is that of what is told after it: "Kharkiv and 11 villages were hit"."""
    later = [d for d in bodies if d.claims[0].start > lead.claims[0].start and d.has_toll and not d.tags]
    return lead.is_summary and any(_add_up(lead, parts) for parts in (later, [d for d in later if not d.names & lead.names]))


def _add_up(lead: Draft, parts: Sequence[Draft]) -> bool:
    """Tell whether the tolls of several events are together that of a lead."""
    sums = {kind: (_toll((lead,), kind), _toll(parts, kind)) for kind in CASUALTIES}
    several, both = len(parts) >= _FEWEST_PARTS, any(all(pair) for pair in sums.values())
    return several and both and all(total == told for total, told in sums.values())


def _is_only_listed(lead: Draft, bodies: Sequence[Draft], taxonomy: Taxonomy) -> bool:
    """Tell whether a day's attacks on towns are all told one by one after it: "X and 11 villages were hit. ... In X, a drone ..."."""
    bare = lead.is_summary and not (any(c.has_numbers for c in lead.claims) or lead.weapons or lead.target or lead.tags)
    later = [d for d in bodies if d.claims[0].start > lead.claims[0].start and d.weapons and not d.tags]
    after = [d for d in later if taxonomy.compatible(lead.type, d.type) and times_agree(lead.when, d.when)]
    return bare and bool(lead.names) and lead.names <= frozenset[str]().union(*(d.names for d in after))


def _is_vague(draft: Draft, kind: str) -> bool:
    """Tell whether a draft says no exact number: "several people were killed"."""
    amounts = [amount for c in draft.claims if (amount := getattr(c.casualties, kind)).known]
    return bool(amounts) and amounts[-1].best is None


def _in_time(draft: Draft, sums: Sequence[Draft]) -> Draft:
    """Give an event that tells no time that of what sums it up before it."""
    before = [lead.when for lead in sums if lead.when and lead.claims[0].start < draft.claims[0].start]
    return replace(draft, when=before[-1]) if before and draft.when is None else draft


def _only_leads(draft: Draft, bodies: Sequence[Draft], taxonomy: Taxonomy) -> bool:
    """Tell whether a draft says of a country what is told of its towns after it: "Russia struck the grid again. Drones hit X and Y.".

    So may an article that begins with a region, and names nobody who says so.
    """
    if draft.has_numbers or draft.tags:
        return False
    after = [d for d in bodies if d.claims[0].start > draft.claims[0].start and d.where and not d.tags]
    if _is_of_countries(draft):
        after = [d for d in after if d.section == draft.section]
    elif draft is bodies[0] and draft.regions and all(p.mention.kind == "admin1" and not c.by for p in draft.where for c in draft.claims):
        after = [d for d in after if d.regions == draft.regions and all(p.mention.kind in TOWNS for p in d.where)]
    else:
        return False
    return any(taxonomy.compatible(draft.type, d.type) and times_agree(draft.when, d.when) and not _says_nothing(d) for d in after)


def _says_nothing(draft: Draft) -> bool:
    """Tell whether a draft says no more than that a country is at war, or what befell no place in weeks: "Russian attacks went on."."""
    national = _is_of_countries(draft)
    if draft.is_vague and not draft.tags and (national or not draft.where):
        return True
    return national and not draft.has_numbers and not draft.target


def _is_of_countries(draft: Draft) -> bool:
    """Tell whether a draft is told of countries only."""
    return bool(draft.where) and draft.is_national


def _says_again(draft: Draft, bodies: Sequence[Draft], taxonomy: Taxonomy) -> bool:
    """Tell whether a draft says of an area what is told of its town: "In X in Y, two were hurt. ... Y was attacked."."""
    area = draft.where[0].mention if len(draft.where) == 1 else None
    if area and area.kind == "admin2" and not (draft.has_numbers or draft.target or draft.tags):
        # "The Nikopol district was attacked forty times. ... In Marhanets, a drone hit a minibus."
        actions = set(taxonomy.types[draft.type].actions)
        inside = (d for d in bodies if d.lies_in(draft) and not d.tags and times_agree(d.when, draft.when))
        return any(actions & set(taxonomy.types[d.type].actions) for d in inside)
    if area is None or area.kind != "admin1" or draft.has_numbers or draft.target or draft.tags or draft.is_summary:
        return False
    name, strikes = of_region(area.name), set(taxonomy.types[draft.type].actions)
    return any(
        d.section == draft.section
        and d.claims[0].start < draft.claims[0].start
        and strikes & set(taxonomy.types[d.type].actions)
        and times_agree(d.when, draft.when)
        and not d.tags
        and any(of_region(held) == name for p in d.where for held in p.mention.within)
        for d in bodies
    )


def _toll(drafts: Sequence[Draft], kind: str) -> int:
    """Add up the killed or injured of drafts, by the last figure of each."""
    said = ([low for c in d.claims if (low := getattr(c.casualties, kind).low)] for d in drafts)
    return sum(figures[-1] for figures in said if figures)


def _parts(towns: Sequence[Draft], kind: str, total: int) -> int:
    """Add up the tolls of towns, to where they are as many as a total that tells of no more: "Five died in the country. ... In X ..."."""
    sums = list(accumulate(_toll((town,), kind) for town in towns))
    return total if total in sums else sums[-1]


def _in_force(draft: Draft) -> Draft:
    """Let figures count that are told as earlier ones and that no newer ones replace: "He had earlier said that three were hurt."."""
    claims = list(draft.claims)
    for kind in CASUALTIES:
        told = [k for k, c in enumerate(claims) if getattr(c.casualties, kind).known]
        if told and all(kind in claims[k].superseded and claims[k].status != "retracted" for k in told):
            claims[told[-1]] = replace(claims[told[-1]], superseded=claims[told[-1]].superseded - {kind})
    return replace(draft, claims=tuple(claims))


def _got_through(draft: Draft, taxonomy: Taxonomy) -> Draft:
    """Read an attack on a town as one that hit, if none of it is counted as shot down and it hurt people: "An attack is repelled. ..."."""
    town = bool(draft.where) and all(p.mention.kind in TOWNS for p in draft.where)
    hurt = any(c.casualties.hurt for c in draft.claims) and not any(c.counts.known for c in draft.claims)
    kind = taxonomy.type_of("strike", draft.weapons[0] if draft.weapons else "")
    return replace(draft, type=kind) if town and hurt and kind and taxonomy.does(draft.type, "intercept") else draft


def _as_tally(draft: Draft, taxonomy: Taxonomy) -> Draft:
    """Read what was launched at a whole country and what of it was shot down, be it over several areas, as an interception."""
    launched, shot_down = (any(getattr(c.counts, key) is not None for c in draft.claims) for key in ("launched", "intercepted"))
    areas = len(draft.where) > 1 and all(p.mention.kind == "admin1" and p.role == "over" for p in draft.where)
    national = areas or draft.is_national
    kind = taxonomy.type_of("intercept", "")
    if not (launched and shot_down and national and kind) or draft.has_toll:
        return draft
    return replace(draft, type=kind)


def _as_launched(draft: Draft, taxonomy: Taxonomy) -> Draft:
    """Read what hit a town as launched at it, where nothing else says how many were; of shells and bombs that hit it no number is."""
    if draft.type == taxonomy.type_of("strike", "artillery"):
        return replace(draft, claims=tuple(replace(c, counts=replace(c.counts, launched=None)) for c in draft.claims))
    if draft.weapons == ("bomb",):
        return draft
    towns = draft.where and all(p.mention.kind in TOWNS for p in draft.where)
    if not towns or not taxonomy.does(draft.type, "strike") or any(c.counts.launched is not None for c in draft.claims):
        return draft
    hit = (c.counts.hit if (c.counts.hit or 0) > 1 else None for c in draft.claims)
    return replace(draft, claims=tuple(replace(c, counts=replace(c.counts, launched=h)) for c, h in zip(draft.claims, hit, strict=True)))


def _from_the_air(draft: Draft, taxonomy: Taxonomy, lang: str) -> Draft:
    """Read an attack from the air of which nothing has named another weapon as one with bombs."""
    unknown = draft.type == taxonomy.type_of("strike", "") and not draft.weapons
    if not (unknown and any(deeds.is_from_the_air(c.quote, taxonomy, lang) for c in draft.claims)):
        return draft
    return replace(draft, type=taxonomy.type_of("strike", "bomb"), weapons=("bomb",))


def _at_sea(draft: Draft, taxonomy: Taxonomy) -> Draft:
    """Read an attack of which no weapon is told, and no place but a water, as a naval one: "The tanker was hit again in the Black Sea"."""
    waters = bool(draft.where) and all(_is_water(p.mention.text) for p in draft.where)
    unknown = draft.type == taxonomy.type_of("strike", "") and not draft.weapons
    return replace(draft, type=taxonomy.type_of("strike", "naval")) if waters and unknown else draft


def _is_water(name: str) -> bool:
    before, _, noun = name.rpartition(" ")
    return bool(before) and noun.lower() in cue_words().waters  # "Чорному морі", and not the town of Lyman


def _updated(draft: Draft, updates: Sequence[Draft], taxonomy: Taxonomy) -> Draft:
    """Let a toll told elsewhere count where its event is: one that has risen, and one of the dead beside that of the injured."""
    claims = draft.claims
    if not taxonomy.does(draft.type, "strike") or draft.tags:
        return draft
    for update in updates:
        risen = update.claims[-1].casualties.update and draft.has_toll and update.names <= draft.names
        if risen or (update.names == draft.names and times_agree(update.when, draft.when) and _adds(draft, update)):
            claims = joined(claims, update.claims)
    return replace(draft, claims=claims)


def _adds(draft: Draft, update: Draft) -> bool:
    """Tell whether a toll counts whom a draft has no figure for, or comes later and is higher in all that it counts."""
    counted = [kind for kind in CASUALTIES if getattr(update.claims[-1].casualties, kind).known]
    told = {kind: [getattr(c.casualties, kind) for c in draft.claims if getattr(c.casualties, kind).known] for kind in counted}
    if not any(told.values()):
        return True
    higher = ((getattr(update.claims[-1].casualties, kind).low or 0) > (one[-1].low or 0) for kind, one in told.items() if one)
    return update.claims[0].start > draft.claims[-1].start and all(higher)
