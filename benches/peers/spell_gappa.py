"""A claim as a goal for Gappa, which knows + - * / sqrt and absolute values, over boxes whose ends are decimals."""
from fractions import Fraction

from smtlib import NotExpressible

# Gappa proves only relations that include their ends; a strict one is asked with this margin
MARGIN = "1b-60"
PARTS = 16


def decimal(value, towards):
    """A decimal at or beyond the rational: exact if it has one."""
    for digits in range(0, 40):
        if (value * 10**digits).denominator == 1:
            return text(value * 10**digits, digits)
    scaled = value * 10**30
    return text(Fraction(scaled.__floor__() if towards < 0 else scaled.__ceil__()), 30)


def text(scaled, digits):
    return f"{scaled.numerator}e-{digits}" if digits else str(scaled.numerator)


def term(item):
    if isinstance(item, Fraction):
        exact = decimal(abs(item), 1)
        spelled = exact if Fraction(exact) == abs(item) else f"({abs(item).numerator} / {item.denominator})"
        return f"(-{spelled})" if item < 0 else spelled
    if isinstance(item, str):
        return item.replace(".", "_")
    head, *arguments = item
    if head == "^" and isinstance(arguments[1], Fraction) and arguments[1].denominator == 1 and 0 < arguments[1] < 20:
        return "(" + " * ".join([term(arguments[0])] * int(arguments[1])) + ")"
    a, *rest = [term(argument) for argument in arguments]
    if head == "neg":
        return f"(-{a})"
    if head == "sqrt":
        return f"sqrt({a})"
    if head == "abs":
        return f"|{a}|"
    if head in ("+", "-", "*", "/"):
        return f"({a} {head} {rest[0]})"
    raise NotExpressible(f"Gappa has no {head}")


def script(problem):
    box = problem.box()
    if not box:
        raise NotExpressible("there is no variable")
    ranges = [f"{n.replace('.', '_')} in [{decimal(low, -1)}, {decimal(high, 1)}]" for n, (low, high) in box.items()]
    goals = []
    for relation, a, b in problem.conclusions:
        if relation not in ("<=", "<"):
            raise NotExpressible(f"Gappa takes no goal with {relation}")
        goals.append((term(("-", a, b)), f"-{MARGIN}" if relation == "<" else "0"))
    wanted = " /\\ ".join(f"{difference} <= {most}" for difference, most in goals)
    cuts = ", ".join(f"{name.replace('.', '_')} in {PARTS}" if len(box) == 1 else name.replace(".", "_") for name in box)
    hints = "".join(f"{difference} $ {cuts};\n" for difference, _ in goals)
    domain = " /\\ ".join(ranges)
    return "{ " + domain + " -> " + wanted + " }\n" + hints
