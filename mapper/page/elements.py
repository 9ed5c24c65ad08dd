"""folium elements: the incident map, and layers that also work on anyone's plain `folium.Map`.

Their templates are files in `templates/`. Text given to branca's own `Element` would be compiled as a template once
more, so that a title such as `{{ 7*7 }}` ran; here rendered text is carried as it is.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import folium
import jinja2
from branca.element import Element, Figure, MacroElement
from markupsafe import Markup

from mapper.page.archive import pack
from mapper.page.assets import bundle, content_security_policy
from mapper.page.basemap import basemap_container
from mapper.page.names import Names, names_of
from mapper.page.payload import drawing_container
from mapper.page.text import blocks
from mapper.page.words import catalogue, other_languages
from mapper.taxonomy import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapper.gazetteer.boundaries import Basemap as BasemapData
    from mapper.layers.drawing import Drawing
    from mapper.page.changes import Changes
    from mapper.tables import Tables
    from mapper.taxonomy import Taxonomy

__all__ = [
    "Archive",
    "AreaLayer",
    "Basemap",
    "IncidentLayer",
    "IncidentMap",
    "Legend",
    "PageFigure",
    "Part",
    "Timeline",
    "json_for_script",
    "noscript_block",
    "taxonomy_for_page",
]

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_for_script(value: Any) -> Markup:
    r"""Write JSON that cannot end a script element.

    Examples
    --------
    >>> print(json_for_script({"title": "</script>"}))
    {"title":"\u003c/script\u003e"}
    """
    # Escaped below, for the place where it goes.
    return Markup(json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))  # noqa: S704


@cache
def _templates() -> jinja2.Environment:
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("mapper.page"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    env.filters["script_json"] = json_for_script
    env.globals["bundle"] = lambda name: Markup(bundle(name))  # noqa: S704 - our own code, checked in `bundle`
    return env


class _Verbatim(Element):  # type: ignore[misc]  # branca has no types
    """Rendered text, put into the page as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    @classmethod
    def _generate_id(cls) -> str:
        return "verbatim"

    def render(self, **_: Any) -> str:
        return self.text


class PageFigure(Figure):  # type: ignore[misc]  # branca has no types
    """The document: like branca's figure, with a language, a security policy, and a `tail` after the scripts.

    `bundle` is the template that has the scripts and styles of its parts.
    """

    def __init__(self, *, title: str, lang: str, generator: str = "", images_from: Sequence[str] = (), bundle: str = "bundle.html") -> None:
        super().__init__(title=title)
        self.lang = lang
        self.bundle = bundle
        self.generator = generator
        self.images_from = images_from
        self.header = Element()  # without branca's own tag for the encoding
        self.header._parent = self  # noqa: SLF001 - this is how branca's figure does it
        self.tail = Element()
        self.tail._parent = self  # noqa: SLF001

    @classmethod
    def _generate_id(cls) -> str:
        return "figure"

    def render(self, **kwargs: Any) -> str:
        """Render the children, then the document around what they left."""
        for child in self._children.values():
            child.render(**kwargs)
        header, html, script, tail = (
            "\n".join(part.render(**kwargs) for part in slot._children.values())  # noqa: SLF001
            for slot in (self.header, self.html, self.script, self.tail)
        )
        script = f"<script>\n{script}\n</script>"
        parts = {"header": header, "html": html, "script": script, "tail": tail}
        return (
            _templates()
            .get_template("figure.html")
            .render(
                this=self,
                csp=content_security_policy(*parts.values(), images_from=self.images_from),
                **{key: Markup(value) for key, value in parts.items()},  # noqa: S704 - rendered with autoescape
            )
        )


