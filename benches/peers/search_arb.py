"""Branch and bound in ball arithmetic (Arb, by python-flint): prints `proved`, `refuted x=1/2 ...` or `unknown`.

What anyone would write in an afternoon: natural and mean-value enclosures with derivatives carried forward, boxes cut
where the derivative times the width is largest, the box with the worst enclosure first, points tried at the middle of
each box and at its corners while it is large.
"""
from fractions import Fraction
import heapq
import math
import sys

from flint import arb, ctx

from exact import ball, integral, violates
from smtlib import NotExpressible, mentioned, read

SMALLEST = Fraction(1, 2**60)
# how many boxes have their corners tried
CORNERS = 200


class Dual:
    """An enclosure of a value and of its derivatives."""

    def __init__(self, value, slopes):
        self.value, self.slopes = value, slopes

    def chain(self, value, slope):
        return Dual(value, {name: slope * d for name, d in self.slopes.items()})


def combine(value, a, da, b, db):
    slopes = {name: da * d for name, d in a.slopes.items()}
    for name, d in b.slopes.items():
        slopes[name] = slopes[name] + db * d if name in slopes else db * d
    return Dual(value, slopes)


def hull(a, b):
    return a.union(b)


def evaluate(term, at):
    """The term where the variables are in `at`: name -> Dual."""
    if isinstance(term, Fraction):
        return Dual(ball(term), {})
    if isinstance(term, str):
        return at[term]
    head, *arguments = term
    a, *rest = [evaluate(argument, at) for argument in arguments]
    return binary(head, a, rest[0]) if rest else unary(head, a)


def binary(head, a, b):
    x, y, one = a.value, b.value, arb(1)
    if head == "+":
        return combine(x + y, a, one, b, one)
    if head == "-":
        return combine(x - y, a, one, b, -one)
    if head == "*":
        value = x * x if a is b else x * y
        return combine(value, a, y, b, x)
    if head == "/":
        return combine(x / y, a, 1 / y, b, -x / (y * y))
    if head == "^":
        whole = integral(y)
        if whole is not None:
            return a.chain(even_power(x, whole), whole * x ** (whole - 1))
        value = (y * x.log()).exp()
        return combine(value, a, value * y / x, b, value * x.log())
    either = {"min": x.min(y), "max": x.max(y)}[head]
    share = arb(0.5, 0.5)
    return combine(either, a, share, b, share)


def even_power(x, whole):
    """Balls lose that even powers are nonnegative."""
    value = x**whole
    if whole % 2 == 0 and whole > 0 and not value >= 0:
        top = max(abs(x).upper(), arb(0)) ** whole
        return hull(arb(0), top)
    return value


def unary(head, a):
    x = a.value
    if head == "neg":
        return a.chain(-x, arb(-1))
    if head == "abs":
        return a.chain(abs(x), arb(0, 1) if x.contains(0) else x.sgn())
    value = getattr(x, head)()
    slope = {
        "exp": lambda: value, "log": lambda: 1 / x, "sqrt": lambda: 1 / (2 * value), "sin": lambda: x.cos(),
        "cos": lambda: -x.sin(), "atan": lambda: 1 / (1 + x * x), "sinh": lambda: x.cosh(), "cosh": lambda: x.sinh(),
        "tanh": lambda: 1 - value * value,
    }[head]()
    return a.chain(value, slope)


def enclosed(term, box):
    """An enclosure of a term over a box and its slopes: natural, and cut by the mean value form if that is finite."""
    names = list(box)
    wide = {name: hull(ball(low), ball(high)) for name, (low, high) in box.items()}
    at = {name: Dual(wide[name], {name: arb(1)}) for name in names}
    over = evaluate(term, at)
    if not over.slopes or not all(d.is_finite() for d in over.slopes.values()):
        return over
    middle = {name: Dual(ball((low + high) / 2), {}) for name, (low, high) in box.items()}
    mean = evaluate(term, middle).value + sum(d * (wide[n] - middle[n].value) for n, d in over.slopes.items())
    if mean.is_finite() and over.value.is_finite() and mean.overlaps(over.value):
        mean = mean.intersection(over.value)
    return Dual(mean if mean.is_finite() else over.value, over.slopes)


def certainly(formula, box):
    """True where the relation holds on the whole box, False where nowhere, else None; and the difference."""
    relation, a, b = formula
    difference = enclosed(("-", a, b), box)
    d = difference.value
    if not d.is_finite():
        return None, difference
    sure = {"<=": d <= 0, "<": d < 0, "=": False, ">=": d >= 0, ">": d > 0}
    never = {"<=": d > 0, "<": d >= 0, "=": d > 0 or d < 0, ">=": d < 0, ">": d <= 0}
    return True if sure[relation] else False if never[relation] else None, difference


def urgency(difference):
    """Less for boxes where the left side may exceed the right by more."""
    return -float(difference.upper()) if difference.is_finite() else -math.inf


def widest(box, slopes):
    """The variable along which the difference seems to vary most."""
    def variation(name):
        low, high = box[name]
        slope = slopes.get(name)
        steep = float(abs(slope).upper()) if slope is not None and slope.is_finite() else 1.0
        return (float(high - low) * min(steep, 1e100), float(high - low))
    return max(box, key=variation)


def search(problem):
    """Searches over growing precisions until something is decided."""
    box = problem.box()
    constraints = [c for c in problem.constraints() if c[0] in ("<=", "<", "=", ">=", ">")]
    outcomes = [decide(problem, conclusion, box, constraints) for conclusion in problem.conclusions]
    refuted = [outcome for outcome in outcomes if isinstance(outcome, dict)]
    return refuted[0] if refuted else all(outcomes)


def decide(problem, conclusion, box, constraints):
    """A violating point, or whether the conclusion is proved."""
    if not set(mentioned(conclusion)):
        for ctx.prec in (64, 128, 256, 1024):
            if certainly(conclusion, box)[0]:
                return True
        return False
    ctx.prec = 64
    queue, count = [(-math.inf, 0, box)], 0
    while queue:
        _, age, box = heapq.heappop(queue)
        if any(certainly(c, box)[0] is False for c in constraints):
            continue
        verdict, difference = certainly(conclusion, box)
        if verdict:
            continue
        middle = {name: (low + high) / 2 for name, (low, high) in box.items()}
        corners = [{n: ends[i] for n, ends in box.items()} for i in (0, 1)] if age < CORNERS else []
        for point in (middle, *corners):
            if certainly(conclusion, {n: (v, v) for n, v in point.items()})[0] is False and violates(problem, point):
                return point
        ctx.prec = 64
        name = widest(box, difference.slopes)
        low, high = box[name]
        if high - low < SMALLEST * max(abs(low), abs(high), 1):
            return False
        for part in ((low, middle[name]), (middle[name], high)):
            count += 1
            heapq.heappush(queue, (urgency(difference.value), count, {**box, name: part}))
    return True


def main():
    try:
        outcome = search(read(open(sys.argv[1]).read()))
    except NotExpressible as error:
        print("unknown:", error)
        return
    if isinstance(outcome, dict):
        print("refuted", *(f"{name}={value}" for name, value in outcome.items()))
    else:
        print("proved" if outcome else "unknown")


main()
