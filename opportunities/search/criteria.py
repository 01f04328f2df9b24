"""What a person looks for among the roles."""

from dataclasses import dataclass

from core.places.postcodes import Location

#: Ways to order roles. Where nothing is said: the closest to the text, without a text the newest.
ORDERS = ("relevance", "newest", "nearest", "closing", "places")


@dataclass(frozen=True)
class SearchCriteria:
    """What a person looks for; what is left out does not narrow the search.

    Each word of `text` has to be found, in any form, in other words for the same thing, or (unless
    `exact`) with a typing error. Of `causes`, `activities` and `skills` (codes) one is enough, and
    a heading stands for all causes under it. Of `slots` (a mask of `core.week`) one is enough, and
    a role whose times are flexible suits all. `access` codes have to be there all. `within_miles`
    counts from `near`, keeps roles that are done from home, and leaves out those whose place is not
    known. Full and closed roles are left out unless `places_left` is False, `with_closed` True.
    `order` is one of `ORDERS`; `nearest` needs `near`.
    """

    text: str = ""
    exact: bool = False
    causes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    from_home: bool | None = None
    commitment: str = ""
    slots: int = 0
    near: Location | None = None
    within_miles: float | None = None
    age: int | None = None
    access: tuple[str, ...] = ()
    places_left: bool = True
    with_closed: bool = False
    order: str = ""
