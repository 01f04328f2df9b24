from insights.models.figures import PeriodFigures

__all__ = ["PeriodFigures"]
