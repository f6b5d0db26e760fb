"""The values for the cluster: of a form that the chart takes, and in line with the image and with what was measured."""

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

import vermarkting.hub

FOLDER = Path(vermarkting.hub.__file__).parent / "kubernetes"
VALUES = yaml.safe_load((FOLDER / "values.yaml").read_text(encoding="utf-8"))
# The part of the chart's own schema that we use: a kind, or a table; the chart refuses every other name.
QUANTITY = re.compile(r"\d+(\.\d+)?(M|G|Mi|Gi)?")
SCHEMA = {
    "proxy": {"https": {"enabled": bool, "hosts": list, "letsencrypt": {"contactEmail": str}}},
    "hub": {
        "db": {"type": {"sqlite-pvc", "sqlite-memory", "mysql", "postgres", "other"}, "pvc": {"storage": QUANTITY}},
        "concurrentSpawnLimit": int,
        "config": dict,  # traitlets: any
    },
    "singleuser": {
        "image": {"name": str, "tag": str},
        "cmd": list,
        "uid": int,
        "fsGid": int,
        "startTimeout": int,
        "memory": {"guarantee": QUANTITY, "limit": QUANTITY},
        "cpu": {"guarantee": (int, float), "limit": (int, float)},
        "storage": {"capacity": QUANTITY, "homeMountPath": str},
        "cloudMetadata": {"blockWithIptables": bool},
        "networkPolicy": {"enabled": bool, "egressAllowRules": {"nonPrivateIPs": bool}},
    },
    "cull": {"enabled": bool, "timeout": int, "every": int},
    "scheduling": {
        "userScheduler": {"enabled": bool},
        "podPriority": {"enabled": bool},
        "userPlaceholder": {"replicas": int},
    },
    "prePuller": {"continuous": {"enabled": bool}},
}


def faults(values: object, schema: object, place: str = "") -> list[str]:
    """Name what the schema does not allow."""
    if isinstance(schema, dict):
        if not isinstance(values, dict):
            return [place]
        return [
            fault
            for name, value in values.items()
            for fault in ([f"{place}.{name}"] if name not in schema else faults(value, schema[name], f"{place}.{name}"))
        ]
    if isinstance(schema, re.Pattern):
        return [] if schema.fullmatch(str(values)) else [place]
    if isinstance(schema, set):
        return [] if values in schema else [place]
    alike = isinstance(values, schema) and not (schema is not bool and isinstance(values, bool))
    return [] if alike else [place]


def test_the_chart_takes_the_values():
    assert faults(VALUES, SCHEMA) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"hubs": {}},
        {"cull": {"timeout": "1h"}},
        {"singleuser": {"memory": {"limit": "veel"}}},
        {"hub": {"db": {"type": "x"}}},
    ],
)
def test_what_the_chart_refuses_is_found(wrong):
    assert len(faults(wrong, SCHEMA)) == 1


def test_values_and_image_are_about_the_same_student():
    user, recipe = VALUES["singleuser"], (FOLDER / "Dockerfile").read_text(encoding="utf-8")
    assert importlib.util.find_spec(user["cmd"][-1])
    assert str(user["cmd"]).replace("'", '"') in recipe
    assert f"--uid {user['uid']} {Path(user['storage']['homeMountPath']).name}" in recipe
    # A server of 146 MB and a kernel of 69 MB were measured.
    assert float(user["memory"]["guarantee"].rstrip("M")) >= 146 + 69
