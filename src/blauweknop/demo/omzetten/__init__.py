# SPDX-License-Identifier: EUPL-1.2
"""The converter: reads the published test files and writes the demo's own data, one JSON file a source.

Run as `python -m blauweknop.demo.omzetten [--data DIR]`. The product never reads the test files at run time: it reads
what this command wrote into `blauweknop.demo.gegevens`, which is committed. Running it twice gives the same bytes.

- Identity, family and address come from the RvIG list alone; `toewijzing.toml` says who lends amounts to whom and
  holds every invented value. Nothing is invented in code.
- Every value keeps its origin (`origin.py`).
- What the files do wrong is returned as data (`Irregularity`) and printed, never silently repaired.
"""
