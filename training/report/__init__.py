"""Reports as one HTML file: the page, its plots, and how texts are shown on it."""
