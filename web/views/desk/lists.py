"""Lists of the desk, in pages."""

from django.core.paginator import EmptyPage, Paginator
from django.views.generic import ListView

from web.group_access import BrokerRequired


class ShrinkingPaginator(Paginator):
    """Pages of a list that work on it makes shorter: a page that is not there any more is the last
    one that is.
    """

    def validate_number(self, number: int | float | str) -> int:
        try:
            return super().validate_number(number)
        except EmptyPage:
            return self.num_pages


class DeskList(BrokerRequired, ListView):
    """A list in pages."""

    paginate_by = 25
    paginator_class = ShrinkingPaginator
