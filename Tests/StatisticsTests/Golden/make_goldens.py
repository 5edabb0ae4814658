"""Writes statistics.json beside this file: what SciPy, statsmodels and numpy make of the cases below.

Usage: python3 Tests/StatisticsTests/Golden/make_goldens.py
Needs scipy 1.17, statsmodels 0.15 and numpy 2.4 from PyPI.
"""
import json
import pathlib

import numpy
import scipy
import statsmodels
from scipy import optimize, special, stats
from scipy.stats import _resampling
from statsmodels.stats import contingency_tables, multitest, power, proportion

CONFIDENCES = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999]
SHARES = [(0, 1), (1, 1), (0, 5), (1, 5), (3, 7), (9, 10), (10, 10), (1, 29), (15, 148), (81, 263), (499, 500), (550, 1000),
          (7, 20000), (19993, 20000), (123456, 1000000)]
RESAMPLES = 200


def shares():
    for k, n in SHARES:
        for confidence in CONFIDENCES:
            tail = (1 - confidence) / 2
            # SciPy's own interval for proportions, and the quantiles that define it.
            exact = stats.binomtest(k, n).proportion_ci(confidence, method="exact")
            lower = 0.0 if k == 0 else stats.beta.ppf(tail, k, n - k + 1)
            upper = 1.0 if k == n else stats.beta.isf(tail, k + 1, n - k)
            assert numpy.allclose([lower, upper], [exact.low, exact.high], rtol=1e-9)
            wilson = proportion.proportion_confint(k, n, alpha=1 - confidence, method="wilson")
            yield {"successes": k, "trials": n, "confidence": confidence, "wilson": list(map(float, wilson)),
                   "clopperPearson": [float(lower), float(upper)]}


def beta_tails():
    for a, b in [(0.5, 0.5), (0.5, 4.5), (1, 1), (2, 3), (7, 0.5), (30, 12), (500.5, 0.5), (501, 500), (3, 90000), (40000, 60000)]:
        mean, deviation = a / (a + b), (a * b / (a + b + 1)) ** 0.5 / (a + b)
        for x in [mean * 0.01, mean - 3 * deviation, mean, mean + 2 * deviation, (mean + 1) / 2]:
            if 0 < x < 1:
                lower, upper = special.betainc(a, b, x), special.betaincc(a, b, x)
                if min(lower, upper) > 1e-280:
                    yield {"a": a, "b": b, "x": float(x), "lower": float(lower), "upper": float(upper)}


def normal_quantiles():
    for tail in [1e-300, 1e-20, 1e-9, 0.0005, 0.005, 0.025, 0.05, 0.1, 0.3, 0.49, 0.7, 0.975, 0.9999]:
        yield {"tail": tail, "quantile": float(stats.norm.isf(tail))}


def student():
    generator = numpy.random.default_rng(12)
    for count in [2, 3, 5, 10, 200]:
        values = [float(value) for value in generator.normal(0.6, 0.02, count).round(6)]
        for confidence in CONFIDENCES:
            error = float(stats.sem(values))
            interval = stats.t.interval(confidence, count - 1, loc=numpy.mean(values), scale=error)
            yield {"values": values, "confidence": confidence, "mean": float(numpy.mean(values)), "standardError": error,
                   "interval": list(map(float, interval)),
                   "quantile": float(stats.t.isf((1 - confidence) / 2, count - 1))}


def mcnemar():
    for wins, losses in [(0, 0), (1, 0), (5, 5), (12, 3), (3, 12), (30, 10), (25, 0), (61, 40), (500, 430), (9000, 9400)]:
        table = [[0, wins], [losses, 0]]
        case = {"wins": wins, "losses": losses, "exact": float(contingency_tables.mcnemar(table).pvalue)}
        if wins + losses >= 25:
            for name, correction in [("corrected", True), ("uncorrected", False)]:
                result = contingency_tables.mcnemar(table, exact=False, correction=correction)
                case[name] = [float(result.statistic), float(result.pvalue)]
        yield case


def holm():
    for values in [[0.03], [0.01, 0.04, 0.03, 0.005], [0.2, 0.9, 0.6], [0.05, 0.05, 0.05], [0, 1e-12, 1, 0.5, 1e-3, 1e-3]]:
        yield {"values": values, "adjusted": [float(p) for p in multitest.multipletests(values, method="holm")[1]]}


def effects():
    """Minimum detectable effects: where statsmodels' power functions reach the power."""
    for alpha, wanted in [(0.05, 0.8), (0.01, 0.9), (0.2, 0.5)]:
        for n in [60, 500, 20000]:
            for share in [0.08, 0.3, 0.9] if n > 60 else [0.3, 0.9]:
                def paired(d):
                    return power.normal_power_het(d, n, alpha, share ** 0.5, (share - d * d) ** 0.5) - wanted
                yield {"kind": "paired", "count": n, "share": share, "alpha": alpha, "power": wanted,
                       "effect": optimize.brentq(paired, 1e-9, share, xtol=1e-16, rtol=1e-14)}
                def independent(d):
                    return proportion.power_proportions_2indep(d, share, n, alpha=alpha).power - wanted
                if independent(1 - share - 1e-12) > 0:
                    yield {"kind": "independent", "count": n, "share": share, "alpha": alpha, "power": wanted,
                           "effect": optimize.brentq(independent, 1e-9, 1 - share - 1e-12, xtol=1e-16, rtol=1e-14)}


