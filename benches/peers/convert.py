"""Problems in the neutral JSON form (`vars`, `hyps`, `goal`, `truth`) as specifications."""
import json


def specification(problem):
    name = problem["id"].replace("-", "_")
    lines = [f"theorem {name} {{"]
    for v in problem["vars"]:
        lines.append(f"  let {v['name']} : {'nat' if v.get('int') else 'real'} in [{v['lo']}, {v['hi']}]")
    lines += [f"  assume h{i}: {h['lhs']} {h['rel']} {h['rhs']}" for i, h in enumerate(problem["hyps"])]
    expect = "" if problem["truth"] else " expect refuted"
    goal = problem["goal"]
    lines += [f"  claim goal{expect}: {goal['lhs']} {goal['rel']} {goal['rhs']}", "}", ""]
    return name, "\n".join(lines).replace("**", "^")


def specifications(path, directory):
    """Writes one specification for each problem and gives their paths."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for problem in json.loads(path.read_text())["problems"]:
        name, text = specification(problem)
        paths.append(directory / f"{name}.spec")
        paths[-1].write_text(text)
    return paths
