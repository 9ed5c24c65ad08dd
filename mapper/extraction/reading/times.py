"""The times that an article has told so far, and with them the time of its next clause."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from mapper.extraction.facts import counts, dates, deeds
from mapper.extraction.naming.regions import regions_of
from mapper.extraction.story.timeframe import Moment
from mapper.extraction.wording.vocabulary import Vocabulary
from mapper.incidents import DRAWN_ROLES

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from mapper.extraction.facts.dates import When
    from mapper.extraction.facts.deeds import Deed
    from mapper.extraction.naming.mentions import Mention
    from mapper.extraction.reading.named import Named
    from mapper.extraction.wording.sentences import Sentence
    from mapper.sources.article import Article
    from mapper.taxonomy import Taxonomy

__all__ = ["Times"]

#: An event that ended longer before the report than this is background, not news.
_NEWS_DAYS = 14

#: Words at most of a line that is no more than a date.
_DATE = 4

#: Of what a report may sum up a day.
_AREAS = frozenset({"admin1", "country"})

#: What is counted over a day or a country, where it has no target: "41 drones were downed on Friday", "171 clashes on Tuesday".
_OF_MANY = frozenset({"strike", "intercept", "combat"})


class Times:
    """The times that an article tells, whose places are `named`, those of its title `titled`; `opens` heads it, if it is a part of one.

    Attributes
    ----------
    title
        The time that the title, or what it opens with, tells.
    moments
        The clauses that may tell the time of what comes next, in the order of the text.
    has_told
        Whether anything has been told to have happened.
    """

    def __init__(self, article: Article, lang: str, taxonomy: Taxonomy, named: Named, titled: Sequence[Mention], opens: str) -> None:
        self.moments: list[Moment] = []
        self.has_told = False
        self._lang = lang
        self._words = Vocabulary.load(lang)
        self._taxonomy = taxonomy
        self._text, self._published = article.text, article.published
        self._named = named
        self.title = self._of_title(article.title, titled, opens)
        told = self.title.when
        # The day and more that the report sums up, if it does, and the day that its title names.
        self._frame = told if told and told.precision == "range" else None
        self._title_day = told if told and told.precision == "day" else None
        # The time told last, which "the same day" means, and its paragraph.
        self._last: When | None = None
        self._paragraph = -1
        # The last of those that is not only when somebody told it.
        self._happened: When | None = None
        # The day of whose toll in a whole region the report tells first, of which "around noon" is.
        self._day: When | None = None
        # The section being read, and its first paragraph.
        self._section, self._lead = -1, -1

    def begin(self, sentence: Sentence) -> None:
        """Go on to the next sentence, which may be the first below a heading."""
        if not sentence.heading and sentence.section != self._section:
            self._section, self._lead = sentence.section, sentence.paragraph

    def sums_up(self, text: str) -> bool:
        """Tell whether a sentence is of a whole day, or counts all that flew then."""
        when = dates.find(text, self._published, self._lang) if self._published else None
        of_all = when is not None and dates.sums_up(text, when, self._lang)
        return of_all or self._words.holds("dates", "in_total", text) or counts.find(text, self._lang).met

    def of_clause(self, text: str, end: int, sentence: Sentence, deed: Deed | None) -> When | None:
        """Give the time of a clause that ends at a character; None where it tells none."""
        when = self._when(text, sentence.paragraph, deed)
        if same := self._words.pattern("dates", "same_time").search(text):
            when = self._at_the_same_time(same, when, sentence.paragraph, deed)
        if when is None and deed and end < sentence.end and self._paragraph != sentence.paragraph:
            when = self._closing(end, sentence)
        return replace(when, timed=True) if when and self._words.pattern("dates", "it_was").match(text) else when

    def is_background(self, clause: str, when: When | None) -> bool:
        """Tell whether a clause tells of what is no news: "since August", or a day long before the report."""
        if deeds.is_background(clause, self._lang):
            return True
        return bool(when and self._published and (self._published - when.end).days > _NEWS_DAYS)

    def hear(
        self,
        text: str,
        start: int,
        sentence: Sentence,
        when: When | None,
        deed: Deed | None,
        places: Sequence[tuple[Mention, str | None]],
        *,
        hurt: bool,
        toll: bool,
        background: bool,
    ) -> None:
        """Keep the time of a clause, if it is news, for what is told after it.

        Parameters
        ----------
        places
            Those that it names, with their roles.
        hurt
            Whether it tells itself of killed or injured.
        toll
            Whether it tells of their number, if only together with the clause before it.
        """
        # "The night in Odesa region was loud.", "On Thursday, attacks killed five people in Ukraine."
        named = {(m.kind, m.role or role) for m, role in places if m.role != "institution"}
        placeless = all(kind == "country" for kind, _ in named)
        countries = frozenset(m.name for m, role in places if role == "at" and self._named.is_abroad(m))
        # "On 25 August, four people were hurt in attacks", and not "in Saturday's attack on the city"
        counted = (toll or self._counts_attacks(text)) and not self._words.pattern("places", "again_patterns").search(text)
        many = self._words.holds("dates", "many_places", text)  # "Yesterday several communities came under fire."
        of_all = ((many and not named) or (named <= {("country", "at")} and counted)) if deed else not named
        # That it may be the time of a whole report.
        of_all = of_all or (placeless and not countries and self._is_of_many(text, deed, when, many=many))
        # "11 February." at the head of a bulletin
        headed = deed is None and not named and len(text.split()) <= _DATE
        if when and (counted or headed) and not self.has_told and all(kind in _AREAS for kind, _ in named) and self._is_past_day(when):
            self._day = when
        news = None if background else when
        tells = deed is not None or toll
        # "Six people were hurt. ¶ Over the past day, the enemy launched 709 strikes on 22 settlements."
        early = news is not None and news.precision == "range" and self._last is None and sentence.paragraph <= 1
        first = early and deeds.counts_attacks(text, self._lang)
        # "His list for 9 July by town:" holds for what comes next
        introduces = not tells and text.endswith(":")
        leads = sentence.heading or sentence.paragraph == self._lead or not self.has_told or first or introduces
        self.has_told = self.has_told or tells
        whole = news is not None and (dates.sums_up(text, news, self._lang) or (leads and of_all) or introduces)
        self.moments.append(
            Moment(
                at=start,
                section=sentence.section,
                paragraph=sentence.paragraph,
                when=news,
                whole=whole,
                total=whole and self._words.pattern("dates", "in_total").search(text) is not None,
                leads=leads,
                # A day on which nothing befell anybody is no time of what is told after it: "On Friday, ministers met in Brussels."
                tells=tells or whole or (news is not None and news.precision != "day"),
                placeless=placeless,
                introduces=introduces,
                countries=countries,
                regions=regions_of(m for m, role in places if role in DRAWN_ROLES),
                downs=counts.find(text, self._lang).met and not hurt,
            )
        )
        if news is None:
            return
        if not (self._last and news.reported and news.precision == "night"):
            self._last, self._paragraph = news, sentence.paragraph
            self._happened = self._happened if news.reported else news
        if whole and news.precision == "range" and self._frame is None:
            self._frame = news

    def _of_title(self, title: str, titled: Sequence[Mention], opens: str) -> Moment:
        """Give the time that the title, or a first heading, tells, or else what a digest opens with."""
        when = dates.frame(title, self._published, self._lang) if self._published else None
        if self._published and when is None and opens:
            title = opens
            when = dates.frame(title, self._published, self._lang)
        if when and self.is_background(title, when):
            return Moment(-1, -1, -1, None, leads=True)
        night = dates.night(title, self._published, self._lang) if self._published else None
        whole = bool(when and self._is_of_all(title, when, titled))
        return Moment(-1, -1, -1, when or night, leads=True, whole=whole, regions=regions_of(titled))

    def _is_of_all(self, title: str, when: When, titled: Sequence[Mention]) -> bool:
        """Tell whether a title names a day or a night and not what happened then, or a region only: "Night of 26 March"."""
        region = when.precision == "day" and bool(titled) and all(m.kind == "admin1" for m in titled)
        return region or deeds.find(title, self._taxonomy, self._lang) is None or dates.is_frame(title, when, self._lang)

    def _when(self, clause: str, paragraph: int, deed: Deed | None) -> When | None:
        if self._published is None:
            return None
        near = paragraph == self._paragraph
        recent = self._last if paragraph - self._paragraph <= 1 else self._day
        # "What was reported on Tuesday ¶ In X, on Monday evening ... ¶ In Y, at 5 a.m. ..."
        told = (None if near else self._title_day) or recent
        done = (deed.start, deed.end) if deed else None
        when = dates.find(clause, self._published, self._lang, told=told, near=bool(self._day) or near, deed=done, frame=self._frame)
        day = self._last if near and self._last and self._last.precision == "day" and not self._last.reported else None
        # "On 3 September, two were killed in X. Another eight were hurt over the day."
        return day if when and day and when.precision == "range" and when.start == day.end else when

    def _at_the_same_time(self, same: re.Match[str], when: When | None, paragraph: int, deed: Deed | None) -> When | None:
        """Give the time of a clause that names that of another: in a new paragraph "the same evening" is of the day told before it."""
        if when is None:
            return self._same(same.group())
        if paragraph == self._paragraph or self._happened is None or self._when(same.group(), paragraph, None) is None:
            return when  # "shortly before midnight"
        rest = same.string[: same.start()] + " " * len(same.group()) + same.string[same.end() :]
        return self._when(rest, paragraph, deed) or self._same(same.group())

    def _same(self, said: str) -> When | None:
        """Give the time told before; of "the same night" the night that follows the day told, of "the same morning" its day."""
        told = self._happened
        if told is None:
            return self._last
        night = self._words.pattern("dates", "night_words").search(said)
        if night and told.precision == "day":
            after = replace(told, end=told.end + dt.timedelta(days=1), precision="night")
            if self._published and after.end <= self._published:
                return after
            if told.end == self._published:
                # "At four on Tuesday a drone hit X. The same night ...", told on Tuesday: the night before
                return replace(told, start=told.start - dt.timedelta(days=1), precision="night")
        return told

    def _closing(self, start: int, sentence: Sentence) -> When | None:
        """Give the time that ends a sentence of two events: "A drone hit a house in X, and a missile a plant in Y on Wednesday."."""
        named, rest = self._named.within(start, sentence.end), self._text[start : sentence.end]
        if not named or self._when(self._text[start : named[-1].end], sentence.paragraph, None):
            return None
        when = self._when(rest, sentence.paragraph, deeds.find(rest, self._taxonomy, self._lang))
        return None if when is None or when.reported else when

    def _is_of_many(self, text: str, deed: Deed | None, when: When | None, *, many: bool) -> bool:
        """Tell whether a clause that names no place sums up the attacks of a day at many, which it may name as such: "Several cities"."""
        if when is None or when.precision == "night":
            return False  # what flew in a night is no time of what was shelled
        if deed is None:
            return self._words.holds("dates", "event_words", text)
        return many or (deed.action in _OF_MANY and deeds.target(text, self._lang) is None)

    def _counts_attacks(self, text: str) -> bool:
        """Tell whether a clause says how many attacks there were: "67 strike drones" are none."""
        return deeds.counts_attacks(text, self._lang) and not counts.find(text, self._lang).known

    def _is_past_day(self, when: When) -> bool:
        """Tell whether a time is a day before that of the report."""
        return when.precision == "day" and not when.reported and self._published is not None and when.end < self._published
