"""Forms of other programs: XLSForm out and in, REDCap data dictionaries in (docs/form-exchange.md)."""

from .reading import FormDraft, read_form
from .writing import write_xlsform

__all__ = ["FormDraft", "read_form", "write_xlsform"]