class Part(MacroElement):  # type: ignore[misc]  # branca has no types
    """An element of ours: a template file with macros header, html, script and tail; an id that we choose."""

    template: ClassVar[str]

    @classmethod
    def _generate_id(cls) -> str:
        return "main"

    def words(self, lang: str) -> Mapping[str, Any]:
        """Give what it says in a language."""
        return catalogue(lang)

    def render(self, **kwargs: Any) -> None:
        """Put what the macros give into the figure."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise TypeError(f"{self.get_name()} is on no map: call add_to(map) before rendering")
        bundled = _templates().get_template(getattr(figure, "bundle", "bundle.html"))
        figure.header.add_child(_Verbatim(bundled.render()), name="mapper_bundle")
        if lang := getattr(self, "lang", None):
            lang = lang if lang in LANGUAGES else "en"
            words = _templates().get_template("words.html").render(lang=lang, words=self.words(lang))
            figure.header.add_child(_Verbatim(words), name=f"mapper_words_{lang}")
        macros = _templates().get_template(self.template).module
        for name in ("header", "html", "script", "tail"):
            if macro := getattr(macros, name, None):
                slot = getattr(figure, name, figure.html)
                slot.add_child(_Verbatim(str(macro(self, kwargs))), name=f"{self.get_name()}_{name}")
        for child in self._children.values():
            child.render(**kwargs)


class IncidentMap(Part, folium.Map):  # type: ignore[misc]  # folium has no types
    """A `folium.Map` that loads nothing from anywhere and has the page around it: title, layers, lists, about box.

    Parameters
    ----------
    title, description
        The heading and the line under it.
    lang
        Language of the page.
    bounds
        `(west, south, east, north)` in view at first.
    page
        What the page says about itself: taxonomy, ledger, rejected rows, attributions (see `render`).
    noscript
        What a browser that runs no scripts shows (see `noscript_block`).
    images_from
        Hosts that images may come from, for tiles; nothing else ever may.
    """

    template = "incident_map.html"
    default_js: ClassVar[list[tuple[str, str]]] = []
    default_css: ClassVar[list[tuple[str, str]]] = []

    def __init__(
        self,
        *,
        title: str,
        description: str = "",
        lang: str = "en",
        bounds: Sequence[float],
        page: Mapping[str, Any],
        noscript: Markup | None = None,
        generator: str = "",
        images_from: Sequence[str] = (),
    ) -> None:
        super().__init__(tiles=None, zoom_control=False)
        self.title = title
        self.description = description
        self.lang = lang
        self.noscript = noscript or Markup("")
        self.other_languages = other_languages(lang)
        self.page = {"title": title, "description": description, "lang": lang, "bounds": list(bounds), **page}
        # folium puts every map into a figure of its own; this one goes into ours.
        PageFigure(title=title, lang=lang, generator=generator, images_from=images_from).add_child(self)


class Basemap(Part):
    """Land, borders and names, drawn on canvas from data in the page.

    Parameters
    ----------
    basemap
        From `mapper.gazetteer.boundaries.Boundaries.basemap`.
    lang
        Language of the names.
    name
        Its id in the page; two on one map need two names.
    """

    template = "basemap.html"

    def __init__(self, basemap: BasemapData, *, lang: str = "en", name: str = "main") -> None:
        super().__init__()
        self._name = "Basemap"
        self._id = name
        self.data = basemap_container(basemap, lang).text()


class Archive(Part):
    """What the page does not tell of the incident tables, behind everything that the page reads (see `mapper.page.archive`)."""

    template = "archive.html"

    def __init__(
        self, tables: Tables, drawing: Drawing, taxonomy: Taxonomy, *, about: Mapping[str, Any] | None = None, made_with: str = ""
    ) -> None:
        super().__init__()
        self._name = "Archive"
        # JSON without a "<": nothing in it that HTML would read.
        self.packed = Markup(pack(tables, drawing, taxonomy, about=about, made_with=made_with))  # noqa: S704


class IncidentLayer(Part):
    """The incidents, drawn on canvas, with a card for each on click.

    Parameters
    ----------
    tables, drawing
        The incidents, and what `mapper.layers.drawing.draw` made of them.
    taxonomy
        How types are named and drawn.
    lang
        Language of the card.
    name
        Its id in the page; two on one map need two names.
    areas
        False leaves out what is known to an area only; see `AreaLayer`.
    changes
        What has changed since an earlier version, to be marked and filtered by.
    names
        What the places are called in the page's languages, where that is known already.
    """

    template = "incident_layer.html"
    parts: ClassVar[str] = "all"

    def __init__(
        self,
        tables: Tables,
        drawing: Drawing,
        *,
        taxonomy: Taxonomy,
        lang: str = "en",
        name: str = "main",
        areas: bool = True,
        changes: Changes | None = None,
        names: Names | None = None,
    ) -> None:
        super().__init__()
        self._name = type(self).__name__
        self._id = name
        self.lang = lang
        self.settings = {"lang": lang, "parts": self.parts if areas else "points", **taxonomy_for_page(taxonomy, lang)}
        if changes:
            self.settings["changes"] = changes.of_drawing(tables, drawing.order)
        self.data = drawing_container(drawing, taxonomy).text()
        # Base64, with nothing in it that HTML would read.
        self.blocks = [Markup(block) for block in blocks(tables, drawing)]  # noqa: S704
        self.names = (names if names is not None else names_of(tables.arrow("incidents"))).text()
        self._extent = drawing.bounds()

    def _get_self_bounds(self) -> list[list[float | None]]:
        """Tell folium what there is to see, so that `fit_bounds(map.get_bounds())` works; latitude first, as folium has it."""
        if self._extent is None:
            return [[None, None], [None, None]]
        west, south, east, north = self._extent
        return [[south, west], [north, east]]


class AreaLayer(IncidentLayer):
    """Only what is known to an area: hatched regions, and one linked shape for a claim over several.

    With `IncidentLayer(..., areas=False)` beside it, the two can be switched on and off one by one.
    """

    parts: ClassVar[str] = "areas"


class _Control(Part):
    """Something beside the map that belongs to a layer of incidents; to be added after it."""

    template = "control.html"
    maker: ClassVar[str]

    def __init__(self, layer: IncidentLayer, *, name: str = "main") -> None:
        super().__init__()
        self._name = type(self).__name__
        self._id = name
        self.layer = layer


class Timeline(_Control):
    """The timeline of a layer, in the lower left corner: histogram, brush, playback."""

    maker: ClassVar[str] = "timeline"


class Legend(_Control):
    """The legend of a layer, in the upper right corner: totals, and switches for types, status, source and so on."""

    maker: ClassVar[str] = "legend"


def noscript_block(title: str, rows: Sequence[Mapping[str, str]], words: Mapping[str, str]) -> Markup:
    """Write the title and the table of `mapper.page.noscript`, or a sentence where there are no rows."""
    return Markup(_templates().get_template("noscript.html").render(title=title, rows=rows, words=words))  # noqa: S704 - rendered with autoescape


def taxonomy_for_page(taxonomy: Taxonomy, lang: str) -> dict[str, Any]:
    """Give groups and types with their labels: in a language, or in English where that has none, and in all of them."""
    return {
        "groups": [{"id": g.id, "label": g.label.get(lang, g.label["en"]), "labels": dict(g.label)} for g in taxonomy.groups.values()],
        "types": [
            {
                "id": t.id,
                "group": t.group,
                "label": t.label.get(lang, t.label["en"]),
                "labels": dict(t.label),
                "colour": t.colour,
                "shape": t.shape,
            }
            for t in taxonomy.types.values()
        ],
    }
