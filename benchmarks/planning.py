"""The optimiser on generated provinces: value, bound, time and memory; run by `python -m benchmarks.planning [size-seed …]`.

Times are of this process, in CPU and wall seconds; on a busy machine read the CPU time. Each size runs in its own process, so that the
peak of memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time

import numpy as np

from lientuc.planning.optimiser.bound import prove_bound
from lientuc.planning.optimiser.check import check
from lientuc.planning.optimiser.files import read_instance
from lientuc.planning.optimiser.ground import Ground
from lientuc.planning.optimiser.quarterly import QuarterModel
from lientuc.planning.optimiser.sifting import Sifted
from lientuc.planning.optimiser.solve import plan, preview
from lientuc.planning.optimiser.weeks import place_in_weeks
from lientuc.planning.optimiser.year import YearModel
from tests.planning.optimiser.data import check_plan, generate_instances

SIZES = ("small-1", "small-2", "small-3", "province-1", "province-2", "province-3", "big-1")
FEWER = ("small-1", "small-2")
PLAIN = 10
"""The plain quarter model may take so many times as long as the bound before it is stopped."""


def measure(name: str) -> None:
    """One line for the plan, one for what surrounds it."""
    size, seed = name.split("-")
    instance = generate_instances.generate(size, int(seed))
    began, cpu = time.perf_counter(), time.process_time()
    asked = read_instance(instance)
    made = plan(asked)
    wall, cpu = time.perf_counter() - began, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    violations, value = check_plan.check(instance, json.loads(json.dumps(_lines(made))))
    assert abs(value - made.value) < 1e-3
    assert made.certificate is not None
    assert made.bound is not None
    proved = abs(prove_bound(asked, made.certificate) - made.bound) < 1e-3
    kinks = sum(price.kink for price in made.prices)
    print(
        f"plan {name}: value {made.value:,.1f}, bound {made.bound:,.1f} ({'proved' if proved else 'NOT PROVED'}), "
        f"ratio {made.value / made.bound:.4f}, {wall:.1f} s ({cpu:.1f} s CPU), {memory:.0f} MB, "
        f"{len(violations) + len(check(asked, made))} violations, {kinks} of {len(made.prices)} prices are kinks"
    )
    began = time.process_time()
    drawn = preview(asked)
    previewed = time.process_time() - began
    calendar = place_in_weeks(asked, made)
    lost = sum(each.persons for each in calendar.unplaced)
    seats = sum(each.seats for each in made.seats)
    print(
        f"plan {name}: preview {drawn.value:,.1f} in {previewed:.1f} s CPU; calendar leaves {lost} of {seats} seats without a week"
    )
    if size == "big":
        _bound_against_plain(name, Ground(asked))


def _bound_against_plain(name: str, ground: Ground) -> None:
    began = time.process_time()
    Sifted(YearModel(ground)).solve()
    ours = time.process_time() - began
    model = QuarterModel(ground, np.arange(len(ground.p_need)))
    began = time.process_time()
    model.solver(model.lower, model.upper, time_limit=PLAIN * ours).run()
    plain = time.process_time() - began
    print(f"plan {name}: bound in {ours:.1f} s, plain quarter model at least {plain:.1f} s CPU: 1/{plain / ours:.1f}")


def _lines(made: object) -> dict[str, object]:
    from lientuc.planning.optimiser.plan_files import plan_file

    return plan_file(made)  # type: ignore[arg-type]


def main() -> None:
    """Each size in a process of its own."""
    names = sys.argv[1:] or (FEWER if os.environ.get("LIENTUC_BENCH_SMALL") else SIZES)
    if len(names) == 1:
        measure(names[0])
        return
    codes = [subprocess.run([sys.executable, "-m", __spec__.name, name], check=False).returncode for name in names]
    sys.exit(max(codes))


if __name__ == "__main__":
    main()
