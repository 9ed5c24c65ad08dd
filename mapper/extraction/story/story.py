"""An article as it is being told: what each clause begins, goes on about, or adds a voice to (`telling.py` keeps the drafts).

A clause that tells an event at a place begins a draft, or joins the one that it may be; a toll, a voice or an event
without a place belongs to what was told before, if something ties it to that: paragraph, claimant, place, "the attack".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import deeds
from mapper.extraction.facts.drafts import DraftPlace, about, times_agree
from mapper.extraction.naming.mentions import TOWNS
from mapper.extraction.story import tallies
from mapper.extraction.story.arms import Arms, armed
from mapper.extraction.story.bearings import Bearings
from mapper.extraction.story.goingon import GoingOn
from mapper.extraction.story.listing import Listing, headed
from mapper.extraction.story.memory import Memory
from mapper.extraction.story.placeless import Placeless
from mapper.extraction.story.settling import settled
from mapper.extraction.story.signing import voice_of
from mapper.extraction.story.telling import Telling
from mapper.extraction.story.ties import Ties
from mapper.extraction.story.waiting import NOTHING, Waiting
from mapper.extraction.wording.stems import skeletons
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import CASUALTIES, TAG_BACKGROUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.extraction.facts.claimants import Attribution
    from mapper.extraction.facts.clause import Clause
    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.naming.toponyms import Mention
    from mapper.extraction.story.signing import Voice
    from mapper.extraction.wording.sentences import Sentence
    from mapper.taxonomy import Taxonomy

__all__ = ["Story"]

#: Of a name without its vowels, how much an adjective made of it must begin with.
_SHORTEST = 3

#: Before which character of a sentence its claimant is named who opens it: "According to the police, ...".
_OPENING = 25


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
        self._waiting = Waiting(lang, taxonomy, self._ties, self.telling)
        self._bearings = Bearings(lang, mentions, titled, local=any(voice.local for voice in voices))
        self._arms = Arms(lang, taxonomy)
        self._memory = Memory(lang, self._words, taxonomy, self._ties, self.telling, self._waiting, self._arms, self._bearings)
        self._going_on = GoingOn(self._memory)
        self._placeless = Placeless(self._memory)
        self._listing = Listing(lang, taxonomy)
        self._heard = list(voices)
        # The event that the last heading tells.
        self._above: Draft | None = None
        # Where each paragraph begins, and the section being read.
        self._paragraphs: list[int] = []
        self._last_paragraph = -1
        self._section = 0

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
        self._waiting.begin(sentence)
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
            self._section, self._memory.posted = sentence.section, not sentence.heading
        if self.telling.current is not None and (current := self.telling.drafts[self.telling.current]).section != sentence.section:
            if sentence.heading and not names_places and not current.section and sentence.section == 1:
                self.telling.drafts[self.telling.current] = replace(current, section=sentence.section)  # "What is known of the attack"
            else:
                self.telling.current = None
        if sentence.paragraph != self._waiting.pending[0]:
            self._waiting.flush()

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
            self.telling.current, self._waiting.topic = None, (clause.sentence.paragraph, draft)

    def _take(self, clause: Clause) -> None:
        if (news := self.telling.news_before) is not None and self._is_of_news(clause, self.telling.drafts[news]):
            self.telling.current, self.telling.paragraph = news, clause.sentence.paragraph
        self._tell_apart(clause)
        if self._goes_back(clause):
            self._waiting.topic, self.telling.elsewhere = NOTHING, -1
        tied = self._is_tied(clause)
        topic, self._waiting.topic = self._waiting.topic, NOTHING
        self._waiting.passed = (
            self._waiting.passed if self._waiting.passed[0] == clause.sentence.paragraph != self.telling.paragraph else NOTHING
        )
        clause = self._in_its_time(clause)
        self._arms.take(clause.draft)
        if entered := self._listing.entered(self.telling.drafts, clause):
            self.telling.current = entered[0]
            self.telling.put(entered[1], clause.sentence)
            return
        head = self._waiting.head[1] if self._waiting.head[0] == clause.sentence.paragraph else None
        told = self.telling.told
        if head and not (self.telling.paragraph == self._waiting.head[0] and told and told.where and not head.names & told.names):
            clause = headed(clause, head, self._lang)
        clause = self._under_heading(clause)
        if not clause.draft.type:
            self._bearings.hear(clause)
            if told and tied and (known := armed(told, clause.text, self._taxonomy, self._lang)):
                self.telling.put(known, clause.sentence)
            self._going_on.take(clause, tied=tied)
            if itself := self._of_itself(clause):
                self._waiting.topic = (clause.sentence.paragraph, itself)
            if not (clause.draft.where or clause.draft.has_numbers) and self._waiting.topic[1] is None:
                self._waiting.topic = topic  # "It was a black evening for X. So the governor began. A missile destroyed a hostel."
            return
        # "In X a curfew was imposed. Bombs had fallen there the evening before."
        last = next((told for at, told in (topic, self._waiting.passed) if at == clause.sentence.paragraph), None)
        draft = about(
            self._waiting.after_toll(
                self._bearings.again(clause, last or self.telling.told or self.telling.told_where(clause)), clause.sentence
            ),
            topic,
            clause.sentence.paragraph,
        )
        draft = self._arms.of_the_attack(draft, self.telling.told, clause.text)
        draft = self._bearings.at_home(self._waiting.after_pending(draft, clause), clause, self.telling.told, tied=tied)
        if not draft.where:
            self._placeless.take(clause, draft, tied=tied)
        elif (
            draft.is_specific
            or clause.said
            or self._ties.is_plain(draft)
            or self._ties.is_evident(clause.text)
            or (self.telling.told and draft.lies_in(self.telling.told))
            or self._is_of_area(clause)
            or self._is_hit_as_well(clause)
        ):
            self.telling.add(self._waiting.of_toll(draft, clause.sentence), clause.sentence)
        elif not draft.tags and self._ties.does(draft, "strike") and all(p.mention.kind in TOWNS for p in draft.where):
            self._waiting.topic = (clause.sentence.paragraph, replace(draft, type=""))  # "X was attacked. A drone hit a house there."

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
        self._waiting.finish()
        actions = {name: kind.actions for name, kind in self._taxonomy.types.items()}
        counted = tallies.without_shared_out(self.telling.drafts)
        counted = tallies.with_areas(counted, {name for name, done in actions.items() if "intercept" in done})
        self.telling.drafts = self._arms.without_guesses(counted)
        drafts = self._bearings.in_sole_town(self.telling.drafts, actions)
        drafts = self._waiting.with_opening(drafts, self._bearings.home, self._paragraphs)
        return settled(drafts, self._waiting.tolls, self._heard, self._paragraphs, self._taxonomy, self._lang)

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
        current, topic = self.telling.told, self._waiting.topic[1]
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
