#!/usr/bin/env python3
"""Writes one specification for each problem of a problems.json into this folder.

    convert.py problems.json

The file is {"problems": [{"id", "source", "vars": [{"name", "lo", "hi"}], "hyps": [{"lhs", "rel", "rhs"}],
"goal": {"lhs", "rel", "rhs"}, "truth"}]}; powers are written **, boxes are closed.
"""
import json
import pathlib
import sys

here = pathlib.Path(__file__).parent
for problem in json.load(open(sys.argv[1]))["problems"]:
    name = problem["id"].replace("-", "_")
    lines = [f"# {problem['source']}", f"theorem {name} {{"]
    lines += [f"  let {v['name']} : real in [{v['lo']}, {v['hi']}]" for v in problem["vars"]]
    lines += [f"  assume h{i}: {h['lhs']} {h['rel']} {h['rhs']}" for i, h in enumerate(problem["hyps"])]
    expect = "" if problem["truth"] else " expect refuted"
    goal = problem["goal"]
    lines += [f"  claim goal{expect}: {goal['lhs']} {goal['rel']} {goal['rhs']}", "}", ""]
    (here / f"{name}.spec").write_text("\n".join(lines).replace("**", "^"))
