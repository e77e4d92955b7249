"""A robustness protocol to begin with, every key of it explained."""

from __future__ import annotations

EXAMPLE = """\
# A robustness protocol, written down before its results are seen.
# Run it with: concausa robustness protocol.toml

data = "lipset.csv"                # beside this file: CSV or a workbook, a row a case
cases = "CASEID"                   # column with the names of the cases
outcome = "SURVIVAL"               # ~SURVIVAL for its absence
conditions = ["GNPCAP", "LITERACY", "GOVSTAB"]

consistency = 0.8                  # cut-offs of the analysis that is interpreted
pri = 0.5
frequency = 1
solution = "parsimonious"          # conservative, parsimonious or intermediate
# expectations = ["GNPCAP", "LITERACY", "~MV"]     for an intermediate solution
# exclude = [{ what = "GNPCAP*~LITERACY", why = "no such country can be" }]
# model = 1                        # which of several models stands for it in the soft test

# Raw columns and their anchors: full-out, crossover, full-in. Columns that are
# not named here hold memberships or codes already.
[calibrations.GNPCAP]
anchors = [400, 550, 900]
why = "poor, neither, and rich at the time"

[calibrations.LITERACY]
anchors = [50, 75, 90]
why = "as in Rihoux and Ragin (2009)"

[calibrations.GOVSTAB]             # falling: fewer cabinets are more of the set
anchors = [15, 9.5, 5]
why = "as in Rihoux and Ragin (2009)"

# Sensitivity ranges of every anchor and cut-off, each alone.
[ranges]
hold = "formula"                   # or "core": the terms that all models share

# Test solutions: plausible alternatives, each with its reason.
[[test]]
label = "lenient"
why = "the least that the literature holds to"
consistency = 0.75

[[test]]
label = "richer"
why = "the crossover of the crisp analysis"
anchors = { "GNPCAP crossover" = 600 }

# Leave out each case and each condition in turn.
[drop]
cases = true
conditions = true

# Anchors and cut-offs at once: a Monte Carlo within declared intervals.
[monte-carlo]
draws = 1000
seed = 1

[[vary]]
parameter = "GNPCAP crossover"
low = 500
high = 600
why = "the range that other studies use"

[[vary]]
parameter = "consistency"
low = 0.75
high = 0.85

# How easily as good a solution comes about where there is nothing to find.
[null]
kind = "permutation"               # or resampled, independent
draws = 1000
seed = 1
"""
