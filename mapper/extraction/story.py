"""An article as it is being told: what each clause begins, goes on about, or adds a voice to (`telling.py` keeps the drafts).

A clause that tells an event at a place begins a draft, or joins the one that it may be; a toll, a voice or an event
without a place belongs to what was told before, if something ties it to that: paragraph, claimant, place, "the attack".
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction import deeds, tallies
from mapper.extraction.arms import Arms, armed
from mapper.extraction.bearings import Bearings
from mapper.extraction.casualties import Casualties
from mapper.extraction.counts import Counts
from mapper.extraction.drafts import Draft, DraftClaim, DraftPlace, about, joined, merged, times_agree
from mapper.extraction.listing import Listing, headed
from mapper.extraction.mentions import AREAS, TOWNS
from mapper.extraction.settling import settled
from mapper.extraction.signing import voice_of
from mapper.extraction.stems import skeletons
from mapper.extraction.telling import Telling
from mapper.extraction.ties import Ties
from mapper.extraction.vocabulary import Vocabulary
from mapper.incidents import CASUALTIES, TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.claimants import Attribution
    from mapper.extraction.clause import Clause
    from mapper.extraction.sentences import Sentence
    from mapper.extraction.signing import Voice
    from mapper.extraction.toponyms import Mention
    from mapper.taxonomy import Taxonomy

__all__ = ["Story"]

#: Of a name without its vowels, how much an adjective made of it must begin with.
_SHORTEST = 3

#: What may have caused a toll at another place than the one told of, of which nothing more is said.
_OF_A_TOLL = frozenset({"strike", "explode", "combat"})

#: How many attacks an article tells that is a bulletin of them.
_MANY = 3
#: At how many places a bulletin tells of killed and injured that tells of damage as well.
_FEW = 2

#: Before which character of a sentence its claimant is named who opens it: "According to the police, ...".
_OPENING = 25


#: What may stand around the name of a place that is a line of its own.
_LINE_MARKS = " *#_:.\n"
#: What somebody is killed or hurt by in a place where nobody fights.
_HARMS = ("strike", "explode", "sabotage")


class Story:
    """What has been told so far by an article that names `mentions`, in its title `titled`; `voices`: its title's and its publisher's."""

    def __init__(
        self, lang: str, taxonomy: Taxonomy, mentions: Sequence[Mention], titled: Sequence[Mention] = (), voices: Sequence[Voice] = ()
    ) -> None:
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._ties = Ties(lang, taxonomy)
        self.telling = Telling(lang, taxonomy, self._ties, mentions)
        self._bearings = Bearings(lang, mentions, titled, local=any(voice.local for voice in voices))
        # An event without a place, which the next sentence may name, its paragraph, and whether it is told even if none does.
        self._pending: tuple[int, Draft | None] = (-1, None)
        self._worth = False
        # A toll at a place whose event the next sentence may tell, and its paragraph.
        self._toll: tuple[int, Draft | None] = (-1, None)
        # A toll that the article begins with: "Strike on X ¶ Two people were killed. ¶ The drone hit a block of flats."
        self._opening: Draft | None = None
        # Damage at places before any event has been told, which a bulletin of tolls counts beside them.
        self._harms: list[Draft] = []
        # The sentence before, if it names a place and tells nothing there: "It was a loud night in X."
        self._topic: tuple[int, Draft | None] = (-1, None)
        # The same if somebody says it, before anything is told in its paragraph.
        self._passed: tuple[int, Draft | None] = (-1, None)
        # The entry of a list that begins with the name of a place, and that place: "Temryuk. Debris was found at the port."
        self._head: tuple[int, Draft | None] = (-1, None)
        # Whether no more than that place has been read of its line.
        self._alone = False
        # The event that the last heading tells.
        self._above: Draft | None = None
        self._listing = Listing(lang, taxonomy)
        self._arms = Arms(lang, taxonomy)
        self._heard = list(voices)
        # Where each paragraph begins.
        self._paragraphs: list[int] = []
        self._last_paragraph = -1
        # The section being read, and whether it is an entry posted after others: "09:40 The number of injured has risen to five."
        self._section, self._posted = 0, False
        # Tolls of entries above that of their event, where the last stands first.
        self._later: list[Draft] = []

    def begin(
        self,
        sentence: Sentence,
        said: Attribution | None,
        *,
        names_places: bool,
        placeless: bool,
        of_all: bool,
        regions: frozenset[str] = frozenset(),
    ) -> None:
        """Go on to the next sentence: a new section begins anew, and a new paragraph names no place for the last one's events."""
        if self._alone and sentence.paragraph != self._head[0]:
            self._head = (self._head[0] + 1, self._head[1])
        self._alone = False
        if sentence.paragraph != self._last_paragraph:
            self._last_paragraph = sentence.paragraph
            self._paragraphs.append(sentence.start)
        if said:
            signs = bool(self._words.pattern("claims", "attribution_patterns").match(sentence.text))
            opens = said.start < _OPENING
            voice = voice_of(
                said.by, self._words, sentence.start, signs=signs, placeless=placeless, of_all=of_all, opens=opens, regions=regions
            )
            self._heard.append(voice)
        if sentence.section != self._section:
            self._section, self._posted = sentence.section, not sentence.heading
        if self.telling.current is not None and (current := self.telling.drafts[self.telling.current]).section != sentence.section:
            if sentence.heading and not names_places and not current.section and sentence.section == 1:
                self.telling.drafts[self.telling.current] = replace(current, section=sentence.section)  # "What is known of the attack"
            else:
                self.telling.current = None
        if sentence.paragraph != self._pending[0]:
            self._flush()

    def take(self, clause: Clause) -> None:
        """Take the next clause in; what is always so stands beside the news, which goes on: "The town is shelled almost daily."."""
        told, draft = self.telling.told, clause.draft
        always = TAG_BACKGROUND in draft.tags and draft.when is None and not draft.has_numbers
        news = self.telling.current if always and told and not told.tags else None
        self._take(clause)
        if news is not None:
            self.telling.current = news
        elif always and told is None and len(draft.where) == 1 and draft.where[0].mention.kind in TOWNS:
            # "Kherson is shelled almost daily. On Wednesday, a drone wounded two people at a bus stop."
            self.telling.current, self._topic = None, (clause.sentence.paragraph, draft)

    def _take(self, clause: Clause) -> None:
        if (news := self.telling.news_before) is not None and self._is_of_news(clause, self.telling.drafts[news]):
            self.telling.current, self.telling.paragraph = news, clause.sentence.paragraph
        self._tell_apart(clause)
        if self._goes_back(clause):
            self._topic, self.telling.elsewhere = (-1, None), -1
        tied = self._is_tied(clause)
        topic, self._topic = self._topic, (-1, None)
        self._passed = self._passed if self._passed[0] == clause.sentence.paragraph != self.telling.paragraph else (-1, None)
        clause = self._in_its_time(clause)
        self._arms.take(clause.draft)
        if entered := self._listing.entered(self.telling.drafts, clause):
            self.telling.current = entered[0]
            self.telling.put(entered[1], clause.sentence)
            return
        head = self._head[1] if self._head[0] == clause.sentence.paragraph else None
        told = self.telling.told
        if head and not (self.telling.paragraph == self._head[0] and told and told.where and not head.names & told.names):
            clause = headed(clause, head, self._lang)
        clause = self._under_heading(clause)
        if not clause.draft.type:
            self._bearings.hear(clause)
            if told and tied and (known := armed(told, clause.text, self._taxonomy, self._lang)):
                self.telling.put(known, clause.sentence)
            self._go_on(clause, tied=tied)
            if itself := self._of_itself(clause):
                self._topic = (clause.sentence.paragraph, itself)
            if not (clause.draft.where or clause.draft.has_numbers) and self._topic[1] is None:
                self._topic = topic  # "It was a black evening for X. So the governor began. A missile destroyed a hostel."
            return
        # "In X a curfew was imposed. Bombs had fallen there the evening before."
        last = next((told for at, told in (topic, self._passed) if at == clause.sentence.paragraph), None)
        draft = about(
            self._after_toll(self._bearings.again(clause, last or self.telling.told or self.telling.told_where(clause)), clause.sentence),
            topic,
            clause.sentence.paragraph,
        )
        draft = self._arms.of_the_attack(draft, self.telling.told, clause.text)
        draft = self._bearings.at_home(self._after_pending(draft, clause), clause, self.telling.told, tied=tied)
        if not draft.where:
            self._placeless(clause, draft, tied=tied)
        elif (
            draft.is_specific
            or clause.said
            or self._ties.is_plain(draft)
            or self._ties.is_evident(clause.text)
            or (self.telling.told and draft.lies_in(self.telling.told))
            or self._is_of_area(clause)
            or self._is_hit_as_well(clause)
        ):
            self.telling.add(self._of_toll(draft, clause.sentence), clause.sentence)
        elif not draft.tags and self._ties.does(draft, "strike") and all(p.mention.kind in TOWNS for p in draft.where):
            self._topic = (clause.sentence.paragraph, replace(draft, type=""))  # "X was attacked. A drone hit a house there."

    def _under_heading(self, clause: Clause) -> Clause:
        """Place what names no place where the heading above it tells an event: "Bomb hits X ¶ It fell on the centre. Four were hurt."."""
        draft, told = clause.draft, self.telling.told
        if clause.sentence.heading:
            tells = draft.type or draft.has_numbers or deeds.weapons(clause.text, self._taxonomy, self._lang)
            town = tells and not draft.tags and len(draft.where) == 1 and draft.where[0].mention.kind in TOWNS
            self._above = draft if town else None
            return clause
        above = self._above if self._above and self._above.section == draft.section else None
        if above is None or clause.names_places or draft.tags or draft.is_counted:
            return clause
        there = told is not None and bool(told.names & above.names)
        if told and told.where and not there:
            return clause
        placed = headed(clause, above, self._lang)
        if placed is clause or draft.type or there:
            return placed
        # "Drones hit a depot in X ¶ The fire was put out by noon, nobody was hurt."
        return replace(placed, draft=replace(placed.draft, type=above.type, weapons=above.weapons))

    def _is_of_area(self, clause: Clause) -> bool:
        return self.telling.told is not None and self._ties.is_of_area(self.telling.told, clause.draft, self.telling.stand(clause.sentence))

    def _is_hit_as_well(self, clause: Clause) -> bool:
        """Tell whether a clause says no more than that another town was attacked as what was told of: "X was attacked as well."."""
        told, draft = self.telling.told, clause.draft
        strikes = told is not None and not told.tags and self._ties.does(told, "strike") and self._ties.does(draft, "strike")
        towns = bool(draft.where) and all(p.mention.kind in TOWNS for p in draft.where) and not draft.tags
        return strikes and towns and self._words.holds("places", "also_patterns", clause.text)

    def _of_itself(self, clause: Clause) -> Draft | None:
        """Give a town that is said to have told of damage, as the place of that: "X reported damage. Debris fell on a car park."."""
        towns = [p for p in clause.draft.places if p.role == "speaker" and p.mention.kind in TOWNS]
        told = len(towns) == 1 and not (clause.draft.where or clause.draft.has_numbers) and deeds.has_damage(clause.text, self._lang)
        return replace(clause.draft, places=(DraftPlace(towns[0].mention, "at"),)) if told else None

    def pass_over(self, sentence: Sentence, named: Sequence[Mention]) -> None:
        """Take a sentence that tells of no event, and begins to speak of other places: "A transport plane crashed in the X region."."""
        told = self.telling.told
        names = {DraftPlace(m, "at").name for m in named if m.kind != "country"}
        if told and names and not names & told.names and sentence.paragraph != self.telling.paragraph:
            self.telling.elsewhere = sentence.paragraph

    def share(self, toll: Draft) -> None:
        """Take the part of a toll that befell one place, whose event another sentence may tell."""
        self.telling.tolls.append(toll)

    def finish(self) -> list[Draft]:
        """Give the drafts, those of headings and of tolls only where nothing else tells their event."""
        self._flush()
        for draft in reversed(self._later):
            if (risen := self.telling.risen(draft)) is not None:
                self.telling.go_back(risen, draft.claims)
        actions = {name: kind.actions for name, kind in self._taxonomy.types.items()}
        counted = tallies.without_shared_out(self.telling.drafts)
        counted = tallies.with_areas(counted, {name for name, done in actions.items() if "intercept" in done})
        self.telling.drafts = self._arms.without_guesses(counted)
        drafts = self._bearings.in_sole_town(self.telling.drafts, actions)
        harms = self._harms if len(self.telling.tolls) >= _FEW else []
        return settled(self._with_opening(drafts), [*self.telling.tolls, *harms], self._heard, self._paragraphs, self._taxonomy, self._lang)

    def _with_opening(self, drafts: list[Draft]) -> list[Draft]:
        """Give the toll that an article begins with to the attack on the town of its title, if that has none."""
        home = {p.name for p in self._bearings.home}
        struck = [
            k for k, d in enumerate(drafts) if home and d.names == home and self._ties.does(d, "strike") and not (d.tags or d.heading)
        ]
        struck = struck or self._of_opening(drafts)
        if self._opening is None or not struck or any(drafts[k].has_toll for k in struck):
            return drafts
        first = drafts[struck[0]]
        told = replace(first, claims=joined(self._opening.claims, first.claims), when=first.when or self._opening.when)
        return [told if d is first else d for d in drafts]

    def _of_opening(self, drafts: list[Draft]) -> list[int]:
        """Give the one event that the paragraph of an opening toll goes on to tell: "Two people died. A drone hit their car in X."."""
        if self._opening is None:
            return []
        first = bisect_right(self._paragraphs, self._opening.claims[0].start)
        here = [k for k, d in enumerate(drafts) if bisect_right(self._paragraphs, d.claims[0].start) == first]
        harmed = [k for k in here if any(self._ties.does(drafts[k], action) for action in _HARMS) and not drafts[k].tags]
        return harmed if len(here) == 1 and times_agree(self._opening.when, drafts[here[0]].when) else []

    def _in_its_time(self, clause: Clause) -> Clause:
        """Read what tells no time of its own, right after what was long ago, as of then: "In June 2022, a missile hit X. 20 died."."""
        current = self.telling.told
        here = clause.sentence.paragraph == self.telling.paragraph
        if current and here and tallies.shares_time(current, clause.draft):
            clause = replace(clause, draft=replace(clause.draft, when=current.when))
        then = current and here and TAG_BACKGROUND in current.tags
        if not then or clause.draft.when or clause.draft.tags:
            return clause
        return replace(clause, draft=replace(clause.draft, tags=(TAG_BACKGROUND,)))

    def _is_tied(self, clause: Clause) -> bool:
        """Tell whether a clause goes on about the draft being told: by paragraph, claimant, place or "the attack"."""
        current = self.telling.told
        sentence, draft, said = clause.sentence, clause.draft, clause.said
        if current is None or sentence.paragraph == self.telling.elsewhere:
            return False
        harmless = draft.claims[-1].casualties.known and not draft.claims[-1].casualties.hurt and draft.when is None
        then = harmless and sentence.paragraph == self.telling.paragraph  # "Yesterday, a drone hit a bus in X. Nobody was hurt then."
        earlier = TAG_BACKGROUND in draft.tags or deeds.is_background(clause.text, self._lang)
        if TAG_BACKGROUND not in current.tags and earlier and not then:
            return False  # "The town is often shelled. In April 2025, twenty people were killed there."
        if said and said.status == "confirmed" and not draft.where and sentence.paragraph - self.telling.paragraph == 1:
            return True  # "The governor confirmed an attack on a plant."
        same = not draft.type or (self._taxonomy.compatible(current.type, draft.type) and times_agree(current.when, draft.when))
        if len(self.telling.drafts) == 1 and not current.tags and same and draft.claims[-1].casualties.known and not draft.where:
            return True  # an article that has told one event goes on about it
        if (
            len(self.telling.drafts) == 1
            and all(p.role == "origin" for p in draft.places)
            and sentence.paragraph - self.telling.paragraph <= 1
            and self._ties.is_same_blow(current, draft)
        ):
            return True  # "Nine people died in a strike on Dnipro. ¶ The building was hit on Friday night."
        follows = sentence.paragraph - self.telling.paragraph <= 1 and len(self.telling.drafts) == 1 and not clause.names_places
        same_blow = not draft.type or self._ties.is_same_blow(current, draft)
        if follows and said and same_blow and self._ties.is_nobodys(current) and any(c.by for c in current.claims):
            return True  # "..., officials said. ¶ The bomb tore through the second floor, the mayor said."
        offices = {skeletons(m.name) for m in clause.mentions if m.role == "institution"}
        toll = draft.claims[-1].casualties
        if (
            toll.known
            and not draft.type
            and not clause.mentions
            and self.telling.is_alone(current)
            and sentence.paragraph == self.telling.paragraph + 1
        ):
            return True  # "The death toll in X rose to five. ¶ 26 people were hurt."
        return (
            sentence.paragraph == self.telling.paragraph
            or (
                sentence.paragraph == self.telling.paragraph + 1
                and (current.is_barrage or draft.target)
                and bool(draft.type and set(current.weapons) & set(draft.weapons))
            )
            or bool(said and current.is_told_by(said.by))
            or any(office.startswith(name) for office in offices for name in current.names if len(name) >= _SHORTEST)
            or bool(self._words.pattern("places", "same_patterns").search(clause.text))
        )

    def _goes_back(self, clause: Clause) -> bool:
        """Tell whether a clause is of the attack told before what a sentence said of another place without telling of any there.

        "A missile hit X. Rescuers from Y came to help. Four people were hurt in the attack."
        """
        current, topic = self.telling.told, self._topic[1]
        if current is None or not current.where or current.tags or clause.draft.where:
            return False
        said = "" if topic is None else topic.claims[-1].quote
        heard = any(self._words.holds("dates", key, said) for key in ("event_words", "night_words"))
        return not heard and self._words.pattern("places", "same_patterns").search(clause.text) is not None

    def _is_of_news(self, clause: Clause, news: Draft) -> bool:
        """Tell whether a toll is that of the news told before an earlier attack, which has a toll of its own.

        "A drone hit a house in X. A week ago, another killed six people there. Two people were killed."
        """
        earlier, draft, toll = self.telling.told, clause.draft, clause.draft.claims[-1].casualties
        if earlier is None or news.has_toll or draft.tags or draft.where or draft.when not in {None, news.when}:
            return False
        near = clause.sentence.paragraph - self.telling.paragraph <= 1
        more = self._words.pattern("places", "also_patterns").search(clause.text)
        again = any(getattr(toll, kind).low is not None and earlier.tells_of(kind) for kind in CASUALTIES)
        return near and again and not more

    def _tell_apart(self, clause: Clause) -> None:
        """Take the day of what is being told for its own and not only that of a report, where a similar attack has another."""
        told = self.telling.told
        similar = clause.draft.when and self._words.holds("exclusions", "similar_patterns", clause.text)
        if told and told.when and similar:
            self.telling.put(replace(told, when=replace(told.when, reported=False)), clause.sentence)

    def _after_pending(self, draft: Draft, clause: Clause) -> Draft:
        """Take in an event told before without its place: "A drone hit a train. The attack took place near Bakhmach."."""
        paragraph, pending = self._pending
        kind = self._taxonomy.compatible(pending.type, draft.type) if pending else ""
        same = self._words.pattern("places", "same_patterns").search(clause.text)
        if not (pending and kind and draft.where and paragraph == clause.sentence.paragraph):
            return draft
        self._pending = (-1, None)
        if not same:
            # "Russia attacked the ports on the night to Monday. In the Izmail district, drones hit a tank."
            return replace(draft, when=draft.when or pending.when, tags=draft.tags or (() if draft.when else pending.tags))
        return replace(merged(pending, draft, kind), places=draft.places, when=draft.when or pending.when)

    def _after_toll(self, draft: Draft, sentence: Sentence) -> Draft:
        """Give an event without a place that of the toll before it: "Eight people were killed in X. The missile struck a playground."."""
        paragraph, toll = self._toll
        if draft.where or toll is None or paragraph != sentence.paragraph or self.telling.told is not None:
            return draft
        claims = toll.claims if not draft.has_numbers else (*toll.claims, *draft.claims)
        return replace(draft, places=(*toll.places, *draft.places), when=draft.when or toll.when, claims=claims)

    def _of_toll(self, draft: Draft, sentence: Sentence) -> Draft:
        """Let the event of a town have the toll of its area before it: "Three were hurt in the region. Drones struck X."."""
        paragraph, toll = self._toll
        sharper = toll and toll.is_sharper_in(draft, AREAS) and not (draft.has_toll or toll.is_summary or draft.tags or toll.tags)
        if toll is None or not sharper or paragraph != sentence.paragraph:
            return draft
        self.telling.tolls = [one for one in self.telling.tolls if one is not toll]
        if (current := self.telling.told) and current is self.telling.drafts[-1] and current.claims == toll.claims:
            self.telling.drafts.pop()
            self.telling.current = None
        return replace(draft, claims=joined(toll.claims, draft.claims), when=draft.when or toll.when)

    def _go_on(self, clause: Clause, *, tied: bool) -> None:
        """Take a clause that tells no deed: a toll belongs to the draft being told, or, at another place, to one like it."""
        draft, sentence = clause.draft, clause.sentence
        paragraph, pending = self._pending
        if pending and paragraph == sentence.paragraph and draft.where and self._says_where(clause):
            self._pending = (-1, None)
            # "There were 152 clashes, the General Staff said. Most of them near Pokrovsk."
            claims = draft.claims if draft.has_numbers else pending.claims
            self.telling.add(
                replace(pending, when=draft.when or pending.when, places=draft.places, claims=claims, tags=draft.tags or pending.tags),
                sentence,
            )
            return
        current, claim = self.telling.told, draft.claims[-1]
        if (back := self.telling.comes_back(clause)) is not None:
            current = replace(self.telling.drafts[back], section=sentence.section)
            self.telling.current, self.telling.paragraph, tied = back, sentence.paragraph, True
            self.telling.drafts[back] = current
        if (
            pending
            and claim.by
            and not pending.claims[-1].by
            and self._words.pattern("claims", "attribution_patterns").match(sentence.text)
        ):
            told = tuple(replace(c, by=claim.by, status=claim.status) for c in pending.claims)
            self._pending = (paragraph, replace(pending, claims=told))
        of_area = all(p.mention.kind in AREAS for p in draft.where)
        if current and claim.casualties.known and of_area and self._ties.is_elsewhere_too(clause, current):
            return
        follows = tied or (len(self.telling.drafts) == 1 and sentence.paragraph - self.telling.paragraph == 1)
        if current and follows and draft.timed and not draft.names and not current.timed:
            # "It happened on 3 September." "This was yesterday, nobody was hurt."
            claims = joined(current.claims, draft.claims) if claim.casualties.known else current.claims
            self.telling.put(replace(current, when=draft.when, timed=True, claims=claims), sentence)
            return
        if current and follows and self._ties.says_when(current, clause):
            current = replace(current, when=draft.when)
            self.telling.put(current, sentence)
        stand = self.telling.stand(sentence)
        # "Nine drones were shot down over the Moscow region. In Istra, two people were burnt."
        got_through = current is not None and claim.casualties.hurt and self._ties.does(current, "intercept") and current.is_of_several
        if (
            current
            and draft.where
            and not got_through
            and (
                self._ties.sharpens(current, draft, sentence.text, stand)
                or self._ties.details(current, draft, stand)
                or (sentence.paragraph == self.telling.paragraph and draft.lies_in(current) and not (current.has_toll or draft.has_toll))
            )
        ):
            # "The enemy shelled the Nikopol district. Nikopol and Marhanets were under fire."
            timed = draft.timed or (draft.when is not None and current.when is None)
            when, claims = draft.when if timed else current.when, joined(current.claims, draft.claims)
            self.telling.put(replace(current, places=draft.places, when=when or current.when, claims=claims), sentence)
            return
        if draft.where and claim.casualties.known:
            self._toll = (sentence.paragraph, draft)
        elif draft.where and (not claim.by or deeds.has_harm(clause.text, self._lang)):
            self._topic = (sentence.paragraph, draft)
            if self._is_head(clause):
                # "Odesa ¶ A missile hit a hotel.": a line of its own heads the paragraph below it
                self._alone = len(clause.mentions) == 1 and clause.text.strip(_LINE_MARKS) == clause.mentions[0].text
                self._head = (sentence.paragraph, draft)
        elif draft.where and sentence.paragraph != self.telling.paragraph:
            self._passed = (sentence.paragraph, draft)
        if pending and paragraph == sentence.paragraph and claim.casualties.known and not draft.where and current is None:
            self._pending = (paragraph, replace(pending, claims=joined(pending.claims, draft.claims)))
            return
        if current is None and self._posted and not clause.names_places:
            if (risen := self.telling.risen(draft)) is not None:
                self.telling.go_back(risen, draft.claims)
                return
            if not self.telling.drafts and not draft.where:
                self._later.append(draft)
                return
        if current is None:
            if draft.where and claim.casualties.known and not draft.tags:
                self.telling.tolls.append(draft)
            elif claim.casualties.hurt and not (draft.places or draft.tags or self.telling.drafts):
                self._opening = replace(self._opening, claims=joined(self._opening.claims, draft.claims)) if self._opening else draft
            elif draft.where and (weapon := self._arms.only_of_all) and not draft.tags and deeds.has_harm(clause.text, self._lang):
                # "Drones attacked several regions. ¶ In Engels, a plant was damaged."
                self.telling.add(replace(draft, type=self._taxonomy.type_of("strike", weapon), weapons=(weapon,)), sentence)
            elif (
                draft.where
                and draft.target
                and not draft.tags
                and all(p.mention.kind not in AREAS for p in draft.where)
                and deeds.has_harm(clause.text, self._lang)
            ):
                self._harms.append(draft)
            return
        if tied and not draft.where and (claim.casualties.children_told_before or claim.counts.lost is not None):
            # "Five people were killed. Among them are two children." "76 drones were shot down. Another 60 were lost."
            self.telling.put(replace(current, claims=joined(current.claims, draft.claims)), sentence)
            return
        if not claim.casualties.known:
            same = sentence.paragraph == self.telling.paragraph and self._words.pattern("places", "same_patterns").search(clause.text)
            if same and current.is_sharper_in(draft) and draft.where:
                # "Seven people were hurt in the Bryansk region. The incident took place in Suzemka."
                claims = joined(current.claims, draft.claims) if claim.by else current.claims
                self.telling.put(replace(current, places=draft.places, when=draft.when or current.when, claims=claims), sentence)
                return
            if draft.names and not draft.names & current.names:
                if clause.sentence.paragraph == self.telling.paragraph and self._ties.is_within(clause, current):
                    # "The enemy attacked the Kutsurub community with drones. In the village of Dmytrivka, a house was damaged."
                    self.telling.put(replace(current, places=draft.places, claims=joined(current.claims, draft.claims)), sentence)
                    return
                if self._is_hit_too(clause, current):
                    self.telling.add(
                        replace(draft, type=self._taxonomy.type_of("strike", self._arms.guessed(current, draft.claims[0].start))), sentence
                    )
                    return
                if len(draft.where) == 1 or any(p.mention.kind not in AREAS for p in current.where):
                    self.telling.elsewhere = sentence.paragraph  # "The district was shelled. X, Y and Z suffered. Two were hurt."
            self._hear(current, claim, clause, tied=tied)
            return
        near = tied or sentence.paragraph - self.telling.paragraph <= 1
        if near and not draft.where and not claim.casualties.hurt and self._words.pattern("places", "both_patterns").search(clause.text):
            self.telling.tell_both(draft.claims)
            tied = True
        sharper = draft.where and current.is_sharper_in(draft) and not got_through
        if sentence.paragraph == self.telling.paragraph and sharper and not current.has_toll:
            # "A plant in the Stavropol region was attacked. A fire at the site in Budyonnovsk was put out, nobody was hurt."
            claims = joined(current.claims, draft.claims)
            self.telling.put(replace(current, places=draft.places, when=draft.when or current.when, claims=claims), sentence)
            return
        if draft.names and draft.names <= current.names and self._ties.does(current, "intercept") and claim.casualties.hurt:
            # "74 drones were shot down on their way to Moscow. In Moscow, twelve people were hurt."
            self.telling.add(replace(draft, type=self._taxonomy.type_of("strike", *current.weapons[:1] or ("",))), sentence)
            return
        if draft.names <= current.names:
            if tied or (draft.names and sentence.paragraph == self.telling.paragraph + 1):
                self.telling.put(replace(current, claims=joined(current.claims, draft.claims)), sentence)
            return
        if sentence.paragraph == self.telling.paragraph and current.weapons:
            # "115 drones were shot down. In X, a man was killed."
            hit = self._ties.does(current, "intercept") and claim.casualties.hurt
            kind = self._taxonomy.type_of("strike", current.weapons[0]) if hit else current.type
            self.telling.add(replace(draft, type=kind, when=draft.when or current.when, weapons=current.weapons), sentence)
            return
        if not (claim.casualties.killed.low or claim.casualties.injured.low or deeds.has_harm(clause.text, self._lang)):
            return  # "In Kyiv a ceiling came down, nobody was hurt."
        like = self._taxonomy.types[current.type].actions[:1]
        weapon = self._arms.guessed(current, draft.claims[0].start) if like in {("strike",), ("intercept",)} else ""
        others = bool(claim.by) and not current.is_told_by(claim.by)
        if like == ("intercept",) and others and not (draft.target or deeds.is_of_debris(clause.text, self._lang)):
            # "Moscow said it had shot down 20 drones. ¶ Two people were killed in X, police said.": by what is not told
            like, weapon = ("strike",), ""
        if like == ("intercept",) and weapon:
            like = ("strike",)  # "26 drones were shot down. ¶ In the village of X, a man was wounded by fragments."
        if kind := self._taxonomy.type_of(like[0], weapon) if like and like[0] in _OF_A_TOLL else "":
            when = draft.when or (current.when if sentence.paragraph == self.telling.paragraph else None)
            self.telling.add(replace(draft, type=kind, when=when), sentence)

    def _says_where(self, clause: Clause) -> bool:
        """Tell whether a clause says where an event without a place was, and not only where somebody spoke of it."""
        draft = clause.draft
        said = draft.has_numbers or not draft.claims[-1].by or deeds.has_harm(clause.text, self._lang)
        return said or self._words.holds("places", "same_patterns", clause.text) or deeds.is_at_sea(clause.text, self._lang)

    def _is_head(self, clause: Clause) -> bool:
        """Tell whether a clause is no more than the name of a place at the beginning of its paragraph."""
        named = sum(len(m.text) for m in clause.mentions)
        return clause.sentence.paragraph != self.telling.paragraph and 2 * named >= len(clause.text)

    def _is_hit_too(self, clause: Clause, current: Draft) -> bool:
        """Tell whether a clause tells what an attack did elsewhere: "In the Fastiv district, two houses were damaged."."""
        attacked = (
            (self._ties.does(current, "strike") or self._ties.does(current, "intercept")) and not current.tags and not clause.draft.tags
        )
        bulletin = current.is_summary or sum(self._ties.does(d, "strike") and not d.heading for d in self.telling.drafts) >= _MANY
        near = clause.sentence.paragraph - self.telling.paragraph <= 1 or bulletin
        return attacked and near and deeds.has_harm(clause.sentence.text, self._lang)

    def _hear(self, current: Draft, claim: DraftClaim, clause: Clause, *, tied: bool) -> None:
        """Take a sentence without numbers: who told the one before, or what else a party says of it."""
        sentence, text = clause.sentence, clause.sentence.text
        says_who = self._words.pattern("claims", "attribution_patterns").match(text)
        if claim.by and says_who and sentence.paragraph != self.telling.paragraph:
            self.telling.sign(claim, sentence)
            if sentence.paragraph == self.telling.paragraph + 1:
                self.telling.paragraph = sentence.paragraph  # "This was said by the mayor." The story goes on.
        if self._denies(clause, current):
            self.telling.put(replace(current, claims=joined(current.claims, (claim,))), sentence)
            return
        if not claim.by or not tied or claim.status == "denied":
            return  # who denies something else tells nothing of it: "The governor denied rumours of mined beaches."
        here = sentence.paragraph == self.telling.paragraph or any(c.by for c in current.claims)
        nowhere_else = not clause.names_places or clause.draft.names == current.names
        if says_who or (here and nowhere_else and self._ties.is_nobodys(current)):
            told = tuple(replace(c, by=claim.by, status=claim.status) if self._ties.is_nobody(c.by) else c for c in current.claims)
            if says_who and told == current.claims:
                told = joined(told, (claim,))  # "Russia says that it took X. The ministry announced this."
            self.telling.put(replace(current, claims=told), sentence)
        elif deeds.has_damage(text, self._lang) and nowhere_else:
            self.telling.put(replace(current, claims=joined(current.claims, (claim,))), sentence)

    def _denies(self, clause: Clause, current: Draft) -> bool:
        """Tell whether another party denies what has just been told: "Russia said it had taken X. Ukraine denied this."."""
        beside = clause.sentence.paragraph - self.telling.paragraph <= 1 and not clause.draft.names - current.names
        said, kind = clause.said, clause.draft.type
        denied = said is not None and said.status == "denied" and not current.is_told_by(said.by)
        again = bool(kind and self._taxonomy.compatible(current.type, kind))
        return beside and denied and (again or self._words.holds("claims", "denying_it_patterns", clause.text))

    def _placeless(self, clause: Clause, draft: Draft, *, tied: bool) -> None:
        """Take an event that names no place: part of the draft being told, or one that can't be placed."""
        current, claim, sentence = self.telling.told, draft.claims[-1], clause.sentence
        if current and self._denies(clause, current):
            self.telling.put(replace(current, claims=joined(current.claims, draft.claims)), sentence)
            return
        if current and tallies.is_shot_down(draft) and sentence.paragraph == self.telling.paragraph and self._spares(current, claim):
            # "A bomb hit a school. The governor said 20 drones were downed and no one was hurt."
            nobody = joined(current.claims, (replace(claim, counts=Counts()),))
            current = replace(current, claims=nobody)
            self.telling.put(current, sentence)
            claim = replace(claim, casualties=Casualties())
            draft = replace(draft, claims=(*draft.claims[:-1], claim))
        if current and tied and self._words.pattern("counts", "all_patterns").search(clause.text):
            # "Ten drones were launched at the region. All of them were shot down."
            draft = replace(draft, claims=tuple(tallies.of_all(c, current) for c in draft.claims))
            claim = draft.claims[-1]
        if current and tied and tallies.is_one_barrage(current, draft):
            self.telling.put(merged(current, draft, draft.type if tallies.is_fought_off(current, draft) else current.type), sentence)
            return
        if (
            current
            and tallies.is_shot_down(draft)
            and sentence.paragraph == self.telling.paragraph
            and tallies.is_only_said(current, draft)
        ):
            # "Drones attacked Moscow. The air defence shot down 21 of them, the mayor said."
            self.telling.put(merged(current, draft, draft.type), sentence)
            return
        if current and len(current.where) == 1 and sentence.paragraph == self.telling.paragraph and self._ties.is_debris(clause, current):
            if not any((c.counts.intercepted or 0) > 1 for c in current.claims) and not current.has_toll:
                # "A drone was shot down over the city, its wreckage damaged a roof."
                self.telling.put(merged(current, draft, draft.type), sentence)
                return
            # "Five drones were shot down over the city, debris damaged a roof."
            self.telling.add(replace(draft, places=current.where, when=draft.when or current.when), sentence)
            return
        counted = draft.claims[-1].counts.known or draft.weapons
        if current and tied and self._ties.does(current, "strike") and self._ties.does(draft, "intercept") and not counted:
            # "Two missiles were fired at X. One was shot down, the other fell in a field."
            self.telling.put(merged(current, draft, current.type), sentence)
            return
        areas = [p for p in current.where if p.mention.kind == "admin1"] if current and tied else []
        if areas and tallies.is_shot_down(draft) and sentence.paragraph == self.telling.paragraph and not draft.when:
            # "The enemy shelled the region 47 times. 12 drones were shot down."
            self.telling.add(replace(draft, places=tuple(areas), when=current.when if current else None), sentence)
            return
        unsigned = current is not None and self._ties.is_nobodys(current)
        says_more = claim.has_numbers or (claim.by and (draft.weapons or draft.target or unsigned))
        kind = self._taxonomy.compatible(current.type, draft.type) if current else ""
        if current and tied and not kind and self._ties.is_under_fire(current, draft):
            current, kind = replace(current, weapons=draft.weapons), draft.type
        if (
            kind
            and current
            and current.where
            and (self._ties.is_of_another(current, claim, clause.text) or self._ties.is_of_countries(current, clause))
        ):
            kind = ""
        if current and self._ties.is_at_another_hour(current, draft):
            self.telling.add(replace(draft, places=current.where, when=draft.when or current.when), sentence)
            return
        if kind and current and len(set(draft.weapons)) > 1 and draft.type == self._taxonomy.type_of("strike", ""):
            kind = draft.type  # "The enemy used glide bombs, drones and mortars."
        if current and tied and kind and (times_agree(current.when, draft.when) or (draft.timed and not current.timed)):
            dates = draft.when is not None and (current.when is None or current.when.reported)
            if says_more or draft.timed or dates or kind != current.type:
                self.telling.put(merged(current, draft, kind), sentence)
        elif current and (self._is_another_blow(current, draft, clause) or self._is_struck_again(current, draft, clause)):
            self.telling.add(replace(draft, places=current.where), sentence)
        elif (launched := tallies.launched_before(self.telling.drafts, draft)) is not None:
            self.telling.current = launched
            self.telling.put(merged(self.telling.drafts[launched], draft, self.telling.drafts[launched].type), sentence)
        elif tallies.goes_on(self.telling.drafts, draft):
            return
        elif claim.counts.known or (
            claim.casualties.known and (claim.by or (draft.target and draft.weapons and self._bearings.in_one_town))
        ):
            # "Zaporizhzhia's governor put the toll from an attack at two": one who speaks of no other place speaks of his own.
            own = tuple(DraftPlace(p.mention, "at") for p in draft.places if p.role == "speaker" and p.mention.kind == "admin1")
            self.telling.add(replace(draft, places=own) if len(own) == 1 and claim.casualties.known else draft, sentence)
        else:
            self._flush()
            self._pending = (sentence.paragraph, draft)
            hit = bool(draft.weapons and draft.target and self._opening and self._bearings.home)
            introduces = self._words.pattern("claims", "attribution_patterns").match(clause.text)  # "Of the attack at night told X."
            told = bool(claim.by and draft.weapons and (draft.target or draft.when) and not introduces)
            self._worth = hit or told or deeds.is_total(clause.text, self._lang)

    def _spares(self, current: Draft, claim: DraftClaim) -> bool:
        """Tell whether a count of what was shot down says that nobody was hurt, by an attack on the ground without a toll yet."""
        toll = claim.casualties
        return toll.known and not toll.hurt and self._ties.does(current, "strike") and not (current.has_toll or current.tags)

    def _is_another_blow(self, current: Draft, draft: Draft, clause: Clause) -> bool:
        """Tell whether the one town told of was hit again with other weapons: "At night drones struck X. ¶ A missile hit a school."."""
        town = len(current.where) == 1 and current.where[0].mention.kind in TOWNS
        alone = (
            town
            and all(other.names == current.names for other in self.telling.drafts)
            and clause.sentence.paragraph - self.telling.paragraph <= 1
        )
        later = draft.when is not None and current.when is not None and draft.when.start > current.when.start
        armed_anew = bool(current.weapons and draft.weapons) and not set(current.weapons) & set(draft.weapons)
        strikes = self._ties.does(current, "strike") and self._ties.does(draft, "strike")
        apart = later or (clause.sentence.paragraph != self.telling.paragraph and draft.target) or draft.claims[-1].casualties.hurt
        aside = draft.claims[-1].counts.known or clause.names_places or draft.tags or draft.heading or current.tags
        total = deeds.counts_attacks(clause.text, self._lang)  # "In all, the region was shelled 31 times."
        return bool(alone and apart and armed_anew and strikes) and not (aside or total)

    def _is_struck_again(self, current: Draft, draft: Draft, clause: Clause) -> bool:
        """Tell whether what was told of was attacked on a later day too: "On Monday drones hit a depot in X. On Friday again."."""
        at_sea = self._taxonomy.type_of("strike", "naval") in {current.type, draft.type}  # where one ship is hit, and another
        there = bool(current.where) and all(p.mention.kind in TOWNS for p in current.where) and not at_sea
        later = draft.when is not None and current.when is not None and draft.when.start > current.when.start
        near = clause.sentence.paragraph - self.telling.paragraph <= 1 and not clause.names_places
        strikes = self._ties.does(current, "strike") and self._ties.does(draft, "strike")
        again = self._words.holds("places", "struck_again_patterns", clause.text)
        return there and later and near and strikes and again and not (draft.claims[-1].counts.met or draft.tags or current.tags)

    def _flush(self) -> None:
        """Take an event whose place nothing has named since as one that can't be placed, if it says enough."""
        _, draft = self._pending
        if draft and self._worth:
            self.telling.begin(draft)
        self._pending, self._worth = (-1, None), False
