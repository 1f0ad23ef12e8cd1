# SPDX-License-Identifier: EUPL-1.2
"""Measurements: `python -m bench`. They print ratios from one interleaved run; no test waits for them."""
