"""Forms of reports, by noun."""

from feedback.reports.forms.periods import PeriodForm

__all__ = ["PeriodForm"]
