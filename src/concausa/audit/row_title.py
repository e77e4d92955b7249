"""The title of a row: one line that says what any row of a study is."""

from __future__ import annotations

from typing import Any

#: What a row of each table is called in a chain.
KIND = {
    "evidence": "passage",
    "codings": "coding",
    "sources": "source",
    "facts": "fact",
    "checks": "check",
    "claims": "claim",
    "rivals": "rival",
    "mechanisms": "mechanism",
    "predictions": "prediction",
    "events": "event",
    "prerequisites": "prerequisite",
    "terms": "term",
    "elections": "election",
    "funds": "amount",
    "organisations": "organisation",
    "memberships": "membership",
    "series": "series",
    "covariates": "covariate",
    "conditions": "condition",
    "indicators": "indicator",
    "patterns": "pattern",
    "rules": "rule",
    "nodes": "node",
    "level_maps": "level map",
    "measures": "measure",
    "choices": "choice",
    "periods": "period",
    "units": "unit",
    "labels": "label",
    "questions": "question",
    "wordings": "wording",
    "hypotheses": "hypothesis",
    "packages": "package",
    "traces": "trace",
    "likelihoods": "likelihood",
    "causal_models": "causal model",
    "causal_queries": "causal query",
    "clues": "clue",
    "dynamic_models": "dynamic model",
    "dynamic_quantities": "quantity",
    "dynamic_flows": "flow",
    "interventions": "intervention",
    "bands": "band",
    "scenarios": "scenario",
    "term_codings": "coding of a term",
    "translations": "translation",
}


def title(table: str, row: Any) -> str:
    """One line that says what a row is."""
    match table:
        case "sources":
            access = "" if row.access == "open" else f"access {row.access}"
            who = row.author or row.publisher
            parts = (row.kind, row.title, who, row.date, row.place, row.side, row.role, access)
            said = ", ".join(str(part) for part in parts if part)
        case "evidence":
            said = row.summary + (
                "" if row.found != "searched, nothing found" else " (searched, nothing found)"
            )
        case "codings":
            printed = f" (printed: {row.printed})" if row.printed else ""
            sign = row.indicator or row.condition
            said = f"{row.unit}-{row.period}.{sign} {row.level}{printed}, {row.place}, by {row.coder}"
        case "facts":
            said = f"{row.value} {row.measured_in}, {row.subject}" + (f", {row.date}" if row.date else "")
        case "events":
            said = f"{row.date or 'date not given'}: {row.title}"
        case "prerequisites":
            said = f"{row.event} needed {row.needed} ({row.answer}): {row.why}"
        case "claims":
            said = row.text
        case "terms":
            years = f"{row.start or '?'} to {row.end or '?'}"
            said = f"{row.office} {row.holder}, {years}" + (f", {row.party}" if row.party else "")
        case "elections":
            winner = row.winner or row.winner_party or "winner not given"
            second = row.runner_up or row.runner_up_party or "runner-up not given"
            shares = f"{winner} {shown(row.winner_share)}, {second} {shown(row.runner_up_share)}"
            said = f"{row.unit}, {row.date or 'date not given'}: {shares}"
        case "funds":
            said = f"{shown(row.amount)} {row.currency}, {row.unit}, {row.window or '?'}, {row.stakeholder}"
        case "predictions":
            said = f"{row.unit}-{row.period}: {row.expects}" + (f"; {row.why}" if row.why else "")
        case "memberships":
            number = f" ({row.number})" if row.number is not None else ""
            said = f"{row.member}{number} in {row.organisation}, {row.start or '?'} to {row.end or '?'}"
        case "questions":
            said = row.label or ", ".join((*row.about, *filter(None, (row.unit, row.period))))
        case "wordings":
            said = f"{row.word}, {shown(row.low)} to {shown(row.high)}"
        case "likelihoods":
            how = row.word or f"{shown(row.low)} to {shown(row.high if row.high is not None else row.low)}"
            said = f"{row.item} under {row.hypothesis}: {how}; {row.reason}"
        case "dynamic_quantities":
            said = f"{row.name} ({row.kind}), {row.label}"
        case "dynamic_flows":
            said = f"{row.label}: {row.direction} {row.stock} by {row.rate} a year"
        case "bands":
            bounds = f"{row.low if row.low is not None else 0} to {row.high if row.high is not None else 1}"
            said = f"{row.unit}, {row.years or '?'}: {row.formula} within {bounds}"
        case "scenarios":
            said = f"{row.label}: {'; '.join(row.do)}"
        case "term_codings":
            said = f"{row.term}, {row.condition} {row.level}, by {row.coder or 'nobody named'}"
        case "translations":
            said = row.text
        case "organisations" | "units":
            said = row.name
        case _:
            said = getattr(row, "label", "")
    return f"{row.id}: {said}" if said else str(row.id)


def shown(value: object) -> str:
    """The value, or a word that says that the text does not give it."""
    return "not given" if value is None else str(value)
