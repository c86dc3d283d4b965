"""Indonesian text in, structure out: pure functions that know nothing but the text and the units they are given."""
