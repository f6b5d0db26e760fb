"""Comms without Jupyter: the ids that page and browser share, and messages to widgets that are there or gone."""

import json
import subprocess
import sys

RUN = """
import json, sys
from vermarkting.web import page_kernel
sent = []
page_kernel.begin(lambda *message: sent.append(message))
top = page_kernel.open_cell("c1", 'from vermarkting import widgets as w; w.self_check("01")')
opened = [(comm_id, data["state"]) for kind, comm_id, data, _ in sent if kind == "comm_open"]
sent.clear()
question = next(comm_id for comm_id, state in opened if state.get("part") == "question")
page_kernel.receive(question, {"method": "custom", "content": "check"})
page_kernel.receive("gone-1", {"method": "custom", "content": "check"})
print(json.dumps([top, [one for one, _ in opened], [sorted(state) for _, state in opened], len(sent)]))
"""


def test_a_cell_opens_its_widgets_under_ids_of_its_own(tmp_path):
    done = subprocess.run([sys.executable, "-c", RUN], cwd=tmp_path, capture_output=True, text=True, check=True)
    top, ids, traits, answered = json.loads(done.stdout)
    assert ids == [f"c1-{number}" for number in range(1, len(ids) + 1)] and top in ids
    assert not [name for names in traits for name in names if name in ("_esm", "_model_name")]
    assert answered > 0
