"""Measuring a scene: the two sides in turns, so that a busy moment of the machine falls on both, and the medians of the rounds."""

from dataclasses import dataclass
from statistics import median

from tests.bench.generator import Load, Outcome, run
from tests.bench.scenes import Aim, Scene, Side

WARM_UP_SECONDS = 0.4


@dataclass(frozen=True)
class Figures:
    """One side: latencies in milliseconds, ``cpu`` the server's own milliseconds for a request."""

    per_second: float
    p50: float
    p95: float
    p99: float
    cpu: float


@dataclass(frozen=True)
class Result:
    """A scene measured; the ratios are medians over the rounds."""

    name: str
    other_name: str
    real: Figures
    other: Figures
    throughput: float
    slowness: float
    cpu: float
    memory: int
    aim: Aim | None

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None without one."""
        if self.aim is None:
            return None
        if self.aim.least is not None:
            return self.throughput >= self.aim.least
        return self.slowness <= (self.aim.most or 0)


def measure(scene: Scene, rounds: int, seconds: float) -> Result:
    """A B A B …; raises ``RuntimeError`` if an answer is not the one that should be measured."""
    for side in (scene.real, scene.other):
        _round(scene, side, WARM_UP_SECONDS)
    pairs = [(_round(scene, scene.real, seconds), _round(scene, scene.other, seconds)) for _ in range(rounds)]
    real, other = [first for first, _ in pairs], [second for _, second in pairs]
    return Result(
        name=scene.name,
        other_name=scene.other_name,
        real=_median(real),
        other=_median(other),
        throughput=median(one.per_second / two.per_second for one, two in pairs),
        slowness=median(one.p95 / two.p95 for one, two in pairs),
        cpu=median(one.cpu / two.cpu for one, two in pairs),
        memory=scene.real.server.worker_memory(),
        aim=scene.aim,
    )


def _round(scene: Scene, side: Side, seconds: float) -> Figures:
    load = Load(side.server.port, side.requests(), seconds, scene.connections, side.once)
    before = side.server.cpu_seconds()
    outcome = run(load)
    if set(outcome.statuses) != {side.status}:
        raise RuntimeError(f"{scene.name}: expected only {side.status}, got {dict(outcome.statuses)}")
    return _figures(outcome, side.server.cpu_seconds() - before)


def _figures(outcome: Outcome, cpu_seconds: float) -> Figures:
    ordered = sorted(outcome.latencies)

    def percentile(share: float) -> float:
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    count = len(ordered)
    return Figures(count / outcome.seconds, percentile(0.5), percentile(0.95), percentile(0.99), 1000 * cpu_seconds / count)


def _median(figures: list[Figures]) -> Figures:
    names = ("per_second", "p50", "p95", "p99", "cpu")
    return Figures(*(median(getattr(one, name) for one in figures) for name in names))
