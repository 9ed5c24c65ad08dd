"""Countries and publishers of incidents, as sets."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from page_sample import SUMY, incident, place

from mapper.layers import facets
from mapper.layers.facets import REST, countries, facet, publishers
from mapper.tables import Tables


def words(result: facets.Facet) -> list[set[str]]:
    return [{result.words[v] for v in result.sets[code]} for code in result.codes.tolist()]


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["a", "b", "c", "", None])), max_size=40))
def test_every_incident_has_its_words_and_no_others(pairs):
    result = facet(np.array([o for o, _ in pairs], dtype=np.int64), pa.array([w for _, w in pairs], pa.string()), 10)
    expected = [{w for o, w in pairs if o == i and w} for i in range(10)]
    assert words(result) == expected
    assert len(set(result.sets)) == len(result.sets)
    assert result.sets[0] == ()


def test_the_rarest_words_are_one_together(monkeypatch):
    monkeypatch.setattr(facets, "MOST", 1)
    result = facet(np.array([0, 1, 1, 2]), pa.array(["often", "often", "rare", "rarer"]), 3)
    assert result.words == ("often", REST)
    assert words(result) == [{"often"}, {"often", REST}, {REST}]


def test_the_order_of_the_rows_does_not_matter():
    owner, names = np.array([0, 0, 1, 2, 2, 2]), ["b", "a", "a", "c", "b", "a"]
    turned = np.array([5, 3, 1, 0, 4, 2])
    a, b = facet(owner, pa.array(names), 3), facet(owner[turned], pa.array([names[i] for i in turned]), 3)
    assert (a.words, a.sets, a.codes.tolist()) == (b.words, b.sets, b.codes.tolist())


def test_countries_are_those_of_the_places_where_it_happened():
    rows = [
        incident("a", "strike", "x", [place("Sumy", *SUMY), place("Kursk", country="RU"), place("Minsk", country="BY", role="origin")]),
        incident("b", "strike", "x", [], country="MD", unplaced="nowhere", precision=None),
        incident("c", "strike", "x", [], unplaced="nowhere", precision=None),
    ]
    import shapely

    found = countries(Tables.from_records(rows, [], [], [shapely.Point(*SUMY), None, None]))
    assert words(found) == [{"UA", "RU"}, {"MD"}, set()]


def test_a_source_without_publisher_is_called_by_its_title():
    rows = [incident(i, "strike", "x", [], unplaced="nowhere", precision=None) for i in "ab"]
    claims = [{"incident_id": i, "status": "claimed", "source_id": s} for i, s in (("a", "1"), ("a", "2"), ("b", "2"))]
    sources = [{"id": "1", "publisher": "P", "title": "T"}, {"id": "2", "publisher": None, "title": "Table"}]
    assert words(publishers(Tables.from_records(rows, claims, sources))) == [{"P", "Table"}, {"Table"}]
    assert words(publishers(Tables.empty())) == []
