"""The service's own algorithmic transparency record: the fields of the UK Algorithmic Transparency
Recording Standard, filled in from the code that ranks, the model in force, the stored evaluation.

Nobody has reviewed or approved it, and it stands in no register of government.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from matching.recommender.serving import LESS_WANTED
from matching.recommender.transparency import (
    Facts,
    facts_of_code,
    facts_of_deployment,
    fingerprint,
)
from matching.wording import LABELS
from matching.wording import transparency as words
from matching.wording.transparency.figures import performance, season
from volunteers.models import Volunteer

#: The version of the template whose fields these are.
STANDARD = "ATRS template 3.0, tier 1 and tier 2"
STATUS = (
    "This service's own record, made from its code. Not reviewed, approved or published by anybody "
    "else."
)
#: What the sentences take from the settings of the parts.
_OF_PARTS = ("from_home", "parent_likeness", "sibling_likeness")
EVALUATION = Path(settings.BASE_DIR, "docs", "reference", "evaluation.json")


@dataclass(frozen=True)
class Field:
    """One field: sentences, and items below them."""

    code: str
    name: str
    sentences: list[str]
    items: list[str]


@dataclass(frozen=True)
class Section:
    """One section of the standard."""

    code: str
    tier: int
    title: str
    fields: list[Field]


@dataclass(frozen=True)
class Part:
    """A part of suitability and what it counts in force, of 100."""

    name: str
    percent: int


@dataclass(frozen=True)
class Known:
    """What a record is made from. `ours`: what whoever runs the service has set. `deployed`: the
    model in force. `measured`: the stored evaluation. None or nothing where there is none.
    """

    code: Facts
    ours: Mapping[str, str]
    deployed: Facts | None = None
    measured: Facts | None = None


def record_in_force() -> Known:
    """What is known of the ranking in this installation now. One query."""
    return Known(
        facts_of_code(), settings.TRANSPARENCY_RECORD, facts_of_deployment(), stored_evaluation()
    )


def record_of_code() -> Known:
    """The same of the code alone, as any installation of this version has it."""
    return Known(facts_of_code(), {}, None, stored_evaluation())


@cache
def stored_evaluation() -> Facts | None:
    """What `make evaluate` measured last, None where nothing was."""
    return json.loads(EVALUATION.read_text()) if EVALUATION.exists() else None


def sections(known: Known) -> list[Section]:
    """The record in the reader's language."""
    figures = _figures(known.code)
    return [
        Section(
            section.code,
            section.tier,
            str(section.title),
            [_field(field, known, figures) for field in section.fields],
        )
        for section in words.SECTIONS
    ]


def largest_parts(known: Known) -> list[Part]:
    """The parts of suitability, what counts most first."""
    weights = (known.deployed or known.code)["weights"]
    largest = sorted(weights.items(), key=lambda part: -part[1])
    return [Part(_called(LABELS, name), round(100 * weight)) for name, weight in largest]


def as_json(known: Known) -> dict[str, Any]:
    """The record as it is given to machines, in English."""
    with override("en-gb"):
        filled = [asdict(section) for section in sections(known)]
    return {
        "standard": STANDARD,
        "status": STATUS,
        "sections": filled,
        "facts": known.code,
        "fingerprint": fingerprint(known.code),
        "deployed": known.deployed,
        "evaluation": known.measured,
    }


def as_markdown(known: Known) -> str:
    """The record as a page of the documentation, in English."""
    lines = [
        "# Algorithmic transparency record",
        "",
        f"{STATUS} Fields: {STANDARD}. `manage.py transparency_record` writes this page.",
    ]
    with override("en-gb"):
        for section in sections(known):
            lines += ["", f"## Tier {section.tier}: {section.title}"]
            for field in section.fields:
                lines += ["", f"### {field.name}"]
                for sentence in field.sentences:
                    lines += ["", sentence]
                lines += ["", *(f"- {item}" for item in field.items)] if field.items else []
    return "\n".join(lines) + "\n"


def written() -> dict[str, str]:
    """Files of the documentation with the record of the code, by name."""
    known = record_of_code()
    machines = json.dumps(as_json(known), indent=1, ensure_ascii=False)
    return {"transparency.json": f"{machines}\n", "transparency.md": as_markdown(known)}


def _field(field: words.FieldWords, known: Known, figures: Mapping[str, str]) -> Field:
    sentences = [str(sentence) % figures for sentence in field.sentences]
    if field.setting:
        said = known.ours.get(field.setting)
        sentences += [said or str(words.NOT_SET)]
    items = _LISTS[field.lists](known) if field.lists else []
    return Field(field.code, str(field.name), sentences, items)


