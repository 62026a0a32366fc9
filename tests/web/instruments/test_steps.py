"""The questionnaire's step in the line of a study: not begun, under way, done."""

from samspill.web.access.permissions import Permission
from samspill.web.instruments import actions
from samspill.web.studies.progress import State, progress


def _step(study, *held):
    (step,) = [step for step in progress(study, held) if step.identifier == "instrument"]
    return step


def test_the_step_follows_the_questionnaires(study):
    from samspill.instrument import shipped_instrument

    step = _step(study, Permission.READ_STUDY, Permission.EDIT_INSTRUMENTS)
    assert step.state is State.NOT_BEGUN
    assert step.standing.address == "/studies/trial/instruments/add/"
    assert _step(study, Permission.READ_STUDY).standing.address == ""

    version = actions.add_instrument(actor="test", study=study, content=shipped_instrument("pulse"))
    step = _step(study)
    assert step.state is State.UNDER_WAY
    assert "The pulse of the collaboration" in step.standing.sentence

    actions.freeze_version(actor="test", version=version)
    assert _step(study).state is State.DONE
