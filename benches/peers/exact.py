"""Whether a rational point really violates a claim: exact where all is rational, else by Arb with growing precision.

A peer's refutation counts only if this says so.
"""
from fractions import Fraction


def ball(value):
    # here and below: only what is not rational needs python-flint
    from flint import arb, fmpq
    return arb(fmpq(value.numerator, value.denominator))


def rational(term, point):
    """The exact value, or None if an operation may leave the rationals."""
    if isinstance(term, Fraction):
        return term
    if isinstance(term, str):
        return point[term]
    head, *arguments = term
    values = [rational(argument, point) for argument in arguments]
    if any(value is None for value in values):
        return None
    exact = {"+": lambda a, b: a + b, "*": lambda a, b: a * b, "neg": lambda a: -a, "abs": abs, "min": min, "max": max}
    if head in exact:
        return exact[head](*values)
    if head == "-":
        return values[0] - values[1]
    if head == "/":
        return values[0] / values[1] if values[1] else None
    if head == "^" and values[1].denominator == 1 and (values[0] or values[1] >= 0):
        return values[0] ** int(values[1])
    return None


def enclosure(term, point):
    value = rational(term, point)
    if value is not None:
        return ball(value)
    head, *arguments = term
    return apply(head, [enclosure(argument, point) for argument in arguments])


def integral(exponent):
    """The integer that the ball is, or None."""
    return int(exponent.unique_fmpz()) if exponent.is_exact() and exponent.is_integer() else None


def power(base, exponent):
    whole = integral(exponent)
    return base ** whole if whole is not None else (exponent * base.log()).exp()


def apply(head, values):
    """An operation on balls."""
    if head == "neg":
        return -values[0]
    if head == "^":
        return power(*values)
    operations = {
        "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
        "min": lambda a, b: a.min(b), "max": lambda a, b: a.max(b), "abs": abs,
    }
    if head in operations:
        return operations[head](*values)
    return getattr(values[0], head)()


def holds(formula, point):
    """True, False, or None where it cannot be told."""
    head, *parts = formula
    if head == "not":
        inner = holds(parts[0], point)
        return None if inner is None else not inner
    if head in ("and", "or"):
        inner = [holds(part, point) for part in parts]
        decisive = head == "or"
        return decisive if decisive in inner else None if None in inner else not decisive
    left, right = (rational(part, point) for part in parts)
    if left is not None and right is not None:
        return {"<=": left <= right, "<": left < right, "=": left == right, ">=": left >= right, ">": left > right}[head]
    left, right = (enclosure(part, point) for part in parts)
    sure = {"<=": left <= right, "<": left < right, ">=": left >= right, ">": left > right, "=": False}[head]
    never = {"<=": left > right, "<": left >= right, ">=": left < right, ">": left <= right, "=": left < right or left > right}[head]
    return True if sure else False if never else None


def violates(problem, point):
    """Whether the point is in the domain, every side condition holds there, and some conclusion certainly fails."""
    if set(point) != set(problem.variables):
        return False
    if any(sort == "Int" and point[name].denominator != 1 for name, sort in problem.variables.items()):
        return False
    try:
        from flint import ctx
        for ctx.prec in (128, 512, 2048):
            inside = all(holds(h, point) for h in problem.hypotheses + problem.sides)
            if inside and any(holds(c, point) is False for c in problem.conclusions):
                return True
    except (ValueError, ZeroDivisionError, OverflowError):
        return False
    return False