def _figures(facts: Facts) -> dict[str, str]:
    """What the sentences take from the code."""
    spread, chance, learned = facts["spread"], facts["chance"], facts["learning"]
    return {name: _number(value) for name, value in {**facts["eligibility"], **spread}.items()} | {
        **{name: _number(facts["parts"][name]) for name in _OF_PARTS},
        "less_wanted": _number(LESS_WANTED),
        "half_pull": ", ".join(
            f"{Volunteer.TravelMode(mode).label.lower()} {_number(km)}"
            for mode, km in facts["parts"]["half_pull_km"].items()
        ),
        "spread_multiple": _number(spread["pending_multiple"]),
        "most_multiple": _number(spread["most_pending_multiple"]),
        "pending_multiple": _number(facts["eligibility"]["pending_multiple"]),
        "chance_pages": _share(chance["pages"]),
        "page_length": _number(chance["page_length"]),
        "minimum_outcomes": _number(learned["minimum_outcomes"]),
        "held_back": _share(learned["held_back"]),
    }


def _called(names: Mapping[str, Any], code: str) -> str:
    """The words for a code; the code where there are none yet, which a test tells."""
    return str(names.get(code, code))


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float | int) else str(value)


def _share(value: float) -> str:
    return _("%(share)s%%") % {"share": _number(round(100 * value, 2))}


def _rules(known: Known) -> list[str]:
    figures = _figures(known.code)
    rules = [(rule["code"], rule["kind"]) for rule in known.code["rules"]]
    return [
        f"{_called(words.RULES, code) % figures} ({_called(words.RULE_KINDS, kind)})"
        for code, kind in rules
    ]


def _read(of: str, names: Mapping[str, Any]) -> Callable[[Known], list[str]]:
    return lambda known: [
        _called(names, column) % _figures(known.code) for column in known.code["reads"][of]
    ]


def _weights(known: Known) -> list[str]:
    in_force = known.deployed or known.code
    neutral = in_force["neutral"]
    return [
        _("%(part)s: %(weight)s (where nothing was said: %(neutral)s)")
        % {
            "part": f"{_called(LABELS, part)} [{part}]",
            "weight": _number(round(weight, 4)),
            "neutral": _number(round(neutral[part], 4)),
        }
        for part, weight in in_force["weights"].items()
    ]


def _text(known: Known) -> list[str]:
    text = known.code["text"]
    blocks = [f"{name}: {_called(words.BLOCKS, name)}" for name in text["blocks"]]
    shares = [
        f"{_called(words.LANGUAGE_PAIRS, pair)}: "
        + ", ".join(f"{name} {_number(share)}" for name, share in counts.items() if share)
        for pair, counts in text["counts_by_language"].items()
    ]
    return blocks + shares


def _models(known: Known) -> list[str]:
    return [
        f"{encoder['model']} "
        + " ".join(
            f"{file['package']}: {file['path']}, SHA-256 {file['sha256']}."
            for file in encoder["files"]
        )
        for encoder in known.code["text"]["encoders"]
    ]


def _version(known: Known) -> list[str]:
    of_code = _("code and settings: %(fingerprint)s") % {"fingerprint": fingerprint(known.code)}
    if known.deployed is None:
        return [of_code, str(words.NO_MODEL)]
    deployed, learned = known.deployed, known.deployed["learned"]
    weights = (
        _("weights: version %(version)s, learned from %(outcomes)s outcomes") % learned
        if learned
        else _("weights: as set by people, none learned")
    )
    blocks = ", ".join(deployed["text_blocks"])
    return [
        of_code,
        _("model %(version)s, fitted %(fitted_at)s") % deployed,
        weights,
        _("text blocks in use: %(blocks)s") % {"blocks": blocks},
        *(
            _("missing here, the others share its weight: %(block)s (%(why)s)")
            % {"block": block, "why": why}
            for block, why in deployed["text_missing"].items()
        ),
        ", ".join(f"{name} {version}" for name, version in deployed["libraries"].items()),
    ]


def _fitted_from(known: Known) -> list[str]:
    return [
        _("%(name)s: %(rows)s charities with %(tags)s tags. %(attribution)s Made by: %(command)s")
        % {"name": name, "rows": told["data"]["charities"]["rows"], **told}
        for name, told in known.code["text"]["fitted_from"].items()
    ]


def _scale(known: Known) -> list[str]:
    if known.deployed is None:
        return [str(words.NO_MODEL)]
    return [_("open roles at the last fit: %(roles)s") % known.deployed]


def _measured(
    told: Callable[[Facts, str], list[str]],
) -> Callable[[Known], list[str]]:
    def items(known: Known) -> list[str]:
        if known.measured is None:
            return [str(words.NOT_MEASURED)]
        return told(known.measured, fingerprint(known.code)) or [str(words.NOT_MEASURED)]

    return items


_LISTS: dict[str, Callable[[Known], list[str]]] = {
    "website": lambda known: [known.ours.get("website") or str(words.NOT_SET)],
    "rules": _rules,
    "of_people": _read("people", words.OF_PEOPLE),
    "of_roles": _read("roles", words.OF_ROLES),
    "weights": _weights,
    "text": _text,
    "models": _models,
    "version": _version,
    "scale": _scale,
    "spread": lambda known: [
        f"{_called(words.SPREAD, name)}: {_number(value)}"
        for name, value in known.code["spread"].items()
    ],
    "fitted_files": lambda known: [
        f"{name}: SHA-256 {digest}" for name, digest in known.code["text"]["fitted_files"].items()
    ],
    "fitted_from": _fitted_from,
    "performance": _measured(performance),
    "season": _measured(season),
}
