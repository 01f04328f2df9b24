"""Keep what the search looks into equal to the roles. Safe to do at any time, and again."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from opportunities.models import Opportunity, SearchTerm, SearchWord
from opportunities.search.terms import RoleTerms, terms_of_role

Item = TypeVar("Item")

#: Roles read in one transaction: none keeps other writers waiting for long.
BATCH = 100
_ROWS = 5_000


def write(role_ids: Iterable[int]) -> int:
    """Read these roles anew; give how many rows changed. Roles that were never public, and those
    that are gone, are not kept.
    """
    changed = 0
    for batch in _batches(sorted(set(role_ids))):
        with transaction.atomic():
            changed += _write_batch(batch)
    return changed


def rebuild() -> int:
    """Read all roles anew, forget words that no role has any more; give how many rows changed."""
    known = Opportunity.objects.values_list("pk", flat=True)
    kept = SearchTerm.objects.values_list("opportunity_id", flat=True).distinct()
    changed = write({*known, *kept})
    unused = SearchWord.objects.filter(
        ~Exists(SearchTerm.objects.filter(term=OuterRef("term")))
    ).delete()[0]
    return changed + unused


def _write_batch(role_ids: list[int]) -> int:
    # Locked, so that of two writers the second sees what the first wrote.
    list(
        Opportunity.objects.select_for_update(no_key=True)
        .filter(pk__in=role_ids)
        .order_by("pk")
        .only("pk")
    )
    fresh = {role.pk: terms_of_role(role) for role in _readable(role_ids)}
    kept: dict[tuple[int, str], tuple[int, int]] = {
        (role, term): (pk, weight)
        for pk, role, term, weight in SearchTerm.objects.filter(
            opportunity__in=role_ids
        ).values_list("pk", "opportunity_id", "term", "weight")
    }
    wanted = {
        (role, term): weight
        for role, terms in fresh.items()
        for term, weight in terms.weights.items()
    }
    _add_words(fresh.values())
    return _make_equal(kept, wanted)


def _make_equal(
    kept: Mapping[tuple[int, str], tuple[int, int]], wanted: Mapping[tuple[int, str], int]
) -> int:
    # What weighs otherwise now is taken out and put in again.
    stale = [pk for place, (pk, weight) in kept.items() if wanted.get(place) != weight]
    fresh = [
        SearchTerm(opportunity_id=role, term=term, weight=weight)
        for (role, term), weight in wanted.items()
        if (role, term) not in kept or kept[role, term][1] != weight
    ]
    for batch in _batches(stale):
        SearchTerm.objects.filter(pk__in=batch).delete()
    SearchTerm.objects.bulk_create(fresh, batch_size=_ROWS)
    return len(stale) + len(fresh)


def _add_words(read: Iterable[RoleTerms]) -> None:
    words = {word: term for terms in read for word, term in terms.words.items()}
    for batch in _batches(list(words)):
        known = set(SearchWord.objects.filter(word__in=batch).values_list("word", flat=True))
        new = [SearchWord(word=word, term=words[word]) for word in batch if word not in known]
        if new:
            SearchWord.objects.bulk_create(new, ignore_conflicts=True)


def _readable(role_ids: list[int]) -> QuerySet[Opportunity]:
    return (
        Opportunity.objects.filter(pk__in=role_ids, published_at__isnull=False)
        .select_related("organisation")
        .prefetch_related("causes__parent", "activities", "skills", "languages")
    )


def _batches(items: list[Item]) -> Iterable[list[Item]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
