"""``portal sample verify``: from a published file alone, without database or network."""

import json
from pathlib import Path

import click

from portal.monitoring.samples.rules import faults


@click.group("sample")
def sample_commands() -> None:
    """The monthly sample of closed cases."""


@sample_commands.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Draw the sample of a published FILE (JSON) again, and say whether it is the same."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        if told["state"] != "drawn":
            raise click.ClickException("This sample is not drawn yet; what can be verified is published with the draw")
        found = faults(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise click.ClickException("This is not the published file of a sample") from error
    if found:
        raise click.ClickException("; ".join(found))
    click.echo(f"{told['slug']}: the {told['size']} drawn of {len(told['list'])} are those that the seed draws")
