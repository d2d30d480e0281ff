"""A follow-up written as slides, text document, print and sheet; the same data into bytes."""
