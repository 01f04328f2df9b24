from insights.models.campaign import Campaign, CampaignGroup, CampaignMonth
from insights.models.capacity import CapacityFigures
from insights.models.figures import PeriodFigures
from insights.models.kept_report import KeptReport
from insights.models.prospectus import CountedPeople, Prospectus, ProspectusMail
from insights.models.role_plan import RolePlan
from insights.models.segment import Segment, SegmentMember, SegmentWeek
from insights.models.simulation import Simulation
from insights.models.target import Target
from insights.models.unmet_week import UnmetWeek
from insights.models.yearly_question import YearlyAnswer, YearlyQuestion

__all__ = [
    "Campaign",
    "CampaignGroup",
    "CampaignMonth",
    "CapacityFigures",
    "CountedPeople",
    "KeptReport",
    "PeriodFigures",
    "Prospectus",
    "ProspectusMail",
    "RolePlan",
    "Segment",
    "SegmentMember",
    "SegmentWeek",
    "Simulation",
    "Target",
    "UnmetWeek",
    "YearlyAnswer",
    "YearlyQuestion",
]
