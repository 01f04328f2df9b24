from insights.models.figures import PeriodFigures
from insights.models.role_plan import RolePlan

__all__ = ["PeriodFigures", "RolePlan"]
