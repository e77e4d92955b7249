"""How fast dynamic models are simulated and matched: ours, a loop of numpy by hand, and a mesa model of the same.

    python benchmarks/dynamics.py [--quick]

One agent a unit in mesa, which is not needed otherwise: ``pip install mesa``. Goals, on two cores: two units, 17 years
and four case-periods of bands matched against 1,000,000 draws in 30 s within 2 GB, workers included; 32 units, 20 years
and 100,000 draws in 20 s. All three simulations start from the same draws and must come to the same stocks.
"""

from __future__ import annotations

import importlib.util
import statistics
import sys
import time

import numpy as np

from concausa.dynamics.band import Band
from concausa.dynamics.matching import match
from concausa.dynamics.model import Corner, Model
from concausa.dynamics.prior import prior
from concausa.dynamics.quantity import Derived, Flow, Input, Intervention, Parameter, Range, Stock
from concausa.dynamics.runs import rerun
from concausa.dynamics.setting import Course, Happening, Setting

GOAL_MATCHED, GOAL_MEMORY, GOAL_STATES = 30.0, 2.0, 20.0
WORKERS = 2
R = Range.of


def forum() -> Model:
    """Cohesion, bureaucracy and forums: twelve flows, a gate, four patterns."""
    to_1 = [Parameter(name, R(0, 0.6)) for name in ("aI", "aL", "aX", "bL", "bE", "gL")]
    loss = [Parameter("dC", R(0, 0.4)), Parameter("dB", R(0, 0.4)), Parameter("lam", R(0, 0.4))]
    shocks = [Parameter("tB", R(0, 2)), Parameter("eta", R(0, 2)), Parameter("council", R(0.35, 0.65))]
    return Model(
        "forum",
        (Stock("C", condition="BC"), Stock("B", condition="BQ"), Stock("I", R(0, 0))),
        (Input("L"), Input("T"), Input("F")),
        (*to_1, *loss, *shocks),
        (Derived("build", "max(L, min(B, L + I))"), Derived("G", "max(L, I * max(B, C))", "M7", "1")),
        (
            Flow("build-C", "C", True, "aL * build", "M1"),
            Flow("forum-C", "C", True, "aI * I", "M9"),
            Flow("federal-C", "C", True, "aX * F", "M12"),
            Flow("decay-C", "C", False, "dC * (1 - max(I, min(L, B)))"),
            Flow("embed-B", "B", True, "bE * min(C, I)", "M4"),
            Flow("staff-B", "B", True, "bL * L"),
            Flow("routine-B", "B", False, "dB"),
            Flow("turnover-B", "B", False, "tB * T * (1 - I)", "M8"),
            Flow("settle-I", "I", True, "gL * I * min(L, max(B, C))", "M9"),
            Flow("wither-I", "I", False, "lam * (1 - max(L, C, B))", "M9"),
            Flow("change-I", "I", False, "eta * T * (1 - max(B, C))", "M9"),
        ),
        (Intervention("council", "I", "council"),),
        (
            Corner("both", "BQ*BC", True),
            Corner("state", "BQ*~BC"),
            Corner("firms", "~BQ*BC"),
            Corner("none", "~BQ*~BC"),
        ),
        "G",
    )


def setting(units: tuple[str, ...], last: int) -> Setting:
    """Three governors, a federal window and a council for each unit."""
    courses, happenings = [], []
    for place, unit in enumerate(units):
        first, change, again = 2000, 2004 + place % 3, 2010 + place % 3
        for term, (start, end) in enumerate(((first, change - 1), (change, again - 1), (again, last))):
            courses.append(
                Course("L", unit, start, end, R(0.25 * term, 0.25 * term + 0.5), f"L {unit} {term}")
            )
        courses.append(Course("F", unit, 2004, last, R(1, 1)))
        happenings += [Happening("pulse", "T", unit, year, year) for year in (change, again)]
        happenings.append(Happening("move", "council", unit, change, change + 2, f"council {unit}"))
    return Setting(units, 2000, last, tuple(courses), tuple(happenings))


def bands(units: tuple[str, ...]) -> list[Band]:
    """Two case-periods a unit: cohesion and bureaucracy of each."""
    return [
        Band(
            f"{unit}-{first}.{stock}",
            unit,
            stock,
            first,
            first + 7,
            low,
            low + 0.5,
            "mean",
            f"{unit}-{first}",
        )
        for place, unit in enumerate(units)
        for first, low in ((2000, 0.0 + 0.25 * (place % 3)), (2008, 0.5 - 0.25 * (place % 3)))
        for stock in "CB"
    ]


