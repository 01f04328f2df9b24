"""What lists are narrowed to: a ward, or what is done from home."""

from django.utils.translation import gettext as _

from core.places.wards import ward_name

#: What stands for "from home" where a ward is asked for.
FROM_HOME = "home"


def is_in(ward: str, area: str) -> bool:
    """Whether what is in a ward (its code; '' from home) is in an area: a ward, `FROM_HOME`, or ''
    for everywhere.
    """
    return not area or ward == ("" if area == FROM_HOME else area)


def area_name(area: str) -> str:
    """Such as "Pinner", "From home"; '' for everywhere."""
    return _("From home") if area == FROM_HOME else ward_name(area)


def in_area(area: str) -> str:
    """The same inside a sentence: "in Pinner", "from home"; '' for everywhere."""
    if area == FROM_HOME:
        return _("from home")
    return _("in %(ward)s") % {"ward": ward_name(area)} if area else ""


def headed(sentence: str, area: str) -> str:
    """A sentence that says what it is of: "Pinner: no role is asked for …"; as it is where it is of
    everywhere.
    """
    if not area:
        return sentence
    words = {"area": area_name(area), "sentence": sentence[:1].lower() + sentence[1:]}
    return _("%(area)s: %(sentence)s") % words
