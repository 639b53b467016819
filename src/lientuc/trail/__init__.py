"""Audit, import batches, jobs, outbox of notices, attachments: values, no foreign keys upward."""
