"""The cache is disposable: when Valkey is away, pages still answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _or_default(method: Callable[..., Any], default: Any) -> Callable[..., Any]:
    def forgiving(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except RedisError:
            logger.warning("The cache did not answer; went on without it.")
            return kwargs.get("default", default)

    return forgiving


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache that answers "not there" while the server is away.

    Rate limits count in this cache, so they are open for as long as the outage lasts; the
    alternative, nobody able to log in, would be the larger harm.
    """

    get = _or_default(RedisCache.get, None)
    get_many = _or_default(RedisCache.get_many, {})
    set = _or_default(RedisCache.set, None)
    set_many = _or_default(RedisCache.set_many, [])
    add = _or_default(RedisCache.add, True)
    incr = _or_default(RedisCache.incr, 1)
    touch = _or_default(RedisCache.touch, False)
    delete = _or_default(RedisCache.delete, False)
    delete_many = _or_default(RedisCache.delete_many, None)
    has_key = _or_default(RedisCache.has_key, False)