def by_hand(draws: dict[str, np.ndarray], where: Setting) -> dict[str, np.ndarray]:
    """The same model as a researcher would write it: a loop over units and years, numpy over draws."""
    p = {name: 0.6 * draws[name] for name in ("aI", "aL", "aX", "bL", "bE", "gL")}
    p |= {name: 0.4 * draws[name] for name in ("dC", "dB", "lam")}
    p |= {"tB": 2 * draws["tB"], "eta": 2 * draws["eta"], "council": 0.35 + 0.3 * draws["council"]}
    years = range(where.first, where.last + 1)
    size = len(p["aI"])
    stocks = {name: np.zeros((len(years), len(where.units), size)) for name in "CBI"}
    for k, unit in enumerate(where.units):
        change, again = 2004 + k % 3, 2010 + k % 3
        leaders = [0.25 * term + 0.5 * draws[f"L {unit} {term}"] for term in range(3)]
        when = np.floor(change + 3 * draws[f"year of council {unit}"])
        c, b, i = draws[f"C of {unit} in 2000"], draws[f"B of {unit} in 2000"], np.zeros(size)
        for t, year in enumerate(years):
            if t:
                lead = leaders[0 if year < change else 1 if year < again else 2]
                turn, federal = float(year in (change, again)), float(year >= 2004)
                build = np.maximum(lead, np.minimum(b, lead + i))
                up_c = p["aL"] * build + p["aI"] * i + p["aX"] * federal
                down_c = p["dC"] * (1 - np.maximum(i, np.minimum(lead, b)))
                up_b = p["bE"] * np.minimum(c, i) + p["bL"] * lead
                down_b = p["dB"] + p["tB"] * turn * (1 - i)
                up_i = p["gL"] * i * np.minimum(lead, np.maximum(b, c))
                down_i = p["lam"] * (1 - np.maximum(np.maximum(lead, c), b)) + p["eta"] * turn * (
                    1 - np.maximum(b, c)
                )
                moved = []
                for x, up, down in ((c, up_c, down_c), (b, up_b, down_b), (i, up_i, down_i)):
                    total = up + down
                    goal = np.where(total > 0, up / np.where(total > 0, total, 1), x)
                    moved.append(goal + (x - goal) * np.exp(-total))
                c, b, i = moved
            i = np.where(when == year, np.maximum(i, p["council"]), i)
            stocks["C"][t, k], stocks["B"][t, k], stocks["I"][t, k] = c, b, i
    return stocks


def by_mesa(draws: dict[str, np.ndarray], where: Setting, count: int) -> dict[str, np.ndarray]:
    """The same model with one agent a unit, draw after draw."""
    import math

    import mesa

    class State(mesa.Agent):
        def __init__(self, model: mesa.Model, place: int, unit: str, d: dict[str, float]) -> None:
            super().__init__(model)
            self.change, self.again = 2004 + place % 3, 2010 + place % 3
            self.leaders = [0.25 * term + 0.5 * d[f"L {unit} {term}"] for term in range(3)]
            self.when = math.floor(self.change + 3 * d[f"year of council {unit}"])
            self.c, self.b, self.i = d[f"C of {unit} in 2000"], d[f"B of {unit} in 2000"], 0.0
            self.path = [(self.c, self.b, self.i)]

        def step(self) -> None:
            p, year, c, b, i = self.model.p, self.model.year, self.c, self.b, self.i
            lead = self.leaders[0 if year < self.change else 1 if year < self.again else 2]
            turn, federal = float(year in (self.change, self.again)), float(year >= 2004)
            rates = (
                (
                    c,
                    p["aL"] * max(lead, min(b, lead + i)) + p["aI"] * i + p["aX"] * federal,
                    p["dC"] * (1 - max(i, min(lead, b))),
                ),
                (b, p["bE"] * min(c, i) + p["bL"] * lead, p["dB"] + p["tB"] * turn * (1 - i)),
                (
                    i,
                    p["gL"] * i * min(lead, max(b, c)),
                    p["lam"] * (1 - max(lead, c, b)) + p["eta"] * turn * (1 - max(b, c)),
                ),
            )
            moved = []
            for x, up, down in rates:
                goal = up / (up + down) if up + down > 0 else x
                moved.append(goal + (x - goal) * math.exp(-(up + down)))
            self.c, self.b, self.i = moved
            if self.when == year:
                self.i = max(self.i, p["council"])
            self.path.append((self.c, self.b, self.i))

    class States(mesa.Model):
        def __init__(self, d: dict[str, float]) -> None:
            super().__init__(rng=0)
            self.p = {name: 0.6 * d[name] for name in ("aI", "aL", "aX", "bL", "bE", "gL")}
            self.p |= {name: 0.4 * d[name] for name in ("dC", "dB", "lam")}
            self.p |= {"tB": 2 * d["tB"], "eta": 2 * d["eta"], "council": 0.35 + 0.3 * d["council"]}
            self.year = where.first
            self.states = [State(self, place, unit, d) for place, unit in enumerate(where.units)]

        def step(self) -> None:
            self.year += 1
            self.agents.do("step")

    paths = []
    for one in range(count):
        model = States({name: float(places[one]) for name, places in draws.items()})
        for _ in range(where.last - where.first):
            model.step()
        paths.append([state.path for state in model.states])
    found = np.array(paths)  # draws, units, years, stocks
    return {name: found[..., place].transpose(2, 1, 0) for place, name in enumerate("CBI")}


