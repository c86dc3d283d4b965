"""The tables, their relations, and the rules of an assignment's life."""
