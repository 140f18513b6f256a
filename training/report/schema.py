"""The JSON schema of the report on a model: ``python -m`` writes it anew."""

import json
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter

from training.evaluation_data import SCHEMA_VERSION, Report

SCHEMA_FILE: Final = Path(__file__).parent / "evaluation_schema.json"


def json_schema() -> dict[str, Any]:
    """Return the schema, as JSON Schema 2020-12 has it."""
    schema = TypeAdapter(Report).json_schema(mode="serialization")
    title = f"Gavel's report on a model, version {SCHEMA_VERSION}"
    return {**schema, "title": title}


if __name__ == "__main__":
    SCHEMA_FILE.write_text(json.dumps(json_schema(), indent=1) + "\n", "utf-8")
