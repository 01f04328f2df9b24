"""The fields of the record, in the order and with the names of the UK Algorithmic Transparency
Recording Standard (ATRS), tier 1 and tier 2, and what this service says in each.

Figures stand as %(name)s and come from the code. `lists` names what is listed below the sentences.
A field with a `setting` holds what whoever runs the service has set.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class FieldWords:
    """One field: its code, its name in the standard, its sentences."""

    code: str
    name: "StrOrPromise"
    sentences: tuple["StrOrPromise", ...] = ()
    lists: str = ""
    setting: str = ""


@dataclass(frozen=True)
class SectionWords:
    """One section of the standard."""

    code: str
    tier: int
    title: "StrOrPromise"
    fields: tuple[FieldWords, ...]


NOT_SET: "StrOrPromise" = _("Not set by whoever runs this service.")
NOT_MEASURED: "StrOrPromise" = _("Not measured yet (make evaluate).")
NO_MODEL: "StrOrPromise" = _("No model has been fitted here yet.")

_SUMMARY = SectionWords(
    "tier_1",
    1,
    _("Summary"),
    (
        FieldWords("name", _("Name"), (_("Harrow Volunteering: the order of lists"),)),
        FieldWords(
            "description",
            _("Description"),
            (
                _(
                    "It orders open volunteering roles for each person, and the people who asked "
                    "for each role for its group. There are more volunteers than places, so it "
                    "also spreads people over roles. It decides nothing: people ask for roles, and "
                    "groups answer."
                ),
            ),
        ),
        FieldWords("website", _("Website URL"), lists="website"),
        FieldWords("contact", _("Contact email"), setting="contact"),
    ),
)

_OWNER = SectionWords(
    "owner_and_responsibility",
    2,
    _("Owner and responsibility"),
    (
        FieldWords("organisation", _("Organisation or department"), setting="organisation"),
        FieldWords("team", _("Team"), setting="team"),
        FieldWords("senior_responsible_owner", _("Senior responsible owner"), setting="owner"),
        FieldWords("external_supplier", _("External supplier involvement"), setting="supplier"),
        FieldWords("external_supplier_role", _("External supplier role"), setting="supplier_role"),
        FieldWords("procurement", _("Procurement procedure type"), setting="procurement"),
        FieldWords("data_access_terms", _("Data access terms"), setting="data_access_terms"),
    ),
)

_RATIONALE = SectionWords(
    "description_and_rationale",
    2,
    _("Description and rationale"),
    (
        FieldWords(
            "detailed_description",
            _("Detailed description"),
            (
                _(
                    "First, rules leave out what is not possible. Then each pair of person and "
                    "role gets a score between 0 and 1: the sum of its parts, each times its "
                    "weight. What a person or a role did not say counts a fixed value, so that "
                    "silence neither helps nor harms."
                ),
                _(
                    "Then a plan over everybody (a flow of least cost) gives each role a price "
                    "where more people suit it than it has places. A list is ordered by score less "
                    "price. Between plans, a role sinks as more people wait for it and leaves "
                    "lists when %(spread_multiple)s to %(most_multiple)s wait for each place, "
                    "until the group answers."
                ),
                _(
                    "On %(chance_pages)s of pages two of the %(page_length)s places are swapped by "
                    "chance, so that what people want can be told from what was on top."
                ),
                _("Each reason that is shown comes from a part of the score, with its value."),
            ),
            lists="rules",
        ),
        FieldWords(
            "scope",
            _("Scope"),
            (
                _(
                    "It orders lists and picks whom to invite to roles. It is not made to judge "
                    "whether somebody is safe, able or honest: checks, interviews and references "
                    "are the group’s. Search does not use it."
                ),
            ),
        ),
        FieldWords(
            "benefit",
            _("Benefit"),
            (
                _(
                    "More roles find somebody, fewer people are refused, and each list says why it "
                    "is as it is. What was measured stands under “Model performance”."
                ),
            ),
        ),
        FieldWords(
            "previous_process",
            _("Previous process"),
            (
                _(
                    "Boards that show the same roles to everybody, newest or best suited first, "
                    "and brokers who match by hand. On such boards a few roles get most of the "
                    "applications."
                ),
            ),
        ),
        FieldWords(
            "alternatives",
            _("Alternatives considered"),
            (
                _(
                    "The order by score alone, the same with full roles hidden, a cap on waiting "
                    "applications, and an order that sinks a role with each application "
                    "(SmartSort, Manshadi and others, 2023). They are simulated beside this one:"
                ),
            ),
            lists="season",
        ),
    ),
)

_DEPLOYMENT = SectionWords(
    "deployment_context",
    2,
    _("Deployment context"),
    (
        FieldWords(
            "integration",
            _("Integration into broader operational process"),
            (
                _(
                    "A person sees up to %(page_length)s roles on a page with the reasons. They "
                    "choose which to ask for. The group sees who asked, with the reasons, and "
                    "answers each. The volunteer centre sees how the ranking goes."
                ),
            ),
        ),
        FieldWords(
            "human_review",
            _("Human review"),
            (
                _(
                    "No application is made, accepted or declined by a computer. A person at the "
                    "group decides each one. New groups and roles are looked at by a person at the "
                    "volunteer centre before they open."
                ),
            ),
        ),
        FieldWords(
            "frequency_and_scale",
            _("Frequency and scale of usage"),
            (
                _(
                    "All lists are made anew each night, and one list within moments of a change "
                    "to a profile."
                ),
            ),
            lists="scale",
        ),
        FieldWords(
            "training",
            _("Required training"),
            (
                _(
                    "None to use it: the pages say what each list is made from. Whoever changes "
                    "weights should read CONTRIBUTING.md and docs/reference/ranking.md."
                ),
            ),
        ),
        FieldWords(
            "appeals",
            _("Appeals and review"),
            (
                _(
                    "The page of each role says why it is not on a person’s list, and what would "
                    "change it. People can search all open roles and ask for any that no law or "
                    "age limit closes to them. They can ask the volunteer centre to look at a list "
                    "with them."
                ),
            ),
        ),
    ),
)

_TECHNICAL = SectionWords(
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

_MODEL = SectionWords(
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

_DATA = SectionWords(
    "data_specification",
    2,
    _("Data"),
    (
        FieldWords(
            "development_data",
            _("Development data: description, modality and source"),
            (
                _(
                    "Texts: the public files above, and the texts on which others trained the "
                    "encoders. Files that were fitted beforehand come with the code:"
                ),
            ),
            lists="fitted_files",
        ),
        FieldWords(
            "operational_data",
            _("Operational data: sources, modality and collection"),
            (
                _(
                    "Texts and ticked boxes that people gave in their profiles and groups in their "
                    "roles; applications and answers; what was shown to whom. People give it to "
                    "this service themselves; the volunteer centre may bring in roles from its own "
                    "lists. Where a postcode lies comes from public files."
                ),
            ),
            lists="scale",
        ),
        FieldWords(
            "sensitive_attributes",
            _("Sensitive attributes"),
            (
                _(
                    "Answers to the equality questions (age band, disability, ethnic group, sex, "
                    "gender, religion, orientation) never enter: the code that ranks cannot reach "
                    "them, and a test holds it to that."
                ),
                _(
                    "Two things that enter are close to protected characteristics. Age is read by "
                    "the age limits alone and adds nothing to a score. Whether somebody comes with "
                    "a person at their side is read by one rule alone. Languages and free texts "
                    "may tell of a person’s origin or belief; they count only for what the role "
                    "says."
                ),
                _("Names, addresses, photographs and what other people are like never enter."),
            ),
        ),
        FieldWords(
            "completeness",
            _("Completeness and representativeness"),
            (
                _(
                    "People may leave out nearly everything. What they leave out counts a fixed "
                    "value. The public files are mostly English and partly from New York: how well "
                    "the figures carry over to Harrow is not known before it is used there."
                ),
            ),
        ),
        FieldWords(
            "cleaning",
            _("Data cleaning and processing"),
            (
                _(
                    "Texts are split into words; words for causes, activities and skills are found "
                    "by lists in several languages. Roles without a known place are not left out, "
                    "but their distance counts as not known."
                ),
            ),
        ),
        FieldWords(
            "data_sharing",
            _("Data sharing agreements"),
            (_("None are needed to rank: nothing leaves the service."),),
            setting="data_sharing",
        ),
        FieldWords(
            "storage",
            _("Data access, storage and retention"),
            (
                _(
                    "It lies in the service’s database. A group sees of a person what the privacy "
                    "page lists. Lists are written over each night; what was shown, and plans, are "
                    "kept to learn from and to check. With a profile, what was shown to the person "
                    "is deleted too."
                ),
            ),
            setting="retention",
        ),
    ),
)

_RISKS = SectionWords(
    "risks",
    2,
    _("Risks, mitigations and impact assessments"),
    (
        FieldWords("impact_assessments", _("Impact assessments"), setting="impact_assessments"),
        FieldWords(
            "risks_and_mitigations",
            _("Risks and mitigations"),
            (
                _(
                    "Popular roles take all attention. Mitigation: prices, the cap on waiting "
                    "applications, and at least %(floor)s people who should see each open role."
                ),
                _(
                    "People who write little, or in another language, get worse lists. Mitigation: "
                    "silence counts a fixed value, short and long profiles and several languages "
                    "are part of the tests."
                ),
                _(
                    "Weights that are learned repeat what groups or people did unfairly. "
                    "Mitigation: equality answers are never learned from, learned weights are held "
                    "close to those set by people, and versions are compared before they are used."
                ),
                _(
                    "People take the order for a judgement. Mitigation: each list gives its "
                    "reasons, and no overall score is shown."
                ),
                _(
                    "A group does not answer, and people wait in vain. Mitigation: after "
                    "%(waits_for_answers)s days without an answer its roles take no more "
                    "applications from lists."
                ),
                _(
                    "The simulated season rests on assumptions about how people choose. "
                    "Mitigation: two worlds with other assumptions, and anyone can run it again."
                ),
            ),
        ),
    ),
)

SECTIONS: tuple[SectionWords, ...] = (
    _SUMMARY,
    _OWNER,
    _RATIONALE,
    _DEPLOYMENT,
    _TECHNICAL,
    _MODEL,
    _DATA,
    _RISKS,
)
