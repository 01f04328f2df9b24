"""How the ranking is built."""

from django.utils.translation import gettext_lazy as _

from matching.wording.transparency.template import FieldWords, SectionWords

TECHNICAL = SectionWords(
    "technical_specification",
    2,
    _("Technical specification"),
    (
        FieldWords(
            "system_architecture",
            _("System architecture"),
            (
                _(
                    "A web service in Python (Django) with background workers (Celery) and one "
                    "database. Workers fit the model and make lists; web pages read lists that are "
                    "ready. Nothing is sent to other services: all encoders run on the service’s "
                    "own machines, from files whose SHA-256 is checked."
                ),
            ),
        ),
        FieldWords("phase", _("Phase"), setting="phase"),
        FieldWords(
            "maintenance",
            _("Maintenance"),
            (
                _(
                    "The model is fitted anew each night on the roles that are open. Once a week, "
                    "weights are learned if there are at least %(minimum_outcomes)s outcomes. They "
                    "replace those in use only if they are no worse on the latest %(held_back)s of "
                    "the outcomes, which are held back. Each version is kept, and one command goes "
                    "back."
                ),
                _("A check of the code fails when this record no longer says what the code does."),
            ),
        ),
        FieldWords("models", _("Models"), lists="models"),
    ),
)

MODEL = SectionWords(
    "model_specification",
    2,
    _("Model specification"),
    (
        FieldWords("model_name", _("Model name"), (_("Suitability, with spread %(policy)s"),)),
        FieldWords("model_version", _("Model version"), lists="version"),
        FieldWords(
            "model_task",
            _("Model task"),
            (_("Order roles for a person and people for a role; propose a spread over places."),),
        ),
        FieldWords("model_input_people", _("Model input: of people"), lists="of_people"),
        FieldWords("model_input_roles", _("Model input: of roles"), lists="of_roles"),
        FieldWords(
            "model_output",
            _("Model output"),
            (
                _(
                    "A list of roles for each person and of people for each role, with scores, the "
                    "value of each part, reasons and the rules that failed; a price for each role; "
                    "invitations."
                ),
            ),
        ),
        FieldWords(
            "model_architecture",
            _("Model architecture: the parts and their weights"),
            (
                _(
                    "The weights add up to 1. A part runs from 0 to 1, and counts a fixed value "
                    "where nothing was said."
                ),
            ),
            lists="weights",
        ),
        FieldWords(
            "model_architecture_distance",
            _("Model architecture: distance and causes"),
            (
                _(
                    "A place loses half of its pull after so many kilometres, by how the person "
                    "travels: %(half_pull)s. From home counts %(from_home)s. A cause and the one "
                    "above it are alike by %(parent_likeness)s, two under the same one by "
                    "%(sibling_likeness)s."
                ),
            ),
        ),
        FieldWords(
            "model_architecture_text",
            _("Model architecture: texts"),
            (
                _(
                    "Two texts are compared by blocks, each a cosine. How much a block counts "
                    "depends on the languages of both texts."
                ),
            ),
            lists="text",
        ),
        FieldWords(
            "model_architecture_spread",
            _("Model architecture: settings of the spread"),
            lists="spread",
        ),
        FieldWords(
            "model_architecture_not_for_me",
            _("Model architecture: what is not for somebody"),
            (
                _(
                    "When a list is read: a role that the person hid is left out, and so are all "
                    "roles of a group that they would rather not help. A role that shares an "
                    "activity with one that they said is not their kind of thing has its score "
                    "multiplied by %(less_wanted)s and says so, unless they ticked the activity "
                    "themselves. All of it can be undone."
                ),
            ),
        ),
        FieldWords("model_performance", _("Model performance"), lists="performance"),
        FieldWords(
            "datasets",
            _("Datasets and their purposes"),
            (
                _("Open roles of this service: to learn which words and skills are rare."),
                _(
                    "What was shown and what came of it, in this service: to learn weights, once "
                    "there is enough."
                ),
                _(
                    "Public files, to try it: roles of NYC Open Data (“NYC Service: Volunteer "
                    "Opportunities (Historical)”) and charities tagged by people (UK Charity "
                    "Activity Tags, CC BY 4.0). They are not part of this service."
                ),
            ),
        ),
    ),
)
