"""A claim as a goal for coq-interval: one lemma for each conclusion, tried with several settings of its tactic."""
from fractions import Fraction

from smtlib import NotExpressible, mentioned

FUNCTIONS = {"exp": "exp", "log": "ln", "sqrt": "sqrt", "sin": "sin", "cos": "cos", "atan": "atan", "abs": "Rabs"}
# how a goal becomes one with a constant side, which the tactic wants
RELATIONS = {"<=": "Rminus_le", "<": "Rminus_lt"}


def rational(value):
    top = f"({value.numerator})" if value < 0 else str(value.numerator)
    return top if value.denominator == 1 else f"({top} / {value.denominator})"


def term(item):
    if isinstance(item, Fraction):
        return rational(item)
    if isinstance(item, str):
        return item.replace(".", "_")
    head, *arguments = item
    if head == "^":
        return power(*arguments)
    a, *rest = [term(argument) for argument in arguments]
    if head in FUNCTIONS:
        return "PI" if item == ("*", Fraction(4), ("atan", Fraction(1))) else f"({FUNCTIONS[head]} {a})"
    spelled = {
        "neg": lambda: f"(- {a})",
        "sinh": lambda: f"((exp {a} - exp (- {a})) / 2)",
        "cosh": lambda: f"((exp {a} + exp (- {a})) / 2)",
        "tanh": lambda: f"(1 - 2 / (exp (2 * {a}) + 1))",
    }
    if head in spelled:
        return spelled[head]()
    if head in ("+", "-", "*", "/"):
        return f"({a} {head} {rest[0]})"
    raise NotExpressible(f"coq-interval has no {head}")


def power(base, exponent):
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and exponent >= 0:
        return f"({term(base)} ^ {exponent})"
    return f"(exp ({term(exponent)} * ln {term(base)}))"


def tactics(names, seconds):
    """The settings to try, each for its share of the time."""
    if not names:
        options = ["", "with (i_prec 128)", "with (i_prec 400)"]
    else:
        every = ", ".join(f"i_bisect {name}" for name in names)
        options = [f"with ({every}, i_depth 60)"]
        options += [f"with ({every}, i_autodiff {names[0]}, i_depth 40)", f"with ({every}, i_taylor {names[0]}, i_degree 8, i_depth 40)"]
        options += [f"with ({every}, i_depth 200)"]
    share = max(1, int(seconds) // len(options))
    tries = "\n".join(f"  | timeout {share} (interval {option})" for option in options)
    return f"first [{tries.strip().lstrip('|')}\n  ]."


def script(problem, seconds):
    box = problem.box()
    lines = ["From Coq Require Import Reals.", "From Interval Require Import Tactic.", "Open Scope R_scope."]
    for number, (relation, a, b) in enumerate(problem.conclusions):
        if relation not in RELATIONS:
            raise NotExpressible(f"coq-interval takes no goal with {relation}")
        names = [name for name in problem.variables if name in set(mentioned(("-", a, b)))]
        spelled = [name.replace(".", "_") for name in names]
        binders = f"forall {' '.join(spelled)} : R, " if spelled else ""
        ranges = "".join(f"{rational(box[n][0])} <= {s} <= {rational(box[n][1])} -> " for n, s in zip(names, spelled))
        lines += [f"Lemma conclusion{number} : {binders}{ranges}{term(a)} {relation} {term(b)}.", "Proof.", f"intros; apply {RELATIONS[relation]}."]
        lines += [tactics(spelled, seconds / len(problem.conclusions)), "Qed."]
    return "\n".join(lines) + "\n"
