"""Charts say their numbers without colours, scripts or sight."""

import html
import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from core.places.wards import WARDS
from web.charts import Bars, Chart, Months, Point, WardTiles, WeekGrid
from web.charts.chart import shade
from web.charts.tiles import of_wards

HEADS = ("Of", "People")


def drawn(chart: Chart) -> str:
    return render_to_string("components/charts/chart.html", {"chart": chart})


def words_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def bars(**fields: object) -> Bars:
    points = (Point("Reading", 20, "about 20"), Point("Walking", 40, "about 40"), HIDDEN)
    return Bars(key="b", title="Most walk.", about="By kind", points=points, heads=HEADS, **fields)


HIDDEN = Point("Knitting", None, "fewer than 8", "*")


def months(*values: float | None, target: Point | None = None) -> Months:
    points = tuple(
        Point(f"m{place}", value, "hidden" if value is None else f"about {value:g}", f"{value}")
        for place, value in enumerate(values)
    )
    return Months(
        key="m", title="More.", about="By month", points=points, heads=HEADS, target=target
    )


def tiles() -> WardTiles:
    points = {
        ward.code: Point(ward.name, 10.0 * place, f"about {10 * place}", f"{10 * place}", "/there/")
        for place, ward in enumerate(WARDS)
    }
    points["E05013558"] = Point("Roxbourne", None, "fewer than 8", "*")
    return WardTiles(
        key="t", title="Most in the west.", about="By ward", points=of_wards(points), heads=HEADS
    )


def week() -> WeekGrid:
    points = tuple(Point(f"slot {slot}", slot, f"about {slot}", f"{slot}") for slot in range(21))
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    return WeekGrid(
        key="w",
        title="Sunday evenings.",
        about="By time",
        points=points,
        heads=HEADS,
        days=days,
        parts=("Morning", "Afternoon", "Evening"),
    )


@pytest.mark.parametrize("chart", [bars(), months(5, 10), tiles(), week()])
def test_each_is_named_by_its_finding_and_says_every_number_in_a_table(chart: Chart) -> None:
    markup = drawn(chart)
    named = re.search(r'<figure[^>]*aria-labelledby="([^"]+)"', markup)
    assert named is not None
    title = re.search(rf'<h3[^>]*id="{named[1]}"[^>]*>(.*?)</h3>', markup)
    assert title is not None
    assert title[1] == chart.title
    table = re.search(r"<table.*?</table>", markup, re.S)
    assert table is not None
    for point in chart.points:
        assert f"{point.label} {point.words}" in words_of(table[0])


@pytest.mark.parametrize("chart", [bars(), months(5, 10), tiles(), week()])
def test_none_has_a_style_or_a_script_of_its_own(chart: Chart) -> None:
    markup = drawn(chart)
    assert "style=" not in markup
    assert "<script" not in markup


@pytest.mark.parametrize("chart", [months(5, 10), tiles(), week()])
def test_a_drawing_says_what_it_is_to_who_does_not_see_it(chart: Chart) -> None:
    assert f'aria-label="{chart.title} The table says the same."' in drawn(chart)


def test_bars_are_as_long_as_their_numbers() -> None:
    assert [bar.width for bar in bars().bars] == ["50", "100", ""]
    assert [bar.width for bar in bars(whole=80).bars] == ["25", "50", ""]


def test_a_line_leaves_a_gap_where_a_number_is_not_shown() -> None:
    chart = months(5, 10, None, 20)
    assert chart.path.count("M") == 2
    assert len(chart.dots) == 3
    heights = [float(dot.y) for dot in chart.dots]
    assert heights == sorted(heights, reverse=True)


def test_a_line_has_room_for_its_target() -> None:
    chart = months(5, 10, target=Point("Target", 37, "Target: 37"))
    assert chart.top == 40
    assert float(chart.target_at) < min(float(dot.y) for dot in chart.dots)
    assert "Target: 37" in drawn(chart)


def test_a_line_of_nothing_at_all_can_be_drawn() -> None:
    assert "<svg" in drawn(months(None, None))
    assert "<svg" in drawn(months())


def test_every_ward_has_a_square_of_its_own_with_its_number() -> None:
    chart = tiles()
    assert len({(tile.x, tile.y) for tile in chart.tiles}) == len(WARDS) == 22
    assert [tile.point.label for tile in chart.tiles if tile.hatch] == ["Roxbourne"]
    drawing = words_of(drawn(chart).partition("<details")[0])
    assert "Rayners Lane 150" in drawing
    assert "Harrow on the Hill 50" in drawing


def test_a_square_has_a_name_that_fits_where_it_is_small() -> None:
    for tile in tiles().tiles:
        assert 1 <= len(tile.short_lines) <= 2
        assert all(len(line.words) <= 7 for line in tile.short_lines)
    names = {" ".join(line.words for line in tile.short_lines) for tile in tiles().tiles}
    assert len(names) == len(WARDS)
    assert {"Pinner", "Pinner S.", "H. on Hill"} <= names


def test_a_map_says_what_its_shades_stand_for() -> None:
    numbers = (0, 5, 10, 45, 100, 100)
    points = {
        ward.code: Point(ward.name, number, f"about {number}", f"{number}")
        for ward, number in zip(WARDS, numbers, strict=False)
    }
    points[WARDS[6].code] = Point(WARDS[6].name, None, "fewer than 8", "*")
    chart = WardTiles(key="w", title="T", about="A", points=of_wards(points), heads=HEADS)
    said = [(key.shade, key.words, key.is_hatched) for key in chart.keys]
    assert said == [
        (0, "0", False),
        (1, "5 to 10", False),
        (3, "45", False),
        (5, "100", False),
        (0, "not shown", True),
    ]
    assert "Each square also has its number. 0 5 to 10 45 100 not shown" in words_of(drawn(chart))


def test_a_square_leads_to_what_is_behind_it_and_says_so() -> None:
    assert 'aria-label="Pinner: about 130"' in drawn(tiles())


def test_the_week_is_read_from_the_right_where_people_read_so() -> None:
    left_to_right = [float(cell.x) for cell in week().cells]
    with translation.override("ar"):
        right_to_left = [float(cell.x) for cell in week().cells]
    assert left_to_right == sorted(left_to_right)
    assert right_to_left == sorted(right_to_left, reverse=True)


def test_a_week_of_other_than_21_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="21 parts"):
        WeekGrid(key="w", title="", about="", points=(), heads=HEADS, days=(), parts=())


@pytest.mark.parametrize(
    ("value", "step"), [(0, 0), (None, 0), (1, 1), (20, 1), (21, 2), (99, 5), (100, 5)]
)
def test_steps_of_shade(value: float | None, step: int) -> None:
    assert shade(value, 100) == step


def test_what_is_not_reached_is_darker_than_every_number_and_not_hatched() -> None:
    points = (
        Point(WARDS[0].name, 113, "113 days", "113"),
        Point(WARDS[1].name, None, "more than 300 days", "300+", more_than=300),
        Point(WARDS[2].name, None, "too few people", "*"),
    )
    chart = WardTiles(key="w", title="T", about="A", points=points, heads=("Ward", "Days"))
    tiles = {tile.point.label: tile for tile in chart.tiles}
    assert [tiles[ward.name].shade for ward in WARDS[:3]] == [2, 5, 0]
    assert [bool(tiles[ward.name].hatch) for ward in WARDS[:3]] == [False, False, True]
    assert [key.words for key in chart.keys] == ["113", "300+", "not shown"]
