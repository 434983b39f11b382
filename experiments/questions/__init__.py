"""Questions asked of many runs: what matters, when a plan fails, which package is best, what fits what is published.

``factors`` says what may vary, ``answers`` carries the runs out through the store; ``morris``, ``sobol``, ``rules``,
``pareto`` and ``fit`` are pure functions of arrays. Libraries do the statistics; they come with the extra ``analysis``.
"""
