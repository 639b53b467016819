"""Criteria, inspections, findings, corrective actions."""
