"""Why something is missing is said in Bokmål and nynorsk too."""

from importlib import import_module

import pytest
from register.mirror.register_examples import ON, register

from samspill.errors import SamspillError
from samspill.language import said, translate
from samspill.register.frames import tables_of
from samspill.register.mirror import gaps, in_force, what_if_leaves
from samspill.statistics.concentration import gini

REASONS = {
    "samspill.register.mirror.answering_time": ("TOO_FEW", "MANY_WAIT", "NONE"),
    "samspill.register.mirror.both_sides": ("SUPPRESSED", "GIVEN_AWAY", "NOBODY"),
    "samspill.register.mirror.equal_treatment": ("NOTHING_WRITTEN",),
    "samspill.register.mirror.network": ("FULL_COUNT", "TOO_FEW"),
    "samspill.register.mirror.profile": ("FEW", "ALIKE", "REST", "NOT_KNOWN", "NO_ANSWERS"),
    "samspill.register.mirror.register_answers": (
        "NOTHING_WRITTEN", "NOT_HELD", "NO_SUCH_FIELD", "NOT_ASKED",
    ),
    "samspill.register.mirror.signals.weighing": ("FULL_COUNT", "NOTHING"),
    "samspill.statistics.concentration": ("NOTHING", "TOO_FEW", "ALL_AT_THE_TOP"),
    "samspill.statistics.means": ("TOO_FEW", "ALIKE"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("module", REASONS)
def test_a_reason_has_words_in_both_norwegians(module, language):
    for name in REASONS[module]:
        reason = getattr(import_module(module), name)
        assert translate(reason, language) != reason


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize(
    "fault",
    [
        lambda: tables_of({"dogs": []}),
        lambda: tables_of({"bodies": [{"colour": "red"}]}),
        lambda: in_force(register(), ON, ON.replace(year=2030)),
        lambda: what_if_leaves(register(), ON, "contact", "nobody"),
        lambda: gaps(register()["contacts"]),
        lambda: gini([-1]),
    ],
)
def test_a_fault_and_its_next_step_have_words_in_both_norwegians(fault, language):
    with pytest.raises(SamspillError) as caught:
        fault()
    error = caught.value
    assert said(error, language) != said(error, "en")
    assert translate(error.message, language) != error.message
    assert translate(error.next_step, language) != error.next_step
