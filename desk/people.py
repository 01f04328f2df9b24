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
    if digits := digits_of(everything):
        return people.filter(phone__regex=spaced(digits))
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


def with_phone(phone: str) -> QuerySet[User]:
    """Give the people who have this phone number, in any spacing."""
    digits = digits_of(phone)
    people = User.objects.select_related("volunteer").order_by("pk")
    return people.filter(phone__regex=f"^{spaced(digits)}$") if digits else people.none()


def digits_of(words: str) -> str:
    """Give the digits of what may be a phone number, '' of what is none."""
    digits = "".join(words.split())
    return digits if digits.isdecimal() and len(digits) > 3 else ""


def spaced(digits: str) -> str:
    """Give an expression that finds these digits in any spacing."""
    return r"\s*".join(digits)


def _in_name(words: str) -> Q:
    return Q(first_name__icontains=words) | Q(last_name__icontains=words)


def _in_ward(words: str) -> Q | None:
    """Give those of the wards whose name is or begins with the words; None where there is none."""
    codes = [ward.code for ward in WARDS if words and ward.name.lower().startswith(words.lower())]
    return Q(volunteer__ward_code__in=codes) if codes and len(words) > 3 else None
