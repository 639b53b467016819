"""Liên Tục: continuing training of health workers as one traceable loop."""

__version__ = "0.1.0"
