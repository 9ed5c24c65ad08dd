"""Options that several commands share, and what they are read as."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from mapper.extraction.llm.model import LanguageModel

__all__ = ["INPUT", "LANG", "MAPS", "OVERRIDES", "PATH", "PUBLISHED", "WAIT", "day", "with_extractor"]


INPUT = click.Path(path_type=str, allow_dash=True)

PATH = click.Path(path_type=Path)

OVERRIDES = click.option("--overrides", type=PATH, help="An editor's decisions, as 'mapper review' lists what to decide.")

MAPS = click.option("--maps", "folder", type=PATH, default=Path("maps"), show_default=True, help="Folder of the map definitions.")

LANG = click.option(
    "--lang", callback=lambda _, __, value: _language(value), help=f"Language of the text ({', '.join(LANGUAGES)}), whatever the file says."
)

PUBLISHED = click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication, whatever the file says: 2024-11-22.")

WAIT = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for another build of the same file.",
)


def with_extractor(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that reads articles the options for a language model, and itself the model, or None for the rules."""

    @functools.wraps(command)
    def asked(*args: Any, extractor: str, llm_url: str | None, llm_model: str | None, **settings: Any) -> None:
        command(*args, model=_language_model(extractor, llm_url, llm_model), **settings)

    for option in (
        click.option("--llm-model", metavar="NAME", help="Name of the model there."),
        click.option(
            "--llm-url", metavar="URL", help="OpenAI-compatible address, such as http://localhost:11434/v1; key in MAPPER_LLM_KEY."
        ),
        click.option(
            "--extractor",
            type=click.Choice(["rules", "llm"]),
            default="rules",
            show_default=True,
            help="What reads articles: llm is your own.",
        ),
    ):
        asked = option(asked)
    return asked


def _language(code: str | None) -> str | None:
    """Refuse a language that no report is read in."""
    from mapper.extraction.wording.vocabulary import languages

    code = code and code.lower()
    if code is not None and code not in languages():
        raise click.BadParameter(f"reports in {code!r} are not read; expected one of {', '.join(sorted(languages()))}")
    return code


def _language_model(extractor: str, url: str | None, name: str | None) -> LanguageModel | None:
    if extractor != "llm":
        if url or name:
            raise click.UsageError("--llm-url and --llm-model go with --extractor llm")
        return None
    if not url or not name:
        raise click.UsageError("--extractor llm needs --llm-url and --llm-model")
    from mapper.extraction.llm.model import Answers, LanguageModel
    from mapper.extraction.llm.service import Service
    from mapper.geodata import cache_dir

    folder = cache_dir()
    return LanguageModel(Service(url, name), Answers(folder / "llm") if folder else None)


def day(moment: dt.datetime | None) -> dt.date | None:
    """Give the day of a moment."""
    return moment.date() if moment else None
