"""The stored evaluation as a page of the documentation."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: Measures of a text model, with their headings.
_TEXT = {"mrr": "MRR", "map": "MAP", "recall@50": "recall@50"}
Columns = Mapping[str, Sequence[Any]]


def page_of(measured: Mapping[str, Any], columns: Columns) -> str:
    """Markdown of what was measured. columns: those of the tables of a season, by heading."""
    lines = [
        "# Evaluation",
        "",
        "Written by `make evaluate DATA=…`: no figure here is typed in by hand. The data are "
        "public, and not carried in this project; the README says where they are. What was "
        "measured with other settings than those of the code now, the "
        "[transparency record](transparency.md) says.",
    ]
    if text := measured.get("text"):
        lines += _text(text)
    if season := measured.get("season"):
        lines += _season(season, columns)
    return "\n".join(lines) + "\n"


def _text(text: Mapping[str, Any]) -> list[str]:
    lines = [
        "",
        "## Texts",
        "",
        "A text finds other texts. Each model is fitted on the documents alone. Behind nDCG@10 "
        "stands its 95 % interval (bootstrap over queries), and what ours gains over the model on "
        "the same queries, with its interval. Queries that share what is relevant to "
        "them (those of one category, say) are not independent, so less is known than it seems.",
        *_made(text),
    ]
    for task in text["tasks"]:
        lines += [
            "",
            f"### {task['task']}: {task['documents']} documents, {task['queries']} queries",
            "",
            f"`{task['command']}`",
            "",
            *_table(("model", "nDCG@10", "ours gains", *_TEXT.values()), _models(task)),
        ]
    return lines


def _models(task: Mapping[str, Any]) -> Iterable[list[str]]:
    for name, means in task["models"].items():
        gain = task["gains"].get(name)
        yield [
            f"**{name}**" if name == task["ours"] else name,
            _interval(task["intervals"][name]),
            _interval(gain, sign="+") if gain else "",
            *(f"{means[key]:.3f}" for key in _TEXT),
        ]


def _interval(of: Mapping[str, float], sign: str = "") -> str:
    mean, low, high = (format(of[key], f"{sign}.3f") for key in ("mean", "low", "high"))
    return f"{mean} ({low} to {high})"


def _season(season: Mapping[str, Any], columns: Columns) -> list[str]:
    lines = [
        "",
        "## Seasons",
        "",
        "A season of applying, simulated over real roles: people choose by a taste that no policy "
        "sees. Mean over seeds ± standard deviation. Policies are told what was written by "
        f"“{season['suitability']}”.",
        *_made(season),
        "",
        f"`{season['command']}`",
    ]
    for world in season["seasons"]:
        lines += [
            "",
            f"### World “{world['world']}”, people to places {world['supply']:g} : 1, seeds "
            f"{', '.join(map(str, world['seeds']))}",
            "",
            "Best possible, knowing everybody's taste: places filled "
            f"{_figure(world['oracle']['places_filled'], 'share')}, welfare "
            f"{_figure(world['oracle']['welfare'], 'number')}.",
        ]
        for heading, some in columns.items():
            lines += ["", *([f"{heading.capitalize()}:", ""] if heading else [])]
            lines += _table(("policy", *(c.heading for c in some)), _policies(world, some))
        lines += _odds(world["odds"])
    return lines


def _policies(world: Mapping[str, Any], columns: Sequence[Any]) -> Iterable[list[str]]:
    for policy in world["policies"]:
        measures = policy["measures"]
        yield [policy["name"], *(_figure(measures[c.key], c.unit) for c in columns)]


def _figure(of: Mapping[str, float | None], unit: str) -> str:
    times, digits, after = (100, 1, " %") if unit == "share" else (1, 2, "")
    # A single season has no spread, and one in which nobody was placed no time until then.
    told = [f"{times * value:.{digits}f}" for value in of.values() if value is not None]
    return " ± ".join(told) + after if told else "–"


def _odds(odds: Mapping[str, Any] | None) -> list[str]:
    """How true the odds were that people were told with our policy."""
    told = odds and odds["all"]
    if not told or not told["applications"]:
        return []
    return [
        "",
        f"Odds under ours, {told['applications']} applications: mean chance "
        f"{told['mean_chance']:.3f}, became places {told['became_places']:.3f}, Brier score "
        f"{told['brier']:.3f} (naming the mean: {told['brier_of_mean']:.3f}), expected calibration "
        f"error {told['error']:.3f}.",
        "",
        *_table(
            ("chance from", "applications", "mean chance", "became places"),
            (
                [
                    f"{of['from']:.1f}",
                    str(of["applications"]),
                    f"{of['chance']:.3f}",
                    f"{of['became_places']:.3f}",
                ]
                for of in told["bins"]
            ),
        ),
    ]


def _made(part: Mapping[str, Any]) -> list[str]:
    versions = ", ".join(f"{name} {version}" for name, version in part["versions"].items())
    return [
        "",
        f"Measured on {part['measured_on']} in {part['seconds']:.0f} seconds (cores: "
        f"{part['cores']}); settings {part['fingerprint'][:16]}; {versions}.",
    ]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        f"| {' | '.join(heads)} |",
        f"|{' --- |' * len(heads)}",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]
