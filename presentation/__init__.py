"""Structure into words, keyboards, pictures and papers."""
