"""Instruments, waves, invitations, responses; knows nothing of Kirkpatrick."""
