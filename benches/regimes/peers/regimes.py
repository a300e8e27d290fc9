"""Reads the regimes, times an arithmetic on them, writes its enclosures: see peers.rs.

usage: regimes.py flint|mpmath IN OUT
"""

import array
import math
import sys
import time


def flint():
    from flint import arb, ctx

    ctx.prec = 53

    def enclose(r):
        n, d, p, c, w, j, eps, delta = map(arb, r)
        x = eps / (512 * c.sqrt()) * (n * d / (p * (60 * w * j / eps).log() + (4 / delta).log())).sqrt()
        return x

    def ends(x):
        # the ends of a ball of 53 bits need up to 2 bits more
        ctx.prec = 100
        low, high = float(x.lower()), float(x.upper())
        while not arb(low) <= x.lower():
            low = math.nextafter(low, -math.inf)
        while not arb(high) >= x.upper():
            high = math.nextafter(high, math.inf)
        return low, high

    return "python-flint's Arb, 53 bits", 3, enclose, ends


def mpmath():
    from mpmath import iv

    iv.prec = 53

    def enclose(r):
        n, d, p, c, w, j, eps, delta = map(iv.mpf, r)
        return eps / (512 * iv.sqrt(c)) * iv.sqrt(n * d / (p * iv.log(60 * w * j / eps) + iv.log(4 / delta)))

    # with 53 bits the ends are doubles
    return "mpmath's iv, 53 bits", 1, enclose, lambda x: (float(x.a), float(x.b))


def main():
    kind, given, out = sys.argv[1:]
    title, rounds, enclose, ends = {"flint": flint, "mpmath": mpmath}[kind]()
    numbers = array.array("d")
    with open(given, "rb") as file:
        numbers.frombytes(file.read())
    regimes = [numbers[i : i + 8].tolist() for i in range(0, len(numbers), 8)]
    best = float("inf")
    for _ in range(rounds):
        start = time.thread_time_ns()
        results = [enclose(regime) for regime in regimes]
        best = min(best, time.thread_time_ns() - start)
    with open(out, "wb") as file:
        array.array("d", [end for result in results for end in ends(result)]).tofile(file)
    print(f"{best / len(regimes):.2f} {title}")


main()
