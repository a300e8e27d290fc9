"""The peers: what each is given, how it is started, and what its answer means.

An answer is ("proved", None), ("refuted", point), ("unknown", reason). A point may be wrong: `exact` decides.
"""
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Callable
import os
import re
import shutil
import subprocess

import smtlib
import spell_coq
import spell_gappa
import spell_sollya

HERE = Path(__file__).parent


@dataclass
class Peer:
    """A tool with its translation."""

    name: str
    # what it says of itself
    version: list
    # the exported dialect that it or its translation reads
    dialect: str
    # (text of the exported script, problem, seconds) -> (ending, text of the input file)
    spell: Callable
    # path of the input file -> arguments
    command: Callable
    # (exit code, standard output, problem) -> answer
    interpret: Callable
    # the reason for which it is not run
    missing: str = ""


def python():
    return os.environ["BOUNDPROOF_PEERS_PYTHON"]


# --- solvers that read SMT-LIB -----------------------------------------------------------------------------------------


def with_model(text, _problem, _seconds):
    return "smt2", text + "(get-model)\n"


def with_both_models(text, _problem, _seconds):
    """Exact first, then decimals near an algebraic one."""
    return "smt2", text + "(get-model)\n(set-option :pp.decimal true)\n(get-model)\n"


def constant(expression):
    """The value of a term of a model, or None."""
    if isinstance(expression, str):
        return smtlib.number(expression.rstrip("?"))
    head, *arguments = expression
    values = [constant(argument) for argument in arguments]
    if not values or None in values:
        return None
    if head == "-" and len(values) == 1:
        return -values[0]
    if head == "/" and len(values) == 2 and values[1]:
        return values[0] / values[1]
    return values[0] if head == "to_real" else None


def models(output, problem):
    """The models in an answer, with the variables of the claim only."""
    for expression in smtlib.expressions(output):
        if isinstance(expression, list):
            defined = {d[1]: constant(d[4]) for d in expression if isinstance(d, list) and len(d) == 5}
            point = {name: defined.get(name) for name in problem.variables}
            if point and None not in point.values():
                yield point


def of_solver(code, output, problem):
    first = output.strip().split("\n", 1)[0].strip()
    if first == "unsat":
        return "proved", None
    if first == "sat":
        return "refuted", list(models(output, problem))
    return "unknown", first or f"exit code {code}"


# --- searches and tools with input languages of their own --------------------------------------------------------------


def as_it_is(text, _problem, _seconds):
    return "smt2", text


def dyadic(text):
    """A rational, or Sollya's m b e for m * 2^e."""
    mantissa, two, exponent = text.partition("b")
    return Fraction(mantissa) * Fraction(2) ** int(exponent) if two else Fraction(text)


def of_words(code, output, _problem):
    lines = [line.split() for line in output.splitlines() if line.startswith(("proved", "refuted", "unknown"))]
    first = lines[0] if lines else ["unknown", f"exit code {code}"]
    if first[0] == "proved":
        return "proved", None
    if first[0] == "refuted":
        points = [words[1:] for words in lines if words[0] == "refuted"]
        return "refuted", [{name: dyadic(value) for name, value in (word.split("=") for word in point)} for point in points]
    return "unknown", " ".join(first[1:])


def of_exit_code(code, output, _problem):
    last = output.strip().rsplit("\n", 1)[-1]
    return ("proved", None) if code == 0 else ("unknown", last[:200])


def spelled(ending, write):
    return lambda _text, problem, _seconds: (ending, write(problem))


def search(name, interpreter=None):
    return lambda path: [interpreter or python(), str(HERE / name), path]


def module_version(module, interpreter=None):
    return [interpreter or python(), "-c", f"from importlib.metadata import version; print(version('{module}'))"]


def all_peers():
    """Every peer, with the reason where it cannot be run."""
    z3, dreal = os.environ["BOUNDPROOF_PEERS_Z3"], os.environ["BOUNDPROOF_PEERS_DREAL_PYTHON"]
    coq, gappa, sollya = shutil.which("coqc"), shutil.which("gappa"), shutil.which("sollya")
    peers = [
        Peer("z3", module_version("z3-solver"), "smtlib", with_both_models, lambda p: [z3, "-smt2", p], of_solver),
        Peer("cvc5", module_version("cvc5"), "cvc5", with_model, search("run_cvc5.py"), of_solver),
        Peer("dreal", module_version("dreal", dreal), "dreal", as_it_is, search("run_dreal.py", dreal), of_words),
        Peer("codac", module_version("codac"), "dreal", as_it_is, search("search_codac.py"), of_words),
        Peer("arb", module_version("python-flint"), "dreal", as_it_is, search("search_arb.py"), of_words),
        Peer("coq-interval", [coq, "--version"], "dreal",
             lambda _t, problem, seconds: ("v", spell_coq.script(problem, seconds)), lambda p: [coq, "-q", p], of_exit_code),
        Peer("gappa", [gappa, "--version"], "dreal", spelled("gappa", spell_gappa.script), lambda p: [gappa, p], of_exit_code),
        Peer("sollya", [sollya, "--version"], "dreal", spelled("sollya", spell_sollya.script), lambda p: [sollya, p], of_words),
    ]
    reasons = {
        "z3": None if Path(z3).exists() else "the package z3-solver is not installed",
        "dreal": missing_dreal(dreal),
        "coq-interval": None if coq else "no program `coqc`: apt-get install coq libcoq-interval",
        "gappa": None if gappa else "no program `gappa`: apt-get install gappa",
        "sollya": None if sollya else "no program `sollya`: apt-get install sollya",
        "cvc5": missing_module("cvc5"),
        "codac": missing_module("codac"),
    }
    for peer in peers:
        peer.missing = reasons.get(peer.name) or ""
    return peers


def missing_dreal(interpreter):
    """The wheel is for CPython up to 3.10 and needs IBEX, which no registry has."""
    if not Path(interpreter).exists():
        return "there is no CPython up to 3.10, which its package is for"
    ran = subprocess.run([interpreter, "-c", "import dreal"], capture_output=True, text=True, check=False)
    return ran.stderr.strip().rsplit("\n", 1)[-1] if ran.returncode else None


def missing_module(name):
    from importlib.util import find_spec
    return None if find_spec(name) else f"the package {name} is not installed"
