"""A page that was saved more than once, or stands in a feed too: one event with the latest toll, counted once."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.pipeline import gather

URL = "https://paper.example/sumy"
NOON = "Russian drones struck a residential area of Sumy on Friday, killing 30 people, the mayor said."
EVENING = "Russian drones struck a residential area of Sumy on Friday, killing 34 people, the mayor said."
STREETS = "Shelling of Nikopol on Friday wounded two people, police said."


def saved(text, *, published="2024-11-22", publisher="Paper", title="Attack", url=URL):
    return f"---\ntitle: {title}\npublisher: {publisher}\npublished: {published}\nlang: en\nurl: {url}\n---\n{text}\n"


@pytest.fixture
def read(tmp_path, world, taxonomy):
    """Gather files by their names, in the order given."""

    def gathered(**files):
        for old in tmp_path.iterdir():
            old.unlink()
        paths = []
        for name, text in files.items():
            paths.append(tmp_path / name.replace("_", "."))
            paths[-1].write_text(text, encoding="utf-8")
        return gather(paths, world, taxonomy)

    return gathered


def incidents(gathered):
    return gathered.tables.arrow("incidents").to_pylist()


def killed(row):
    return row["killed_low"], row["killed_best"], row["killed_high"]


@pytest.mark.parametrize(("a", "b"), [(NOON, EVENING), (EVENING, NOON)])
def test_a_page_saved_at_noon_and_in_the_evening_counts_once_with_the_later_toll(read, a, b):
    gathered = read(a_md=saved(a), b_md=saved(b))

    [row] = incidents(gathered)
    assert (killed(row), row["status"]) == ((34, 34, 34), "claimed")
    assert {claim["quote"] for claim in gathered.tables.arrow("claims").to_pylist()} == {NOON, EVENING}
    [merge] = gathered.merges
    assert "30 and 34" in merge.reason


def test_a_toll_that_the_page_of_a_later_day_gives_lower_is_put_right(read):
    [row] = incidents(read(a_md=saved(EVENING), b_md=saved(NOON, published="2024-11-23")))
    assert (killed(row), row["status"]) == ((30, 30, 30), "claimed")


def test_a_toll_may_rise_as_far_as_it_did(read):
    [row] = incidents(read(a_md=saved(NOON.replace("30", "three")), b_md=saved(EVENING)))
    assert killed(row) == (34, 34, 34)


def test_two_attacks_of_one_page_stay_two_and_each_takes_its_own_update(read):
    second = "Shelling of Sumy on Friday killed three people, police said."
    rows = incidents(read(a_md=saved(f"{NOON}\n\n{second}"), b_md=saved(f"{EVENING}\n\n{second}")))
    assert sorted(killed(row) for row in rows) == [(3, 3, 3), (34, 34, 34)]


def test_what_the_later_version_says_again_is_told_once(read):
    gathered = read(a_md=saved(f"{NOON}\n\n{STREETS}"), b_md=saved(f"{EVENING} Rescue work goes on.\n\n{STREETS}"))

    claims = gathered.tables.arrow("claims").to_pylist()
    assert sorted(claim["quote"] for claim in claims) == sorted([NOON, EVENING, STREETS])
    assert len(gathered.tables.incidents) == 2
    assert gathered.ledger.totals["read"] == 4


def test_each_version_has_the_hash_that_its_spans_count_in(read):
    gathered = read(a_md=saved(NOON), b_md=saved(f"At noon there was an alarm. {EVENING}"))
    sources = {source["id"]: source for source in gathered.tables.arrow("sources").to_pylist()}
    assert len(sources) == 2
    assert len({source["sha256"] for source in sources.values()}) == 2
    spans = {sources[claim["source_id"]]["sha256"]: claim["start"] for claim in gathered.tables.arrow("claims").to_pylist()}
    assert len(spans) == 2


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Paper - all news</title><language>en</language>
<item><title>Attack</title><link>{url}</link><pubDate>Fri, 22 Nov 2024 10:00:00 +0200</pubDate><description>{text}</description></item>
</channel></rss>"""


def test_a_feed_and_the_page_that_it_leads_to_are_one_voice(read):
    gathered = read(news_rss=RSS.format(url=URL, text=NOON), page_md=saved(EVENING))
    [row] = incidents(gathered)
    assert (killed(row), row["status"]) == ((34, 34, 34), "claimed")


def test_a_row_and_the_article_that_it_names_are_one_event_and_one_voice(read):
    header = "date,type,place,country,lat,lon,killed,publisher,source_url\n"
    row = f"2024-11-22,drone strike,Sumy,UA,50.9,34.8,30,Desk,{URL}\n"
    gathered = read(rows_csv=header + row, page_md=saved(NOON))
    [found] = incidents(gathered)
    assert (killed(found), found["status"]) == ((30, 30, 30), "claimed")
    [differs] = incidents(read(rows_csv=header + row, page_md=saved(EVENING)))
    assert (killed(differs), differs["status"]) == ((30, None, 34), "disputed")


def test_another_version_leaves_the_ids_of_twins_as_they_are(read):
    one, two = (f"Shelling of Nikopol on Friday killed {n} people, the governor said." for n in ("two", "19"))
    first = {row["id"] for row in incidents(read(a_md=saved(one), b_md=saved(two, url=f"{URL}/2", published="2024-11-23")))}
    assert len(first) == 2
    again = incidents(read(a_md=saved(one), b_md=saved(f"{two} More follows.", url=f"{URL}/2", published="2024-11-23")))
    assert {row["id"] for row in again} == first


version = st.tuples(
    st.sampled_from([NOON, EVENING, STREETS, f"{NOON}\n\n{STREETS}", f"{STREETS}\n\n{EVENING}"]),
    st.sampled_from(["2024-11-22", "2024-11-23"]),
    st.sampled_from(["Paper", "The Paper"]),
    st.sampled_from([URL, f"{URL}/2"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions=st.lists(version, min_size=2, max_size=3), order=st.integers(0, 5))
def test_the_order_of_the_inputs_makes_no_difference(read, versions, order):
    files = {f"{n}_md": saved(text, published=day, publisher=by, url=url) for n, (text, day, by, url) in enumerate(versions)}
    listed = list(itertools.permutations(files))
    first, again = (read(**{name: files[name] for name in names}) for names in (listed[0], listed[order % len(listed)]))
    for table in ("incidents", "claims", "sources"):
        assert again.tables.arrow(table).equals(first.tables.arrow(table))


def test_two_tables_that_name_one_article_differently_in_either_order(read):
    def rows(place, title, lat, lon):
        row = f"2024-11-22,drone strike,{place},{lat},{lon},{URL},{title}\n"
        return f"date,type,place,lat,lon,source_url,source_title\n{row}"

    files = {"a_csv": rows("Sumy", "Attack", 50.9, 34.8), "b_csv": rows("Nikopol", "Overnight", 47.57, 34.4)}
    forwards, backwards = read(**files), read(**dict(reversed(files.items())))
    assert forwards.tables.arrow("sources").equals(backwards.tables.arrow("sources"))
    assert len(forwards.tables.sources) == 1
