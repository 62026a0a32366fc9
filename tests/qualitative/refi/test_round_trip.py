"""What is written here and read again is the same, and valid by the official schemas."""

from __future__ import annotations

from hypothesis import given, settings

from samspill.qualitative import Project, shipped_codebook
from samspill.qualitative.refi import losses, qdc_bytes, qdpx_bytes, read_qdc, read_qdpx

from .projects import projects
from .standard import SCHEMAS, faults, project_file


@settings(max_examples=40, deadline=None)
@given(projects())
def test_a_project_written_and_read_again_is_identical_and_the_file_is_valid(
    project: Project,
) -> None:
    written = qdpx_bytes(project)
    reading = read_qdpx(written)
    assert reading.project == project
    assert (reading.problems, losses(project)) == ((), ())
    if SCHEMAS.exists():
        assert faults(project_file(written), "Project.xsd") == []
        if project.codes:
            assert faults(qdc_bytes(project.codes), "Codebook.xsd") == []


def test_the_shipped_codebook_goes_out_and_in() -> None:
    codes = shipped_codebook("nn")
    assert read_qdc(qdc_bytes(codes)).codes == codes
