"""The commands ``gavel models …``: which versions there are, and which one scores."""

import json
from pathlib import Path
from typing import Any

import click

from labels.settings import Settings, load_settings
from model.bundled_model import BUNDLED, CHOICE
from model.promoted import RegistryError
from model.registry import Registry


@click.group()
def models() -> None:
    """List versions of the model, and promote one of them."""


@models.command("list")
def list_models() -> None:
    """List the versions on this machine; * marks the one that scores."""
    settings = _settings()
    registry = Registry(settings.instance)
    promoted = registry.promoted()
    version = promoted.version if promoted else None
    for one in registry.versions():
        mark = "*" if one == version and settings.model is None else " "
        click.echo(f"{mark} {one}  {_card(registry.path_of(one)).get('name', '')}")
    if settings.model is not None:
        card = _card(settings.model)
        click.echo(f"* {card.get('version', '?')}  {settings.model} (GAVEL_MODEL)")
    elif promoted is None:
        card = _card(BUNDLED)
        click.echo(f"* {card['version']}  {card['name']} (bundled)")


@models.command()
@click.argument("version", required=False)
def show(version: str | None) -> None:
    """Print the card of a VERSION, or of the one that is promoted."""
    registry = Registry(_settings().instance)
    promoted = registry.promoted()
    if version is not None:
        folder = registry.path_of(registry.find(version))
    else:
        folder = registry.path_of(promoted.version) if promoted else BUNDLED
    click.echo(json.dumps(_card(folder), indent=2, ensure_ascii=False))


@models.command()
@click.argument("model", metavar="FOLDER_OR_VERSION")
def promote(model: str) -> None:
    """Have a model score from now on: a version that is here, or a folder.

    A folder is checked and copied in. A service that runs takes the model up within
    a second, without a pause; with SIGHUP at once.
    """
    registry = _open_registry()
    is_folder = "/" in model or Path(model).is_dir()
    version = registry.add(Path(model)) if is_folder else registry.find(model)
    registry.promote(version)
    click.echo(f"{version} is promoted")


@models.command()
def rollback() -> None:
    """Have the model score that was promoted before this one."""
    click.echo(f"{_open_registry().roll_back().version} is promoted")


def _open_registry() -> Registry:
    settings = _settings()
    if settings.model is not None:
        raise RegistryError(
            f"GAVEL_MODEL names {settings.model}, so that model scores whatever is "
            "promoted; unset it first"
        )
    return Registry(settings.instance)


def _settings() -> Settings:
    return load_settings(only=CHOICE)


def _card(folder: Path) -> dict[str, Any]:
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RegistryError(
            f"the model in {folder} is damaged: its card cannot be read ({error})"
        ) from error
    return dict(card)
