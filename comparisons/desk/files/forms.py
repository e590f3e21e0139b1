"""The forms of import and export."""

from django import forms

from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.tables import Unreadable

MOST_BYTES = 5_000_000
KIND_CHOICES = [(name, name.capitalize()) for name in KINDS]
FORMAT_CHOICES = [(name, name.upper()) for name in FORMATS]


class ExportForm(forms.Form):
    kind = forms.ChoiceField(label="What", choices=KIND_CHOICES, initial="tools")
    format = forms.ChoiceField(label="As", choices=FORMAT_CHOICES)


class ImportForm(forms.Form):
    """`file` is cleaned to its text and notes. The chosen format counts, not the file's name."""

    kind = forms.ChoiceField(label="What", choices=KIND_CHOICES, initial="tools")
    format = forms.ChoiceField(label="As", choices=FORMAT_CHOICES)
    file = forms.FileField(label="File")
    may_be_incomplete = forms.BooleanField(
        label="Publish incomplete",
        required=False,
        help_text="Tools may be published although not every reviewer judged them.",
    )

    def clean_file(self) -> tuple[str, list[str]]:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                "At most 5 MB here. Import a larger file with manage.py import_catalogue."
            )
        format = FORMATS.get(self.cleaned_data.get("format", ""))
        if format is None:
            return "", []  # the field of the format says what is wrong
        try:
            return format.decode(file.read())
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None
