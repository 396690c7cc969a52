"""All checks in their order; those that read the tables only where the tables are there."""

from collections.abc import Callable, Iterator

from portal.desk.checkup import contests, machine, office, work
from portal.desk.checkup.findings import Finding, Patient

OUTSIDE: tuple[Callable[[Patient], Finding], ...] = (machine.secrets, machine.address, machine.proxies, machine.limits, machine.files)
INSIDE: tuple[Callable[[Patient], Finding], ...] = (
    work.data_keys,
    office.home_agency,
    office.administrators,
    office.receivers,
    contests.judges,
    contests.left_behind,
    office.pool,
    office.responsible_officers,
    office.holidays,
    office.deadlines,
    work.worker,
    work.failed_jobs,
    work.index,
    work.chain,
)


def examine(patient: Patient) -> Iterator[Finding]:
    """Run every check; those after the database rest on it."""
    yield from (check(patient) for check in OUTSIDE)
    schema = machine.schema(patient)
    yield schema
    if schema.fine:
        yield from (check(patient) for check in INSIDE)
