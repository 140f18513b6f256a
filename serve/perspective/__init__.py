"""Perspective's dialect: its clients are understood, and read what they expect."""
