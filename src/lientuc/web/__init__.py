"""Base pages, components, the two languages of a text, paging, menu."""
