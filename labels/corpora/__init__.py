"""Importers for public corpora, a module each, in the format their authors publish."""
