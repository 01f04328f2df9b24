"""What data the ranking was made with and works with, and what could go wrong."""

from django.utils.translation import gettext_lazy as _

from matching.wording.transparency.template import FieldWords, SectionWords

DEVELOPMENT_DATA = SectionWords(
    "development_data",
    2,
    _("Development data"),
    (
        FieldWords(
            "development_data_description",
            _("Development data description"),
            (
                _(
                    "Charities tagged by people, from which the cause layer was fitted; the "
                    "translations that come with Django, from which languages are told apart and "
                    "made alike; and the texts on which others trained the encoders, which their "
                    "papers describe. What was fitted comes with the code:"
                ),
            ),
            lists="fitted_files",
        ),
        FieldWords("data_modality", _("Data modality"), (_("Text, and tags."),)),
        FieldWords("data_quantities", _("Data quantities"), lists="fitted_from"),
        FieldWords(
            "development_sensitive_attributes",
            _("Sensitive attributes"),
            (
                _(
                    "The texts are about organisations, not people. No data of this service’s "
                    "volunteers went into these files."
                ),
            ),
        ),
        FieldWords(
            "completeness_and_representativeness",
            _("Data completeness and representativeness"),
            (
                _(
                    "The charities are a sample of those of the whole United Kingdom, in English. "
                    "The roles on which it is tried come from New York. How well this carries over "
                    "to Harrow is not known before it is used there."
                ),
            ),
        ),
        FieldWords(
            "source_data_url",
            _("Source data URL"),
            (
                _(
                    "https://github.com/charity-classification/ukcat (CC BY 4.0); "
                    "https://opendata.cityofnewyork.us/ (to try it only)"
                ),
            ),
        ),
        FieldWords(
            "development_data_collection",
            _("Data collection"),
            (_("By those who publish the files. This service collected none of it."),),
        ),
        FieldWords(
            "development_data_cleaning",
            _("Data cleaning"),
            (
                _(
                    "Tags that the list of tags does not have are left out. Texts are used as they "
                    "were published."
                ),
            ),
        ),
    ),
)

OPERATIONAL_DATA = SectionWords(
    "operational_data",
    2,
    _("Operational data"),
    (
        FieldWords(
            "data_sources",
            _("Data sources and collection"),
            (
                _(
                    "What people wrote and ticked in their profiles, and groups in their roles; "
                    "applications and answers; what was shown to whom. People give it to this "
                    "service themselves; the volunteer centre may bring in roles from its own "
                    "lists. Where a postcode lies comes from public files (Code-Point Open)."
                ),
            ),
        ),
        FieldWords("operational_quantities", _("Data quantities"), lists="scale"),
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
                    "value: see “Model architecture”."
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

RISKS = SectionWords(
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
