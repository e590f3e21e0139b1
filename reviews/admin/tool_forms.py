"""A tool's own fields as an editor enters them."""

from dataclasses import replace

from reviews.admin.panel_forms import VerdictFormSet
from reviews.admin.recorded import VersionedForm, clashes_of, words
from reviews.models import Tool, Verdict
from reviews.services import history
from reviews.services.differences import Difference, difference


class ToolForm(VersionedForm):
    """The facts of a tool; its version covers the whole page, the panel with its answers too."""

    class Meta:
        model = Tool
        fields = "__all__"

    def current_version(self) -> int:
        return history.version_of_tool(tool=self.instance.pk)


def panel_clashes(formset: VerdictFormSet) -> list[Difference]:
    """Return what the panel's forms say and the stored verdicts do not, field by field, with the reviewer's name."""
    stored = {
        verdict.reviewer_id: verdict for verdict in Verdict.objects.filter(tool=formset.instance).prefetch_related("answers")
    }
    found = []
    for form in formset.forms:
        verdict = stored.get(form.judge.pk) or Verdict(tool=formset.instance, reviewer=form.judge)
        if form.is_mine:
            told = [*clashes_of(form, verdict, leave_out=["tool", "reviewer"]), *_answer_clashes(form, verdict)]
            if form.has_changed() or verdict.pk:
                found += [replace(each, field=f"{form.judge}: {each.field}") for each in told]
    return found


def _answer_clashes(form, verdict: Verdict) -> list[Difference]:
    held = {answer.question_id: answer.text for answer in verdict.answers.all()} if verdict.pk else {}
    return [
        difference(field=question.text, before=held.get(question.pk, ""), after=form.answers[form.answer_name(question)])
        for question in form.questions
        if words(held.get(question.pk, "")) != words(form.answers[form.answer_name(question)])
    ]
