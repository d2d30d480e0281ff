"""Fewer random examples than usual: each is a ward, and hundreds of them cost a minute at every run."""

from hypothesis import settings

settings.register_profile("wards", max_examples=25, deadline=None)
settings.load_profile("wards")
