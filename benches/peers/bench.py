"""Runs boundproof and its peers on a directory of problems and writes what each decided.

Every tool is a process of its own with one core, one problem at a time; the time is from its start to its end. The limit
is on that, or on the time that the processor spends on it, which means more on a machine that does other things too.
"""
from dataclasses import asdict, dataclass
from pathlib import Path
import argparse
import json
import math
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

import exact
import smtlib
import tables
from convert import specifications
from peers import all_peers

OURS = "boundproof"
# with a limit on processor time, a process that only waits ends after this many times the limit
PATIENCE = 8


@dataclass
class Result:
    """What one tool said of one problem: `outcome` is one of tables.OUTCOMES."""

    problem: str
    tool: str
    outcome: str
    seconds: float
    cpu: float
    detail: str = ""


@dataclass
class Ran:
    code: int
    output: str
    seconds: float
    cpu: float
    late: bool


@dataclass
class Limit:
    """How long a process may take."""

    seconds: float
    clock: str

    @property
    def wall(self):
        return self.seconds if self.clock == "wall" else PATIENCE * self.seconds

    @property
    def planned(self):
        """What a tool that divides its time by the clock on the wall may count on: more where others run too."""
        waiting = os.getloadavg()[0] / os.cpu_count() if self.clock == "cpu" else 1
        return self.seconds * min(max(waiting, 1), PATIENCE)

    def exceeded(self, code, cpu):
        return code == -signal.SIGXCPU or (self.clock == "cpu" and cpu >= 0.98 * self.seconds)


def run(arguments, limit, core, directory):
    """Runs a program on one core; everything that it started ends with it."""
    def prepare():
        os.setsid()
        os.sched_setaffinity(0, {core})
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if limit.clock == "cpu":
            most = math.ceil(limit.seconds)
            resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))

    with tempfile.TemporaryFile() as out:
        started = time.monotonic()
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, cwd=directory, preexec_fn=prepare
        )
        late = threading.Event()

        def stop():
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit.wall, stop)
        timer.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            stop()
            raise
        finally:
            timer.cancel()
        seconds = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        output = out.read(1_000_000).decode(errors="replace")
    cpu = usage.ru_utime + usage.ru_stime
    return Ran(process.returncode, output, seconds, cpu, late.is_set() or limit.exceeded(process.returncode, cpu))


def judged(outcome, expected):
    """Whether an answer agrees with what the problem is known to be."""
    return outcome if expected == outcome or outcome not in ("proved", "refuted") else f"wrong: {outcome}"


class Bench:
    def __init__(self, options, scratch):
        self.options, self.scratch = options, Path(scratch)
        self.limit = Limit(options.time_limit, options.clock)
        self.core = sorted(os.sched_getaffinity(0))[-1]

    def run(self, arguments):
        return run(arguments, self.limit, self.core, self.scratch)

    def ours(self, spec):
        """What boundproof says: nothing is read from or written to a store."""
        arguments = [str(self.options.boundproof), "check", str(spec), "--fresh", "--jobs", "1", "--format", "json",
                     "--time-limit", str(self.limit.wall), "--proofs", str(self.scratch / "proofs" / spec.stem)]
        ran = self.run(arguments)
        # 0: as expected, 1: not; anything else is no answer to the question, and no lack of time either
        if not ran.late and ran.code not in (0, 1):
            sys.exit(f"error: {' '.join(arguments)}: exit code {ran.code}\n{ran.output}")
        claims = [] if ran.late else [claim for claim in json.loads(ran.output)["claims"] if claim["claim"]]
        verdict = claims[0]["verdict"] if claims else "late"
        # an exact point at which a term has no value is an answer of its own; the problems here have none
        outcome = {"proved": "proved", "refuted": "refuted"}.get(verdict, "late" if ran.late else "unknown")
        return Result(spec.stem, OURS, outcome, ran.seconds, ran.cpu, verdict)

    def exported(self, spec, dialect):
        """The exported script, or the reason why there is none."""
        arguments = [str(self.options.boundproof), "export", "smt2", str(spec), "--dialect", dialect]
        ran = subprocess.run(arguments, capture_output=True, text=True, check=False)
        return ran.stdout, next((line for line in ran.stderr.splitlines() if line.startswith("error")), "")

    def theirs(self, peer, spec, problem):
        text, refused = self.exported(spec, peer.dialect)
        if refused:
            return Result(spec.stem, peer.name, "inexpressible", 0.0, 0.0, refused)
        try:
            ending, script = peer.spell(text, problem, self.limit.planned)
        except smtlib.NotExpressible as error:
            return Result(spec.stem, peer.name, "inexpressible", 0.0, 0.0, str(error))
        path = self.scratch / f"{spec.stem}.{ending}"
        path.write_text(script)
        ran = self.run(peer.command(str(path)))
        answer, found = ("late", "") if ran.late else peer.interpret(ran.code, ran.output, problem)
        detail = found or ""
        if answer == "refuted":
            point = next((point for point in found if exact.violates(problem, point)), None)
            answer = answer if point else "unverified"
            detail = ", ".join(f"{name} = {value}" for name, value in (point or {}).items())
        return Result(spec.stem, peer.name, answer, ran.seconds, ran.cpu, detail)


