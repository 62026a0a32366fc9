"""What is known of units beforehand, and what it is called."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from samspill.errors import SamspillError
from samspill.language import language, languages
from samspill.web.access.permissions import Permission
from samspill.web.access.request import StudyRequest
from samspill.web.access.rules import requires
from samspill.web.studies.actions.attributes import edit_attribute
from samspill.web.studies.forms import AttributeForm
from samspill.web.studies.frame.forms import attribute_choices


@requires(Permission.READ_STUDY)
def attributes(request: StudyRequest, study: str) -> HttpResponse:
    """What is known of the units, and of how many."""
    found = request.study.attributes.annotate(known=Count("values__unit", distinct=True))
    rows = [(a, [label for _value, label in attribute_choices(a)]) for a in found]
    context = {"part": "units", "rows": rows, "units": request.study.units.count()}
    return render(request, "studies/attributes.html", context)


@requires(Permission.EDIT_UNITS)
def edit(request: StudyRequest, study: str, attribute: str) -> HttpResponse:
    """Change what an attribute and its categories are called, and their order."""
    found = get_object_or_404(request.study.attributes, identifier=attribute)
    form = AttributeForm(request.POST or None, attribute=found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_attribute(
                actor=request.user,
                attribute=found,
                label=form.words("title"),
                categories=form.categories(),
            )
        except SamspillError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The attribute is saved."))
        return redirect("studies:attributes", study)
    context = {
        "part": "units",
        "form": form,
        "attribute": found,
        "names": [language(code).name for code in languages()],
    }
    return render(request, "studies/attribute.html", context)
