import uuid

import pytest


@pytest.fixture(autouse=True)
def _own_cache(settings):
    """Throttling counts in the cache: a cache for each test, wherever the suite runs."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": memory, "LOCATION": uuid.uuid4().hex}}
