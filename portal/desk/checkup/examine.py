"""All checks in their order; those that read the tables only where the tables are there."""

from collections.abc import Callable, Iterator

from portal.desk.checkup import contests, levels, machine, office, promises, stored, work
from portal.desk.checkup.findings import Finding, Patient

OUTSIDE: tuple[Callable[[Patient], Finding], ...] = (machine.secrets, machine.address, machine.proxies, machine.limits, machine.files)
INSIDE: tuple[Callable[[Patient], Finding], ...] = (
    work.data_keys,
    stored.integrity_keys,
    stored.clock,
    stored.mail,
    stored.mailboxes,
    office.home_agency,
    office.administrators,
    promises.second_factors,
    office.receivers,
    contests.judges,
    contests.foreseen,
    contests.left_behind,
    promises.privacy_officers,
    promises.collectors,
    promises.policies,
    promises.retention,
    promises.ledger,
    office.pool,
    office.responsible_officers,
    office.owners,
    office.holidays,
    office.deadlines,
    stored.options,
    stored.texts,
    work.worker,
    work.failed_jobs,
    work.index,
    work.tallies,
    levels.levels,
    work.chain,
)


def examine(patient: Patient) -> Iterator[Finding]:
    """Run every check; those after the database rest on it."""
    yield from (check(patient) for check in OUTSIDE)
    schema = machine.schema(patient)
    yield schema
    if schema.fine:
        yield from (check(patient) for check in INSIDE)
