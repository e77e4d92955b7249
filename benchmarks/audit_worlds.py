"""How long findings over worlds take: ``python benchmarks/audit_worlds.py [WORKERS] [SCHEDULER]``.

All claims of the bundled study: exactly, over every world of each claim's own choices; and, to see what
claims with too many worlds would cost, over 100,000 drawn worlds each, as if no claim could be visited whole.
Then what the findings rest on and what to look for next; then the same verdicts one world after the other in plain
Python (the slow twin of the tests), for a part of the claims, as a ratio. Last, claims made up to be hard: 20 choices
of two options, of which the verdict is a threshold, a random sum of products, or drawn. Peak memory is that of the
first process.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from itertools import islice, product
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from concausa.audit.claims.claim_test import claim_test
from concausa.audit.claims.verdict import Verdict
from concausa.audit.findings.deciding import formulas
from concausa.audit.findings.findings import Findings, findings
from concausa.audit.findings.influence import influences
from concausa.audit.findings.next_evidence import next_evidence
from concausa.audit.findings.overturning import smallest_changes
from concausa.audit.findings.rests_on import drops
from concausa.audit.findings.verdict_table import VerdictTable
from concausa.audit.worlds.open_choice import OpenChoice, Option
from concausa.core.caveat import Caveat
from concausa.study.study import Study

#: Claims that are judged one world after the other as well, and worlds of each.
CLAIMS = ("K-necessary-EL", "K-jointly-sufficient", "K-typology-state-led", "K-substitution", "K-inus-EL")
ONE_BY_ONE = 200


def timed(label: str, work: Callable[[], str]) -> None:
    start = time.perf_counter()
    said = work()
    print(f"{time.perf_counter() - start:8.2f} s  {label}: {said}", flush=True)


def told(found: Findings) -> str:
    written = json.dumps([one.data() for one in found]).encode()
    worlds = sum(one.total for one in found)
    return f"{len(found)} claims, {worlds:,} worlds, result {sha256(written).hexdigest()[:12]}"


def against_one_by_one(found: Findings) -> None:
    """The verdicts of five claims in every world of their choices, by tables and one by one."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from tests.reference.one_world import one_verdict

    within = found.worlds
    claims = [found.of(id).claim for id in CLAIMS]
    tests = [claim_test(within, claim) for claim in claims]
    spans = [{place: range(within.space.sizes[place]) for place in test.choices} for test in tests]
    sizes = [prod(map(len, span.values())) for span in spans]
    start = time.perf_counter()
    for claim, span in zip(claims, spans, strict=True):
        claim_test(within, claim).combined({place: np.array(options) for place, options in span.items()})
    tables = time.perf_counter() - start
    start = time.perf_counter()
    seen = 0
    for claim, span in zip(claims, spans, strict=True):
        for options in islice(product(*span.values()), ONE_BY_ONE):
            one_verdict(
                within, claim, dict(enumerate(within.space.preferred)) | dict(zip(span, options, strict=True))
            )
            seen += 1
    slow = (time.perf_counter() - start) / seen * sum(sizes)
    print(
        f"{tables:8.3f} s  {sum(sizes):,} worlds of {len(claims)} claims by tables; one by one {slow:.1f} s "
        f"(from {seen} of them), {slow / tables:,.0f} times",
        flush=True,
    )


def hard(verdicts: np.ndarray) -> str:
    option = Caveat.of("option", "o")
    choice = OpenChoice("c", "cell", option, (Option("a", option), Option("b", option)))
    choices = [choice] * verdicts.ndim
    classes = (((0,), (1,)),) * verdicts.ndim
    table = VerdictTable(tuple(range(verdicts.ndim)), classes, verdicts.astype(np.int8)).reduced()
    found = formulas(table, choices)
    influences(table, choices)
    smallest_changes(table, [0] * verdicts.ndim, choices)
    return ", ".join(
        f"{word} {one.needed} terms ({'fewest' if one.fewest else 'bound'})"
        if one.models
        else f"{word} too long"
        for word, one in found.items()
    )


def sums(choices: int, terms: int, seed: int) -> np.ndarray:
    """True where all three literals of one of some random terms hold."""
    rng = np.random.default_rng(seed)
    grid, table = np.indices((2,) * choices, dtype=np.int8), np.zeros((2,) * choices, dtype=bool)
    for _ in range(terms):
        some = rng.choice(choices, 3, replace=False)
        table |= np.logical_and.reduce([grid[axis] == rng.integers(2) for axis in some])
    return table


def main(workers: int, scheduler: str | None) -> None:
    where: dict[str, Any] = {"workers": workers, "scheduler": scheduler}
    study = Study.load("prosoft")
    timed("exactly", lambda: told(findings(study, **where)))
    timed("100,000 worlds drawn a claim", lambda: told(findings(study, bound=1, **where)))
    found = findings(study)
    timed(
        "every piece of evidence taken out", lambda: f"{len(drops(study, found, base=found.worlds))} pieces"
    )
    timed("what to look for next", lambda: f"{len(next_evidence(found))} leads")
    against_one_by_one(found)
    many = np.indices((2,) * 20, dtype=np.int8).sum(axis=0)
    timed("at least 18 of 20", lambda: hard(many >= 18))
    timed("at least 10 of 20", lambda: hard(many >= 10))
    timed("sum of 8 products of 3 of 20", lambda: hard(sums(20, 8, 1)))
    timed("sum of 20 products of 3 of 20", lambda: hard(sums(20, 20, 1)))
    drawn = np.random.default_rng(1).choice([Verdict.CONTRADICTED, Verdict.SUPPORTED], (2,) * 19)
    timed("drawn verdicts of 19 choices", lambda: hard(drawn))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1, sys.argv[2] if len(sys.argv) > 2 else None)
