"""Findings: what each claim is worth over all worlds, and what it rests on."""
