"""Addresses that the desk makes from a name, where the editor writes none."""

from django import forms

from reviews.services.editing.slugs import first_free
from reviews.services.naming.name_slugs import slug_of_name

SLUG_WANTED = (
    "No address can be made from this name: it has letters other than a to z, or none at all. Write one "
    "here, such as “code-llama-4”."
)
ROOM_FOR_A_NUMBER = 5  # characters


def let_be_made(form: forms.BaseForm, *, slug: str, of: str) -> None:
    """Let the field `slug` be empty, if the form has it."""
    if slug in form.fields:
        field = form.fields[slug]
        field.required = False
        field.help_text = f"{field.help_text} Left empty, it is made from the {of}.".strip()


class MadeSlugForm(forms.ModelForm):
    """A mixin: the field `made_slug` is made from the field `made_of`, which comes before it."""

    made_slug = "slug"
    made_of = "name"
    has_former_slugs = True

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        let_be_made(self, slug=self.made_slug, of=self.made_of)

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # Django's own, of every form
        name = self.cleaned_data.get(self.made_of)
        if not name or self.cleaned_data.get(self.made_slug) != "":
            return
        field = self._meta.model._meta.get_field(self.made_slug)
        slug = slug_of_name(name, most=field.max_length - ROOM_FOR_A_NUMBER)
        if not slug:
            self.add_error(self.made_slug, SLUG_WANTED)
            return
        self.cleaned_data[self.made_slug] = first_free(slug, taken=self._taken(slug))

    def _taken(self, slug: str) -> set[str]:
        """Return the slugs of other rows that begin with `slug`, those that they once had too."""
        others = self._meta.model._default_manager.exclude(pk=self.instance.pk)
        paths = [self.made_slug, "former_slugs__slug"] if self.has_former_slugs else [self.made_slug]
        taken: set[str] = set()
        for path in paths:
            taken |= set(others.filter(**{f"{path}__startswith": slug}).values_list(path, flat=True))
        return taken
