"""The tables of the published study (T1 to T5), reprinted from any wave that asks its questions."""
