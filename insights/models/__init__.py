from insights.models.capacity import CapacityFigures
from insights.models.figures import PeriodFigures
from insights.models.role_plan import RolePlan
from insights.models.segment import Segment, SegmentMember, SegmentWeek
from insights.models.target import Target
from insights.models.unmet_week import UnmetWeek
from insights.models.yearly_question import YearlyAnswer, YearlyQuestion

__all__ = [
    "CapacityFigures",
    "PeriodFigures",
    "RolePlan",
    "Segment",
    "SegmentMember",
    "SegmentWeek",
    "Target",
    "UnmetWeek",
    "YearlyAnswer",
    "YearlyQuestion",
]
