"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

SOURCE = Path(__file__).resolve().parent.parent / "src"

# Processes that tests start find the package too, installed or not.
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(SOURCE), os.environ.get("PYTHONPATH")]))

# A slow machine is no failure: time is measured in benchmarks. Examples differ from run to run, so that many short
# runs see more than a long one.
settings.register_profile("patient", deadline=None, max_examples=50)
settings.load_profile("patient")
