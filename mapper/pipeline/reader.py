"""What one file tells, and what one article does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyarrow as pa

from mapper import store
from mapper.extraction.naming import toponyms
from mapper.extraction.reading import reading
from mapper.extraction.reading.passedover import passed_over
from mapper.geocoding.voting import resolve_all
from mapper.merging.naming import Part
from mapper.merging.reports import Reports
from mapper.merging.rows import from_rows
from mapper.pipeline.found import Found
from mapper.sources import Article, Articles, read

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from mapper.errors import Rejected
    from mapper.extraction.facts.drafts import Draft
    from mapper.extraction.llm.model import LanguageModel
    from mapper.extraction.naming.toponyms import Mention
    from mapper.merging.reports import Told
    from mapper.pipeline.world import World
    from mapper.taxonomy import Taxonomy

    #: What articles tell, in their order, and what of a model's proposals was refused.
    Telling = Callable[[Sequence[Article]], Iterable[tuple[Told, Sequence[Rejected]]]]

__all__ = ["Reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """Works out what files and articles tell, by rules or by a language model; see `gather` for its settings."""

    world: World
    taxonomy: Taxonomy
    published: dt.date | None = None
    lang: str | None = None
    model: LanguageModel | None = None

    @property
    def reports(self) -> Reports:
        """What makes rows of what articles tell."""
        return Reports(self.taxonomy, self.world.gazetteer, self.world.boundaries)

    def file(self, path: Path | str, telling: Telling | None = None) -> Found:
        """Read a file.

        Parameters
        ----------
        telling
            Reads the articles of it, if not this reader one by one.

        Raises
        ------
        InputError
            If it cannot be read.
        """
        if store.is_stored(path):
            tables = store.read(path)
            count = len(tables.incidents)
            return Found(part=Part.of(tables, pa.repeat(pa.scalar(str(path)), count), pa.array(range(1, count + 1), pa.int32())))
        found = read(path, published=self.published, lang=self.lang, taxonomy=self.taxonomy)
        if isinstance(found, (Article, Articles)):
            articles = [found] if isinstance(found, Article) else [*found]
            told = list(telling(articles) if telling else map(self.article, articles))
            rejected = [*(() if isinstance(found, Article) else found.rejected), *(row for _, refused in told for row in refused)]
            warnings = [*found.warnings, *(w for a in articles if a is not found for w in a.warnings)]
            return Found(told=tuple(one for one, _ in told), rejected=tuple(rejected), warnings=tuple(warnings))
        part, odd = from_rows(found, self.world.gazetteer, self.world.boundaries, self.taxonomy)
        return Found(part=part, rejected=found.rejected, warnings=(*found.warnings, *odd))

    def article(self, article: Article) -> tuple[Told, Sequence[Rejected]]:
        """Find what an article tells, and what of a model's proposals was refused."""
        drafts: Sequence[Draft]
        mentions: Sequence[Mention]
        beside: Sequence[Mention] = ()
        refused: Sequence[Rejected] = ()
        gazetteer = self.world.gazetteer
        if self.model:
            proposed = self.model.read(article, gazetteer, self.taxonomy)
            drafts, mentions, beside, refused = proposed.drafts, proposed.mentions, proposed.beside, proposed.rejected
            passed = passed_over(article, beside, drafts, self.taxonomy, gazetteer)
        else:
            # Those of the title stand nowhere in the text.
            titled = [replace(m, start=0, end=0) for m in toponyms.find(article.title, gazetteer, article.lang)]
            mentions = toponyms.find(article.text, gazetteer, article.lang, titled)
            drafts = reading.extract(article, mentions, self.taxonomy, titled)
            passed = passed_over(article, mentions, drafts, self.taxonomy, gazetteer)
            mentions = [*mentions, *titled]
        located = dict(zip(mentions, resolve_all(mentions, gazetteer, beside=beside), strict=True)) if drafts else {}
        return self.reports.of_article(article, drafts, located, passed), refused
