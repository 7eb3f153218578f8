"""The distributions that intervals and tests need: beta, F and chi-squared, to double precision.

Written out, so that a page which only says 0.44 to 0.97 loads no numerical library; the tests
compare them with SciPy. Sources: the continued fraction of the incomplete beta function and the
series of the incomplete gamma function, Abramowitz and Stegun 1964, 26.5.8 and 6.5.29.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

_TINY = 1e-300
_EPSILON = 1e-15
_STEPS = 10_000


def z(confidence: float) -> float:
    """The two-sided quantile of the normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def binomial(n: int, share: float) -> list[float]:
    """How likely 0, 1, up to n of n agree when each does with probability `share`."""
    return [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]


def beta_cdf(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for x from 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    # The fraction converges quickly below the mean of the distribution only.
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction, by Lentz's method."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _not_zero(1 + step * d)
            c = _not_zero(1 + step / c)
            found *= c * d
        if abs(c * d - 1) < _EPSILON:
            break
    return found


# Items of one panel have few different counts.
@lru_cache(maxsize=4096)
def beta_quantile(share: float, a: float, b: float) -> float:
    """The x below which `share` of a beta distribution lies."""
    return _bisect(lambda x: beta_cdf(x, a, b) < share, 0, 1)


def f_quantile(share: float, first: float, second: float) -> float:
    """The quantile of the F distribution with these degrees of freedom."""
    x = beta_quantile(share, first / 2, second / 2)
    return math.inf if x >= 1 else second * x / (first * (1 - x))


def chi_squared_above(x: float, freedom: float) -> float:
    """How likely a chi-squared value of at least x is."""
    if x <= 0:
        return 1.0
    a, half = freedom / 2, x / 2
    front = math.exp(a * math.log(half) - half - math.lgamma(a))
    if half < a + 1:
        term = total = 1 / a
        for n in range(1, _STEPS):
            term *= half / (a + n)
            total += term
            if term < total * _EPSILON:
                break
        return 1 - front * total
    return front * _gamma_fraction(half, a)


def _gamma_fraction(x: float, a: float) -> float:
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / _not_zero(b)
    found = d
    for n in range(1, _STEPS):
        step, b = n * (a - n), b + 2
        d = 1 / _not_zero(step * d + b)
        c = _not_zero(b + step / c)
        found *= c * d
        if abs(c * d - 1) < _EPSILON:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _bisect(is_below: Callable[[float], bool], low: float, high: float) -> float:
    """Where `is_below` ends, to the last bit."""
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if is_below(middle) else (low, middle)
