"""Errors that a user can cause or mend.

`kg.cli` alone turns them into one line and an exit status; a bug keeps its
traceback. A message says where, what, and what to do.

    KgError        exit 2: the command could not do its work
    Finding        exit 1: it did, and the answer is "not good"
"""


class KgError(Exception):
    """The command could not do its work; the message is for the user."""

    exit_status = 2


class NothingToCheck(KgError):
    """A check matched nothing, so its green result would mean nothing."""


class Finding(KgError):
    """The work was done and something is wrong with what was looked at."""

    exit_status = 1
