# SPDX-License-Identifier: EUPL-1.2
"""`python -m bench [--rounds N]`: the goals for speed, as ratios; docs/bench.md has the last figures."""

from __future__ import annotations

import argparse
import platform

from bench.seal import Goal, measure

HEADINGS = ("goal", "µs", "of the limit", "goal", "×sd-jwt", "goal", "×@sd-jwt", "goal")


def main() -> None:
    """Measures and prints one table."""
    parser = argparse.ArgumentParser(prog="bench", description="the goals for speed, as ratios of one interleaved run")
    parser.add_argument("--rounds", type=int, default=40, help="how often each subject runs (default 40)")
    rounds = parser.parse_args().rounds
    goals = measure(rounds)
    print(f"Python {platform.python_version()}, {platform.machine()}; {rounds} rounds, medians")
    print("| " + " | ".join(HEADINGS) + " |")
    print("|" + "---|" * len(HEADINGS))
    for goal in goals:
        print("| " + " | ".join(cells(goal)) + " |")


def cells(goal: Goal) -> list[str]:
    """One row."""
    outcome = goal.outcome
    row = [goal.name, f"{outcome.typical('ours'):.0f}", f"{outcome.ratio('ours', 'limit'):.2f}", f"≥ {goal.least:.2f}"]
    for peer in ("sd-jwt", "@sd-jwt"):
        there = peer in outcome.micros
        row.append(f"{outcome.ratio('ours', peer):.1f}" if there else "–")
        row.append(f"≥ {goal.times[peer]:.0f}" if peer in goal.times else "–")
    return row


if __name__ == "__main__":
    main()
