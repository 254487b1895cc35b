"""Six-Party KG: a scholarly text as linked data, every statement with its evidence."""

__version__ = "0.1.0"
