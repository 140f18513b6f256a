import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from labels.settings import Settings
from model.artefact_format import ArtefactError
from model.bundled_model import BUNDLED, model_folder, scorer_of
from model.cli import main
from model.first_start import prepare_registry
from model.promoted import RegistryError
from model.registry import Registry
from model.scorer import Scorer


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return Registry(tmp_path / "instance")


def gavel(*words: object) -> Result:
    return CliRunner().invoke(main, ["models", *map(str, words)], prog_name="gavel")


@pytest.fixture
def instance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The instance folder of the commands that a test calls."""
    monkeypatch.setenv("GAVEL_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def test_a_model_is_added_under_its_version(registry: Registry, artefact: Path) -> None:
    version = registry.add(artefact)
    assert version == Scorer.load(artefact).version
    assert registry.versions() == [version]
    assert Scorer.load(registry.path_of(version)).version == version


def test_a_model_that_is_added_twice_is_there_once(
    registry: Registry, artefact: Path
) -> None:
    registry.add(artefact)
    registry.add(artefact)
    assert len(list(registry.folder.iterdir())) == 1


def test_a_damaged_copy_is_mended_by_adding_it_again(
    registry: Registry, artefact: Path
) -> None:
    version = registry.add(artefact)
    (registry.path_of(version) / "bias.npy").write_bytes(b"")
    registry.add(artefact)
    assert registry.load(version).version == version


def test_what_is_no_model_is_not_added(registry: Registry, tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="there is no model in"):
        registry.add(tmp_path)
    assert registry.versions() == []


def test_a_damaged_version_is_not_promoted(registry: Registry, artefact: Path) -> None:
    version = registry.add(artefact)
    (registry.path_of(version) / "bias.npy").write_bytes(b"")
    with pytest.raises(ArtefactError, match="differs from its checksum"):
        registry.promote(version)
    assert registry.promoted() is None


def test_roll_back_returns_to_what_was_before(
    registry: Registry, artefact: Path
) -> None:
    first, second = registry.add(BUNDLED), registry.add(artefact)
    registry.promote(first)
    registry.promote(second)
    assert registry.roll_back().version == first
    with pytest.raises(RegistryError, match="no version was promoted before"):
        registry.roll_back()


def test_the_promoted_model_scores_where_the_settings_name_none(
    registry: Registry, artefact: Path
) -> None:
    settings = Settings(instance=registry.folder.parent)
    assert model_folder(settings) == BUNDLED
    version = registry.add(artefact)
    registry.promote(version)
    assert scorer_of(settings).version == version


def test_the_settings_outrank_what_is_promoted(
    registry: Registry, artefact: Path
) -> None:
    registry.promote(registry.add(BUNDLED))
    settings = Settings(instance=registry.folder.parent, model=artefact)
    assert model_folder(settings) == artefact


@pytest.mark.parametrize("damage", ["", "[]", '{"version": "../x", "earlier": []}'])
def test_a_damaged_pointer_is_refused_with_its_remedy(
    registry: Registry, artefact: Path, damage: str
) -> None:
    registry.add(artefact)
    (registry.folder / "promoted.json").write_text(damage)
    with pytest.raises(RegistryError, match="is damaged; remove it and promote"):
        model_folder(Settings(instance=registry.folder.parent))


def test_the_first_start_promotes_the_bundled_model(registry: Registry) -> None:
    prepare_registry(Settings(instance=registry.folder.parent))
    promoted = registry.promoted()
    assert promoted is not None
    assert promoted.version == Scorer.load(BUNDLED).version


def test_a_newer_bundled_model_is_only_offered(
    registry: Registry, artefact: Path, caplog: pytest.LogCaptureFixture
) -> None:
    version = registry.add(artefact)
    registry.promote(version)
    prepare_registry(Settings(instance=registry.folder.parent))
    promoted = registry.promoted()
    assert promoted is not None
    assert promoted.version == version
    bundled = Scorer.load(BUNDLED).version
    assert caplog.messages == [
        f"this Gavel brings model {bundled}, and {version} stays promoted; to change "
        f"run: gavel models promote {bundled}"
    ]


def test_a_model_in_the_settings_leaves_the_registry_alone(
    registry: Registry, artefact: Path
) -> None:
    prepare_registry(Settings(instance=registry.folder.parent, model=artefact))
    assert not registry.folder.exists()


@pytest.mark.usefixtures("instance")
def test_the_commands_promote_list_show_and_roll_back(artefact: Path) -> None:
    ours, other = Scorer.load(BUNDLED).version, Scorer.load(artefact).version
    assert gavel("promote", BUNDLED).output == f"{ours} is promoted\n"
    assert gavel("promote", artefact).output == f"{other} is promoted\n"
    assert set(gavel("list").output.splitlines()) == {
        f"  {ours}  gavel",
        f"* {other}  {Scorer.load(artefact).name}",
    }
    assert gavel("rollback").output == f"{ours} is promoted\n"
    assert gavel("promote", other[:6]).output == f"{other} is promoted\n"
    assert json.loads(gavel("show").output)["version"] == other


def test_nothing_is_promoted_beside_a_model_in_the_settings(
    instance: Path, artefact: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAVEL_MODEL", str(artefact))
    for words in (["promote", artefact], ["rollback"]):
        result = gavel(*words)
        assert result.exit_code == 1
        assert result.output == (
            f"gavel: GAVEL_MODEL names {artefact}, so that model scores whatever is "
            "promoted; unset it first\n"
        )
    assert not instance.exists()


@pytest.mark.usefixtures("instance")
def test_a_version_that_is_not_there_is_refused_in_one_line(artefact: Path) -> None:
    version = Scorer.load(artefact).version
    gavel("promote", artefact)
    result = gavel("promote", "zzz")
    assert (result.exit_code, result.output) == (
        1,
        f"gavel: no version begins with 'zzz'; there are: {version}\n",
    )


def test_a_card_that_is_gone_is_told_in_one_line(
    instance: Path, artefact: Path
) -> None:
    gavel("promote", artefact)
    shutil.rmtree(instance / "models" / Scorer.load(artefact).version)
    result = gavel("show")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
