from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields as the look has them: label, hint, control, error."""

    form_template_name = "core/_form.html"
    field_template_name = "core/_field.html"
