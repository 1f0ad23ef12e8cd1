# SPDX-License-Identifier: EUPL-1.2
"""Blauwe Knop: a citizen's own data, certified by the organisation that holds them."""

__version__ = "0.1.0"
