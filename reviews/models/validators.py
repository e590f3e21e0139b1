"""What a slug may look like."""

from django.core.validators import RegexValidator

validate_slug = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Use lower-case letters, digits and single hyphens, such as “code-llama-4”."
)


def validate_slug_leaves_vs_alone(slug: str) -> None:
    """Raise ValidationError if “vs” is a word: slugs joined by `-vs-` could not be told apart."""
    RegexValidator(
        r"(^|-)vs(-|$)",
        "A tool's slug can't hold “vs” as a word: comparison addresses are made with it.",
        inverse_match=True,
    )(slug)
