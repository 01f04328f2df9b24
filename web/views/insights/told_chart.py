"""What people were told of their chances beside what came of it, as a chart."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from insights.disclosure import Why
from insights.measures.dimensions import DIMENSIONS
from insights.selectors.told import Told
from insights.wording import explained, period_in_words
from web.charts import Bars
from web.statistics_charts import figure_address, point

_PER_CENT, _TEN = 100.0, 10


def told_chart(told: Told) -> Bars:
    """What came of chances that people were told, beside what they were told."""
    measure, period = told.measure, told.figures.period
    verdict = _("Too few people have asked yet to say whether what they were told came true")
    if told.finding:
        verdict = f"{told.verdict}. {told.finding}."
    return Bars(
        key=measure.code.replace("_", "-"),
        title=verdict,
        about=_("%(figure)s by what people were told, to the end of %(period)s")
        % {"figure": measure.title, "period": period_in_words(period)},
        points=tuple(point(measure, row.label, row.shown) for row in told.rows),
        heads=(capfirst(str(DIMENSIONS[told.dimension].title)), str(measure.title)),
        csv=figure_address(measure, csv=True, period=period.code, by=told.dimension),
        notes=(
            _("The line across a bar is what people were told: a bar that ends there came true."),
            str(measure.definition),
            *explained(measure, {row.shown.why for row in told.rows} - {Why.NOTHING}),
        ),
        level=2,
        whole=_PER_CENT,
        marks=tuple(_mark(int(row.code)) for row in told.rows),
    )


def _mark(tenths: int) -> float | None:
    """Where the line of a tenth stands; hardly anybody and nearly everybody have no one number."""
    return _PER_CENT * tenths / _TEN if 0 < tenths < _TEN else None