def timed(work, rounds: int):
    """The median seconds of a processor over some rounds, and what the last gave."""
    seconds = []
    for _ in range(rounds):
        started = time.process_time()
        found = work()
        seconds.append(time.process_time() - started)
    return statistics.median(seconds), found


def same(one, other) -> bool:
    return all(np.allclose(one[name], other[name][..., : one[name].shape[-1]], atol=1e-10) for name in one)


def compared(draws: int, few: int, rounds: int) -> None:
    """Ours beside the loop by hand and mesa, per million years of a unit in a draw."""
    model, where = forum(), setting(("NL", "PUE"), 2016)
    cells = draws * len(where.units) * len(where.years)
    points = prior(model, where).draw(draws, seed=0)
    ours, runs = timed(lambda: rerun(model, where, points), rounds)
    hand, stocks = timed(lambda: by_hand(points, where), rounds)
    print(
        f"\n{draws:,} draws, 2 units, 17 years: seconds, seconds a million unit-years, and how many times ours"
    )
    row = "  {:28} {:8.3f} {:10.3f} {:8.1f}"
    print(row.format("concausa", ours, ours / cells * 1e6, 1))
    print(
        row.format("numpy by hand", hand, hand / cells * 1e6, hand / ours),
        "" if same(stocks, runs.stocks) else "DIFFERS",
    )
    if importlib.util.find_spec("mesa") is None:
        print("  mesa: not installed (pip install mesa)")
        return
    agents, paths = timed(lambda: by_mesa(points, where, few), min(rounds, 3))
    scaled = agents * draws / few
    print (row .format (f"mesa ({few:,} draws, scaled)",scaled ,scaled /cells *1e6 ,scaled /ours ),
    ""if same (paths ,runs .stocks )else "DIFFERS")  # fmt: skip


def used() -> tuple[float, float, float]:
    """Seconds on the clock, seconds of processors, and gigabytes at the peak, of this process and its workers."""
    import resource

    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
    gigabyte = 1 << 20 if sys.platform != "darwin" else 1 << 30
    return time.perf_counter(), seconds, (own.ru_maxrss + WORKERS * child.ru_maxrss) / gigabyte


def measured(name: str, work, goal: float):
    """What some work gives, and the seconds that it takes; whether it fails the goal on processors of its own."""
    clock, seconds, _ = used()
    found = work()
    now, later, peak = used()
    alone = (later - seconds) / WORKERS
    print(f"{name}: {now - clock:.1f} s on the clock, {alone:.1f} s of each of {WORKERS} processors", end="")
    print(f" (goal {goal:.0f} s); {peak:.2f} GB at the peak (goal {GOAL_MEMORY:.0f} GB)")
    return found, alone > goal or peak > GOAL_MEMORY


def main() -> int:
    quick = "--quick" in sys.argv[1:]
    many, states = (100_000, 10_000) if quick else (1_000_000, 100_000)
    two, all_states = ("NL", "PUE"), tuple(f"S{place:02d}" for place in range(32))

    def matched():
        return match(forum(), setting(two, 2016), bands(two), draws=many, workers=WORKERS)

    found, slow = measured(f"{many:,} draws, 2 units, 17 years, 4 case-periods", matched, GOAL_MATCHED)
    print(f"  {found.share()}")

    def wide():
        return match(
            forum(), setting(all_states, 2019), bands(all_states)[:60], draws=states, workers=WORKERS
        )

    _, too_slow = measured(f"{states:,} draws, 32 units, 20 years, 30 case-periods", wide, GOAL_STATES)
    narrow = [
        Band(b.id, b.unit, b.formula, b.first, b.last, b.low + 0.14, b.high - 0.14, item=b.item)
        for b in bands(two)
    ]
    rare = match(forum(), setting(two, 2016), narrow, draws=10_000)
    waved, _ = measured("waves for a rare match", rare.admitted, GOAL_MATCHED)
    print(
        f"  {len(waved.waves)} waves, {waved.effective:.0f} effective of {waved.draws:,} draws, r-hat {waved.r_hat:.3f}"
    )
    print(f"  {waved.share}")

    compared(8192 if quick else 65_536, 50 if quick else 200, 3 if quick else 7)
    return int(not quick and (slow or too_slow))


if __name__ == "__main__":
    sys.exit(main())