def expectation(spec):
    """What the specification says of its claim."""
    return "refuted" if "expect refuted" in spec.read_text() else "proved"


def chosen(paths, scratch):
    """The specifications of files, directories and lists of problems; the tools run in another directory than this."""
    found = []
    for path in (Path(path).resolve() for path in paths):
        if path.suffix == ".json":
            found += specifications(path, Path(scratch) / "specs")
        else:
            found += sorted(path.rglob("*.spec")) if path.is_dir() else [path]
    if not found:
        sys.exit(f"error: no specification in {', '.join(map(str, paths))}")
    return found


def versions(peers):
    """The first number with points in it that each says of itself."""
    said = {}
    for peer in peers:
        ran = subprocess.run(peer.version, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        found = re.search(r"\d+(\.\d+)+", ran.stdout + ran.stderr)
        said[peer.name] = found[0] if found else "?"
    return said


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("problems", nargs="*", help="specifications, directories of them, or a problems.json")
    parser.add_argument("--boundproof", type=lambda path: Path(path).resolve(), required=True, help="the program")
    parser.add_argument("--time-limit", type=float, default=20, help="seconds for each problem and tool")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall", help="what the limit counts")
    parser.add_argument("--only", help="names of peers, with commas")
    parser.add_argument("--out", type=Path, required=True, help="a directory for peers.json and peers.md")
    return parser.parse_args()


def available(options):
    """The peers that can be run, and why the others cannot."""
    wanted = options.only.split(",") if options.only else None
    peers = [peer for peer in all_peers() if wanted is None or peer.name in wanted]
    missing = {peer.name: peer.missing for peer in peers if peer.missing}
    for name, reason in missing.items():
        print(f"not run: {name}: {reason}")
    return [peer for peer in peers if not peer.missing], missing


def measure(bench, peers, report):
    """Adds the results of every problem to the report, and writes it after each: a stopped run leaves what it has."""
    for spec in chosen(bench.options.problems, bench.scratch):
        script, refused = bench.exported(spec, "dreal")
        if refused:
            print(f"not run: {spec}: {refused}")
            continue
        problem, truth = smtlib.read(script), expectation(spec)
        row = [bench.ours(spec)] + [bench.theirs(peer, spec, problem) for peer in peers]
        for result in row:
            result.outcome = judged(result.outcome, truth)
        report["truths"][spec.stem] = truth
        report["results"] += map(asdict, row)
        print(f"{spec.stem:<26}", *(tables.cell(asdict(result), report["clock"]) for result in row), flush=True)
        (bench.options.out / "peers.json").write_text(json.dumps(report, indent=1) + "\n")
        (bench.options.out / "peers.md").write_text(tables.markdown(report))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    options = arguments()
    options.out.mkdir(parents=True, exist_ok=True)
    peers, missing = available(options)
    report = {"time_limit": options.time_limit, "clock": options.clock, "versions": versions(peers), "not_run": missing,
              "truths": {}, "results": []}
    with tempfile.TemporaryDirectory() as scratch:
        measure(Bench(options, scratch), peers, report)
    print("\n" + tables.summary(report))
    print(f"written: {options.out / 'peers.json'}, {options.out / 'peers.md'}")
    return 1 if any(result["outcome"].startswith("wrong") for result in report["results"]) else 0


if __name__ == "__main__":
    sys.exit(main())
