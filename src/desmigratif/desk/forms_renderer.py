"""Every form of the product is drawn by our own two templates."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class DeskFormRenderer(TemplatesSetting):
    """For `FORM_RENDERER`; needs `django.forms` among the installed apps for the widgets."""

    form_template_name = "desk/forms/form.html"
    field_template_name = "desk/forms/field.html"
