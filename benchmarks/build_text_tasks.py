"""Folders for `manage.py evaluate_text`, made from public files that the project does not carry.

    python benchmarks/build_text_tasks.py DATA OUT

DATA holds `nyc_service_volunteer_opportunities.csv` (NYC Open Data), `ukcat.csv` and
`ukcat_tagged_half.csv` (charity-classification/ukcat, CC BY 4.0). Each task is a folder of OUT with
docs.jsonl, queries.jsonl, qrels.tsv and exclude.tsv. Nothing is drawn at random without a seed.
"""

import argparse
import csv
import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

LONG_PROFILE_ROLES = 3
MOST_QUERIES = 400


@dataclass
class Task:
    """A labelled search: texts by id, grades and pairs to leave out by (query, doc)."""

    docs: dict[str, str] = field(default_factory=dict)
    queries: dict[str, str] = field(default_factory=dict)
    grades: dict[tuple[str, str], int] = field(default_factory=dict)
    exclude: set[tuple[str, str]] = field(default_factory=set)

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        asked = {query for query, _ in self.grades}
        for name, texts in (("docs", self.docs), ("queries", self.queries)):
            wanted = {i: t for i, t in texts.items() if name == "docs" or i in asked}
            lines = [
                json.dumps({"id": i, "text": t}, ensure_ascii=False) for i, t in wanted.items()
            ]
            (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n")
        graded = [f"{query}\t{doc}\t{grade}" for (query, doc), grade in self.grades.items()]
        (folder / "qrels.tsv").write_text("\n".join(["query\tdoc\tgrade", *graded]) + "\n")
        left_out = [f"{query}\t{doc}" for query, doc in sorted(self.exclude) if query in asked]
        (folder / "exclude.tsv").write_text("\n".join(["query\tdoc", *left_out]) + "\n")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as content:
        return list(csv.DictReader(content))


def new_york(data: Path) -> dict[str, Task]:
    """Roles of New York: a title finds summaries of its category by others, its own summary, and
    those of the same group; a summary finds roles of its category by others, and so does a long
    profile made of three roles.
    """
    rows = _rows(data / "nyc_service_volunteer_opportunities.csv")
    seen: set[tuple[str, str]] = set()
    roles: dict[str, dict[str, str]] = {}
    for row in rows:
        said = (row["title"].strip().casefold(), row["summary"].strip().casefold())
        if all(said) and said not in seen:
            seen.add(said)
            roles[row["opportunity_id"]] = row
    category, own, long, group, summary = (Task() for _ in range(5))
    for i, role in roles.items():
        for task in (category, own, long, group):
            task.docs[i] = role["summary"]
        summary.docs[i] = f"{role['title']}. {role['summary']}"
        category.queries[i] = own.queries[i] = group.queries[i] = role["title"]
        summary.queries[i] = role["summary"]
        own.grades[i, i] = 1
    _same_category(category, own, roles)
    summary.grades, summary.exclude = category.grades, category.exclude
    _same_group(group, roles)
    _long_profiles(long, roles)
    tasks = {"category": category, "own": own, "long": long, "group": group, "summary": summary}
    return {f"nyc_{name}": task for name, task in tasks.items()}


def _same_group(group: Task, roles: dict[str, dict[str, str]]) -> None:
    for i, role in roles.items():
        group.exclude.add((i, i))
        for j, other in roles.items():
            if i != j and other["org_title"] == role["org_title"]:
                group.grades[i, j] = 1


def _same_category(category: Task, own: Task, roles: dict[str, dict[str, str]]) -> None:
    for i, role in roles.items():
        for j, other in roles.items():
            if other["org_title"] == role["org_title"]:
                category.exclude.add((i, j))
                if i != j:
                    own.exclude.add((i, j))
            elif role["category_id"] == other["category_id"]:
                category.grades[i, j] = 1


def _long_profiles(task: Task, roles: dict[str, dict[str, str]]) -> None:
    random = Random(0)
    of_category = defaultdict(list)
    for i, role in roles.items():
        of_category[role["category_id"]].append(i)
    for category, ids in sorted(of_category.items()):
        for at in range(40):
            mine = random.sample(ids, min(LONG_PROFILE_ROLES, len(ids)))
            groups = {roles[i]["org_title"] for i in mine}
            query = f"{category}-{at}"
            task.queries[query] = " ".join(
                f"{roles[i]['title']}. {roles[i]['summary']}" for i in mine
            )
            for j, other in roles.items():
                if other["org_title"] in groups:
                    task.exclude.add((query, j))
                elif other["category_id"] == category:
                    task.grades[query, j] = 1


def charities(data: Path) -> dict[str, Task]:
    """UK charities: what one does finds those with its tags; the long objects find what the same
    charity says it does; the name of a tag finds charities with it.
    """
    rows = [row for row in _rows(data / "ukcat_tagged_half.csv") if row["activities"].strip()]
    names = {row["Code"]: row["tag"] for row in _rows(data / "ukcat.csv")}
    tags = {row["org_id"]: {t.strip() for t in row["UKCAT"].split(";")} - {""} for row in rows}
    by_id = {row["org_id"]: row for row in rows}
    docs = {i: row["activities"] for i, row in by_id.items()}
    random = Random(0)
    asked = _some(sorted(i for i in docs if tags[i]), random)
    alike, own, by_tag = (Task(docs=dict(docs)) for _ in range(3))
    for i in asked:
        alike.queries[i] = docs[i]
        alike.exclude.add((i, i))
        for j in docs:
            shared = len(tags[i] & tags[j])
            if i != j and shared:
                alike.grades[i, j] = 1 + (2 * shared > len(tags[i] | tags[j]))
    for i in _some(sorted(i for i in docs if by_id[i]["objects"].strip()), random):
        own.queries[i] = by_id[i]["objects"]
        own.grades[i, i] = 1
    carried = defaultdict(list)
    for i, codes in tags.items():
        for code in codes & names.keys():
            carried[code].append(i)
    for code, ids in sorted(carried.items()):
        if len(ids) >= 3:
            by_tag.queries[code] = names[code]
            by_tag.grades |= {(code, i): 1 for i in ids}
    return {"ukcat_tags": alike, "ukcat_own": own, "ukcat_tag_names": by_tag}


def _some(ids: list[str], random: Random) -> list[str]:
    return random.sample(ids, min(MOST_QUERIES, len(ids)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    for name, task in (new_york(given.data) | charities(given.data)).items():
        task.write(given.out / name)
        print(f"{name}: {len(task.docs)} docs, {len(task.queries)} queries")


if __name__ == "__main__":
    main()
