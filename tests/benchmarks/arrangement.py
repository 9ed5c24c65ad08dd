"""Whether what is read of an article depends on how it is arranged: `python -m tests.benchmarks.arrangement [--misses] [LANG]...`.

An article that is read wholly right must be read so, too, with each sentence in a paragraph of its own, with all in one
paragraph, without its title, with a sentence that tells of no incident put in, and in a digest with another of the same day, each under
its title. The table gives how many of those tried are.
What a reader would take otherwise himself after such a change is among the others, so that not all can be.
"""

from __future__ import annotations

import dataclasses
import re
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from mapper.pipeline import World
from mapper.taxonomy import Taxonomy
from tests.benchmarks.extraction import Score, article_score, coded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mapper.sources import Article

    Coded = tuple[Article, list[dict[str, Any]]]

#: How many articles of a language are tried in each arrangement.
TRIED = 100
LANGUAGES = ("en", "uk", "ru", "de")
#: What reports say besides, with places where nothing happened.
ASIDES = {
    "en": (
        "NATO ambassadors met in Brussels.",
        "Moscow did not comment.",
        "Talks are to continue in Geneva next week.",
        "About 40,000 people lived in the town before the war.",
        "Rescuers from Poltava came to help.",
    ),
    "uk": (
        "У Брюсселі зібралися посли НАТО.",
        "Москва цього не коментувала.",
        "Переговори мають продовжитися наступного тижня в Женеві.",
        "До війни в місті жило близько 40 тисяч людей.",
        "На допомогу приїхали рятувальники з Полтави.",
    ),
    "ru": (
        "В Брюсселе собрались послы НАТО.",
        "Москва это не комментировала.",
        "Переговоры должны продолжиться на следующей неделе в Женеве.",
        "До войны в городе жили около 40 тысяч человек.",
        "На помощь приехали спасатели из Полтавы.",
    ),
    "de": (
        "In Brüssel tagten die Nato-Botschafter.",
        "Moskau äußerte sich dazu nicht.",
        "Die Gespräche sollen nächste Woche in Genf fortgesetzt werden.",
        "Vor dem Krieg lebten etwa 40.000 Menschen in der Stadt.",
        "Rettungskräfte aus Poltawa kamen zu Hilfe.",
    ),
}
_BETWEEN_SENTENCES = re.compile(r"""(?<=[a-zäöüßа-яіїєґ»”"][.!?]) (?=[A-ZÄÖÜА-ЯІЇЄҐ«“])""")


def divided(one: Coded) -> Coded:
    """Make a paragraph of each sentence."""
    return _with(one, text=_BETWEEN_SENTENCES.sub("\n\n", one[0].text))


def joined(one: Coded) -> Coded:
    """Make one paragraph of all but the first, which may be the title."""
    first, *others = one[0].text.split("\n\n")
    return _with(one, text="\n\n".join([first, " ".join(others)]) if others else first)


def untitled(one: Coded) -> Coded:
    """Take the title away."""
    return _with(one, title="")


def interrupted(one: Coded) -> Coded:
    """Put a sentence that tells of no incident behind the first paragraph, one or another by the length of the text."""
    article, _ = one
    first, *others = article.text.split("\n\n")
    asides = ASIDES[article.lang]
    return _with(one, text="\n\n".join([f"{first} {asides[len(article.text) % len(asides)]}", *others]))


ARRANGEMENTS: dict[str, Callable[[Coded], Coded]] = {
    "a sentence a paragraph": divided,
    "one paragraph": joined,
    "no title": untitled,
    "an aside": interrupted,
}


def _with(one: Coded, **changes: Any) -> Coded:
    article, wanted = one
    return dataclasses.replace(article, **changes), wanted


def followed(right: Sequence[Coded]) -> Iterator[Coded]:
    """Put articles of one day that share no place one behind the other, under their titles."""
    by_day: defaultdict[Any, list[Coded]] = defaultdict(list)
    for article, wanted in right:
        by_day[article.published].append((article, wanted))
    for _, those in sorted(by_day.items(), key=lambda item: str(item[0])):
        for (first, wanted), (second, further) in zip(those[::2], those[1::2], strict=False):
            if _places(wanted).isdisjoint(_places(further)):
                text = "\n\n".join(f"## {one.title}\n\n{one.text}" for one in (first, second))
                yield dataclasses.replace(first, title="", text=text), wanted + further


def _places(wanted: list[dict[str, Any]]) -> set[str]:
    return {place for incident in wanted for place in incident["places"]}


def still_right(lang: str, world: World, taxonomy: Taxonomy) -> dict[str, list[Score]]:
    """Score what was right in each arrangement that changes it."""

    def score(one: Coded) -> Score:
        return article_score(*one, world, taxonomy)

    articles = [one for one in coded("tune") if one[0].lang == lang]
    some = np.random.default_rng(7).permutation(len(articles))[: 4 * TRIED]
    right = [articles[i] for i in some if not score(articles[i]).misses]
    arranged = {name: [(one, change(one)) for one in right] for name, change in ARRANGEMENTS.items()}
    changed = {name: [new for old, new in both if new != old][:TRIED] for name, both in arranged.items()}
    changed["a digest of two"] = list(followed(right))[:TRIED]
    return {name: [score(one) for one in those] for name, those in changed.items()}


def main(arguments: Sequence[str] = ()) -> None:
    """Print a row a language, and what was read wrongly where `--misses` is given."""
    world, taxonomy = World(), Taxonomy.load()
    click.echo(f"| | {' | '.join((*ARRANGEMENTS, 'a digest of two'))} |\n|---|{'---:|' * (len(ARRANGEMENTS) + 1)}")
    for lang in [one for one in arguments if one in LANGUAGES] or LANGUAGES:
        scores = still_right(lang, world, taxonomy)
        click.echo(f"| {lang} | {' | '.join(f'{sum(not one.misses for one in those)} of {len(those)}' for those in scores.values())} |")
        if "--misses" in arguments:
            click.echo("\n".join(f"{name}: {miss}" for name, those in scores.items() for one in those for miss in one.misses))


if __name__ == "__main__":
    main(sys.argv[1:])
