"""A made-up population whose truth is known, answered and estimated many times over.

`python3 start.py run python -m benchmarks simulation` draws, estimates with the library, and writes
the figures and the tables of ``docs/simulation.md``. One module a question: ``shares``, ``groups``
(two compared), ``models``, ``weighting``, ``change``, ``adoption``, ``pooling``, ``power``;
``population`` is what they draw from and ``judging`` what is asked of every interval.
"""
