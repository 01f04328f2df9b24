"""Find people at the desk."""

from django.db.models import Q, QuerySet

from accounts.models import User
from core.places.wards import WARDS


def found(words: str) -> QuerySet[User]:
    """Give the people in whose name, email address, phone number, postcode or ward all `words`
    stand, by name, each with their profile. A phone number is found in any spacing.
    """
    people = User.objects.select_related("volunteer").order_by("first_name", "last_name", "pk")
    everything = " ".join(words.split())
    digits = everything.replace(" ", "")
    if digits.isdecimal() and len(digits) > 3:
        spaced = r"\s*".join(digits)
        return people.filter(phone__regex=spaced)
    of_ward = _in_ward(everything)
    if of_ward:
        return people.filter(of_ward | _in_name(everything))
    some = Q(volunteer__postcode__istartswith=everything) if everything else Q()
    for word in everything.split():
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(email__icontains=word)
            | Q(volunteer__postcode__istartswith=word)
            | some
        )
    return people


def _in_name(words: str) -> Q:
    return Q(first_name__icontains=words) | Q(last_name__icontains=words)


def _in_ward(words: str) -> Q | None:
    """Give those of the wards whose name is or begins with the words; None where there is none."""
    codes = [ward.code for ward in WARDS if words and ward.name.lower().startswith(words.lower())]
    return Q(volunteer__ward_code__in=codes) if codes and len(words) > 3 else None
