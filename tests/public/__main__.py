"""`make descriptions`: fetch the public descriptions that are too large to be committed."""

from tests.public.files import fetch

fetch()
