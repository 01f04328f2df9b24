from insights.models.figures import PeriodFigures
from insights.models.role_plan import RolePlan
from insights.models.segment import Segment, SegmentMember, SegmentWeek
from insights.models.unmet_week import UnmetWeek

__all__ = ["PeriodFigures", "RolePlan", "Segment", "SegmentMember", "SegmentWeek", "UnmetWeek"]
