"""Importers for public corpora, a module each, in the format their authors publish.

A corpus of tables is described as ``Table`` objects: its file, its columns, and what
their values mean for our labels. ``manifest.json`` says where each comes from.
"""
