"""The concepts that studies of collaboration speak of, as data.

Fields, forms, phases, economic relations, coordination arrangements, two typologies and the
evidence for them, barriers, enablers and sides stand as TOML files in ``data/``, with labels and
definitions in every language. Adding a field, a barrier or a language changes those files only.
"""

from samspill.vocabulary.concept import Concept, Scheme
from samspill.vocabulary.loading import load
from samspill.vocabulary.vocabulary import Vocabulary

__all__ = ["Concept", "Scheme", "Vocabulary", "load"]
