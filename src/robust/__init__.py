"""Robust: software with which a hospital becomes a place where people stay."""

__version__ = "0.1.0"
