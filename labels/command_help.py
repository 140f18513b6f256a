"""Reads the one-line help of a command from its source, without importing it.

Importing every command for ``gavel --help`` would load NumPy, Flask and scikit-learn.
"""

import ast
from importlib.util import find_spec
from pathlib import Path

import click


def short_help(target: str, limit: int) -> str:
    """Return what click would show of ``module:function`` in a list of commands.

    The function may be defined in that module or imported into it by name. Nothing is
    returned for one that cannot be found, as calling it says what is wrong.

    Args:
        target: an entry point's value.
        limit: the most characters.
    """
    module, _, function = target.partition(":")
    docstring = _docstring(module, function)
    return click.Command(function, help=docstring).get_short_help_str(limit)


def _docstring(module: str, name: str) -> str | None:
    source = _source(module)
    if source is None:
        return None
    for node in ast.parse(source.read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return ast.get_docstring(node)
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    return _docstring(node.module, alias.name)
    return None


def _source(module: str) -> Path | None:
    """Return the file of a package's module; ``find_spec`` would import the package."""
    package, *inner = module.split(".")
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0], *inner).with_suffix(".py")
    return path if path.is_file() else None
