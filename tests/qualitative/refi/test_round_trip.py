"""What is written here and read again is the same, and valid by the official schemas."""

from __future__ import annotations

from hypothesis import given, settings

from samspill.qualitative import Project, shipped_codebook
from samspill.qualitative.refi import qdc_bytes, qdpx_bytes, read_qdc, read_qdpx

from .projects import projects
from .standard import faults, project_file, with_schemas


@settings(max_examples=150, deadline=None)
@given(projects())
def test_a_project_written_and_read_again_is_identical(project: Project) -> None:
    reading = read_qdpx(qdpx_bytes(project))
    assert reading.project == project
    assert reading.problems == ()


@with_schemas
@settings(max_examples=50, deadline=None)
@given(projects())
def test_what_is_written_is_valid(project: Project) -> None:
    assert faults(project_file(qdpx_bytes(project)), "Project.xsd") == []
    if project.codes:
        assert faults(qdc_bytes(project.codes), "Codebook.xsd") == []


def test_the_shipped_codebook_goes_out_and_in() -> None:
    codes = shipped_codebook("nn")
    assert read_qdc(qdc_bytes(codes)).codes == codes