def paired_shares():
    """Tango's score interval, from the definition: the likelihood is maximised numerically, not in closed form."""
    def statistic(w, t, l, d):
        n = w + t + l
        def slope(q):  # of the log likelihood in q, the share of losses; that of wins is q + d
            return sum(count * factor / share for count, factor, share in
                       [(w, 1, q + d), (l, 1, q), (t, -2, 1 - 2 * q - d)] if count)
        low, high = max(0, -d) + 1e-15, (1 - d) / 2 - 1e-15
        q = low if slope(low) <= 0 else high if slope(high) >= 0 else optimize.brentq(slope, low, high, xtol=1e-17, rtol=1e-15)
        return (w - l - n * d) / (n * (2 * q + d - d * d)) ** 0.5

    for w, t, l in [(1, 13, 7), (30, 60, 10), (7, 3, 2), (40, 100, 20), (310, 400, 290)]:
        for confidence in [0.8, 0.95, 0.99]:
            z = stats.norm.isf((1 - confidence) / 2)
            middle = (w - l) / (w + t + l)
            ends = [optimize.brentq(lambda d: statistic(w, t, l, d) - sign * z, *bracket, xtol=1e-16, rtol=1e-14)
                    for sign, bracket in [(1, (-1 + 1e-9, middle)), (-1, (middle, 1 - 1e-9))]]
            yield {"wins": w, "ties": t, "losses": l, "confidence": confidence, "interval": ends}


def bootstraps():
    """Percentile and BCa intervals of a mean over clusters, on resample indices that are part of the case."""
    generator = numpy.random.default_rng(34)
    for name, count, sizes in [("skewed", 12, [1]), ("clusters", 9, [1, 2, 4]), ("outcomes", 14, [1])]:
        clusters = []
        for index in range(count):
            size = sizes[index % len(sizes)]
            drawn = generator.integers(0, 3, size) / 2 if name == "outcomes" else generator.lognormal(0, 1, size).round(4)
            clusters.append([float(value) for value in drawn])
        indices = generator.integers(0, count, (RESAMPLES, count))
        sums = numpy.array([sum(cluster) for cluster in clusters])
        counts = numpy.array([len(cluster) for cluster in clusters])
        means = sums[indices].sum(axis=1) / counts[indices].sum(axis=1)

        def ratio(sums, counts, axis=-1):
            return sums.sum(axis=axis) / counts.sum(axis=axis)

        for confidence in [0.8, 0.95]:
            tail = (1 - confidence) / 2
            low, high = means_corrected(sums, counts, means, ratio, tail)
            yield {"name": name, "clusters": clusters, "indices": indices.ravel().tolist(), "resamples": RESAMPLES,
                   "confidence": confidence, "value": float(ratio(sums, counts)),
                   "standardError": float(means.std(ddof=1)),
                   # The ranks are integers here: confidence and resamples are chosen so.
                   "percentile": [float(numpy.sort(means)[round(tail * RESAMPLES) - 1]),
                                  float(numpy.sort(means)[round((1 - tail) * RESAMPLES) - 1])],
                   "corrected": [float(numpy.quantile(means, p, method="inverted_cdf")) for p in (low, high)]}


def means_corrected(sums, counts, means, ratio, tail):
    """SciPy's own BCa probabilities for a statistic of pairs: (sum, size) of each cluster is one observation."""
    pairs = numpy.stack([sums, counts.astype(float)])

    def statistic(index, axis=-1):
        return ratio(pairs[0][index], pairs[1][index], axis)

    index = numpy.arange(len(sums))
    low, high, _ = _resampling._bca_interval((index,), statistic, -1, tail, means, None, numpy)
    return float(low), float(high)


def seeds():
    """The two-level bootstrap: a row for each seed, a column for each problem; all drawn seeds share the drawn problems."""
    generator = numpy.random.default_rng(56)
    for rows, columns in [(2, 8), (5, 20)]:
        values = (generator.random((rows, columns)) + generator.random(columns)).round(4)
        drawn = [(generator.integers(0, rows, rows), generator.integers(0, columns, columns)) for _ in range(RESAMPLES)]
        means = numpy.sort([values[numpy.ix_(seed, problem)].mean() for seed, problem in drawn])
        yield {"values": values.tolist(), "indices": [int(i) for pair in drawn for part in pair for i in part],
               "resamples": RESAMPLES, "confidence": 0.95, "value": float(values.mean()),
               "standardError": float(means.std(ddof=1)),
               "percentile": [float(means[RESAMPLES * 25 // 1000 - 1]), float(means[RESAMPLES * 975 // 1000 - 1])]}


def main():
    made = {"madeBy": f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, numpy {numpy.__version__}"}
    for maker in [shares, beta_tails, normal_quantiles, student, mcnemar, holm, effects, paired_shares, bootstraps, seeds]:
        name = "".join(word if i == 0 else word.title() for i, word in enumerate(maker.__name__.split("_")))
        made[name] = list(maker())
    lines = ",\n".join(f' "{name}": ' + (json.dumps(value) if isinstance(value, str) else
             "[\n  " + ",\n  ".join(json.dumps(case, separators=(",", ":")) for case in value) + "\n ]")
             for name, value in made.items())
    pathlib.Path(__file__).with_name("statistics.json").write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
