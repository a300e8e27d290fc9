"""What the results come to: counts, who decides what nobody else does, ratios of times, as text, and as Markdown.

`python tables.py peers.json` prints the Markdown of an earlier run.
"""
from statistics import median
import json
import sys

OURS = "boundproof"
# one letter each, as in the table
LETTERS = {
    "proved": "P", "refuted": "R", "unverified": "r?", "unknown": "?", "late": "T", "inexpressible": "-",
    "wrong: proved": "WRONG P", "wrong: refuted": "WRONG R",
}
CLOCKS = {"wall": "wall", "cpu": "processor"}
DECIDED = ("proved", "refuted")


def cell(result, clock):
    """The letter of an outcome and the time by the clock of the limit."""
    letter = LETTERS[result["outcome"]]
    seconds = result["seconds" if clock == "wall" else "cpu"]
    return letter if result["outcome"] in ("late", "inexpressible") else f"{letter} {seconds:.2f}"


def tools(report):
    return list(dict.fromkeys(result["tool"] for result in report["results"]))


def by_tool(report, tool):
    return {result["problem"]: result for result in report["results"] if result["tool"] == tool}


def solved(report, tool):
    return {name for name, result in by_tool(report, tool).items() if result["outcome"] in DECIDED}


def ratio(report, tool, what):
    """The median over problems that both decide of our time by theirs."""
    ours, theirs = by_tool(report, OURS), by_tool(report, tool)
    both = solved(report, OURS) & solved(report, tool)
    ratios = [ours[name][what] / theirs[name][what] for name in both if theirs[name][what] > 0]
    return median(ratios) if ratios else None


def count(report, tool, outcome):
    return sum(result["outcome"] == outcome for result in by_tool(report, tool).values())


def counts(report):
    """A row for each tool."""
    rows = []
    for tool in tools(report):
        wrong = sum(result["outcome"].startswith("wrong") for result in by_tool(report, tool).values())
        undecided = sum(count(report, tool, outcome) for outcome in ("unknown", "unverified", "late"))
        shown = [f"{value:.2f}" if value is not None else "" for value in (ratio(report, tool, w) for w in ("seconds", "cpu"))]
        rows.append([
            tool, report["versions"].get(tool, ""), len(solved(report, tool)), count(report, tool, "proved"),
            count(report, tool, "refuted"), wrong, undecided, count(report, tool, "inexpressible"),
            *(["", ""] if tool == OURS else shown),
        ])
    return rows


HEADINGS = ["tool", "version", "solved", "proved", "refuted", "wrong", "undecided", "inexpressible",
            "median wall ours/theirs", "median CPU ours/theirs"]


def listed(names):
    return ", ".join(sorted(names)) or "none"


def union(report):
    """Sentences about the peers together."""
    peers = [tool for tool in tools(report) if tool != OURS]
    together = set().union(*(solved(report, tool) for tool in peers)) if peers else set()
    ours, every = solved(report, OURS), set(report["truths"])
    return [
        f"Of {len(every)} problems boundproof decides {len(ours)}, all peers together {len(together)}.",
        f"By boundproof alone: {listed(ours - together)}.",
        f"By some peer and not by boundproof: {listed(together - ours)}.",
        f"By nothing: {listed(every - ours - together)}.",
    ]


def aligned(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(f"{str(value):<{width}}" for value, width in zip(row, widths)).rstrip() for row in rows)


def summary(report):
    return aligned([HEADINGS, *counts(report)]) + "\n\n" + "\n".join(union(report))


def table(rows):
    head, *body = [[str(value).replace("|", "\\|") for value in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *body]]
    return "\n".join(lines)


def markdown(report):
    names = tools(report)
    rows = [["problem", "is", *names]]
    for problem, truth in report["truths"].items():
        rows.append([problem, {"proved": "true", "refuted": "false"}[truth], *(cell(by_tool(report, t)[problem], report["clock"]) for t in names)])
    missing = [f"- Not run: {name}: {reason}" for name, reason in report["not_run"].items()]
    parts = [table([HEADINGS, *counts(report)]), "\n".join(f"- {line}" for line in union(report)), "\n".join(missing)]
    parts.append("P proved, R refuted at a point that an exact check confirmed, r? refuted without such a point, ? no answer, "
                 f"T not within {report['time_limit']:g} s of {CLOCKS[report['clock']]} time, - cannot be expressed; with the seconds of that time from start to end.")
    return "\n\n".join(part for part in parts if part) + "\n\n" + table(rows) + "\n"


if __name__ == "__main__":
    print(markdown(json.load(open(sys.argv[1]))), end="")
