"""How well roles fit the people who asked for them, whatever list they are on."""

from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from core.clock import now
from matching import datasets
from matching.datasets import People
from matching.models import Fit
from matching.ranking.columns import Applied
from matching.ranking.eligibility import evaluate
from matching.ranking.lists import match_pairs
from matching.recommender.fitting import current_model
from matching.recommender.inferred import as_written, inferred_of
from matching.recommender.items import item_of
from matching.recommender.replacing import replace_rows
from matching.recommender.rules import FIT_RULES, for_lists
from opportunities.models import Opportunity
from placements.models import Application
from volunteers.models import Volunteer


@dataclass(frozen=True)
class PreparedFits:
    """Fits not yet written, and the people as they were read."""

    people: People
    fits: list[Fit]


def prepare(applications: QuerySet[Application]) -> PreparedFits:
    """How the role of each of these applications fits the person."""
    at, fitted, tags = now(), current_model(), datasets.tags()
    pairs = list(applications.order_by().values_list("volunteer_id", "opportunity_id"))
    of_people, of_roles = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    people = datasets.volunteers(Volunteer.objects.filter(pk__in=of_people), tags)
    roles = datasets.roles(Opportunity.objects.filter(pk__in=of_roles), tags)
    pairs = [pair for pair in pairs if pair[0] in people.versions and pair[1] in roles.versions]
    # Columns come in the order of ids.
    rows = np.searchsorted(people.columns.ids, [pair[0] for pair in pairs])
    columns = np.searchsorted(roles.columns.ids, [pair[1] for pair in pairs])
    nobody = Applied.none(len(people.columns), len(roles.columns))
    outcomes = evaluate(people.columns, roles.columns, nobody, for_lists(tags))
    matches = match_pairs(fitted.model, people.columns, roles.columns, rows, columns)
    fits = []
    for (volunteer_id, role_id), row, column, match in zip(
        pairs, rows.tolist(), columns.tolist(), matches, strict=True
    ):
        item = item_of(match, "role", role_id)
        item["reasons"] = as_written(item["reasons"], inferred_of(people, row))
        failed = [code for code in outcomes.failed_codes(row, column) if code in FIT_RULES]
        fits.append(
            Fit(
                volunteer_id=volunteer_id,
                opportunity_id=role_id,
                score=match.score,
                item={**item, "failed": failed},
                model_version=fitted.version,
                computed_at=at,
            )
        )
    return PreparedFits(people, fits)


def write(prepared: PreparedFits) -> None:
    """Write prepared fits, in the caller's transaction, of people who are as they were read."""
    if not prepared.fits:
        return
    versions = prepared.people.versions
    locked = datasets.locked_versions(versions)
    replace_rows(
        [
            fit
            for fit in prepared.fits
            if locked.get(fit.volunteer_id) == versions[fit.volunteer_id]
        ],
        key=["volunteer", "opportunity"],
        fields=["score", "item", "model_version", "computed_at"],
    )
