"""The application: vault, intake, explore, share, and their screens and commands."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""Before numpy is loaded, in every process of ours: its threads would never have work and cost each start 60 ms."""
