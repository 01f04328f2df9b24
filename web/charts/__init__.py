"""Charts that the server draws: geometry in pure Python, drawn as SVG by templates.

A view makes a chart (`Bars`, `Months`, `WardTiles`, `WeekGrid`) and its template includes

    {% include "components/charts/chart.html" with chart=chart %}

Each has a title that says the finding, its numbers written on it, a table that says the same, and
a link to its file. None needs a script, a style attribute or colours to be understood.
"""

from web.charts.bars import Bars
from web.charts.chart import Chart, Point
from web.charts.months import Months
from web.charts.tiles import WardTiles
from web.charts.week import WeekGrid

__all__ = ["Bars", "Chart", "Months", "Point", "WardTiles", "WeekGrid"]
