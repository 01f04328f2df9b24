"""Whose the ranking is, what it is for, and how people come into it."""

from django.utils.translation import gettext_lazy as _

from matching.wording.transparency.template import FieldWords, SectionWords

SUMMARY = SectionWords(
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

OWNER = SectionWords(
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

RATIONALE = SectionWords(
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

DEPLOYMENT = SectionWords(
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
