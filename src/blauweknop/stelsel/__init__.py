# SPDX-License-Identifier: EUPL-1.2
"""The scheme's own data as TOML: data set definitions, service profiles, concepts (system.md 5)."""
