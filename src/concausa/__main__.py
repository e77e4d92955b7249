"""``python -m concausa``: the command line."""

from __future__ import annotations

import sys

from concausa.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
