"""The errors trucewatch raises on purpose. Each message names the place and the mend."""


class TrucewatchError(Exception):
    """Root of all errors that a user can mend; the command line prints the message and exits with 2."""


class PackError(TrucewatchError):
    """A data file (language, ontology, world) is not in its form: `path:line: what. Mend.`"""


class ReadError(TrucewatchError):
    """Input bytes cannot be read as an article: names the file or line, and what would help."""


class ScoreError(TrucewatchError):
    """Gold reports or claims given to the scorer are not in their form."""


class LedgerError(TrucewatchError):
    """The ledger cannot be opened, read or written: `path: what. Mend.` What was in it is as before."""


class KeepError(LedgerError):
    """One article cannot be kept as it is; the others can."""


class MonitorError(TrucewatchError):
    """A monitor's folder or its settings are not in their form: `path:line: what. Mend.`"""


class EvidenceError(TrucewatchError):
    """The files of evidence cannot be read or written: `path: what. Mend.`"""


class ExportError(TrucewatchError):
    """Claims cannot be written in a format, or read back from one: names the file or option, and the mend."""


class AccessError(TrucewatchError):
    """A user, token, password or embargo cannot be made or changed as asked: names it, and the mend."""


class BatchError(TrucewatchError):
    """An archive cannot be coded, or its parts cannot be read: names the input, the place or the cluster, and the mend."""


class DeskError(TrucewatchError):
    """What a reviewer asked for cannot be done as it stands: names the claim, and the mend."""
