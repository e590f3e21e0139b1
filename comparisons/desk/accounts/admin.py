"""Users, groups and sign-ins at the desk."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.forms import ModelForm
from django.http import HttpRequest

from comparisons.desk.accounts.authority import groups_to_give, may_touch, permissions_to_give
from comparisons.desk.accounts.forms import SetPasswordForm
from comparisons.desk.accounts.models import SignIn
from comparisons.desk.accounts.services.permission_log import Change, changes, log_changes, powers
from comparisons.mail_address_field import MailAddressField

for model in (EmailAddress, Authenticator, User, Group):
    # allauth would show secrets here, and with Django's pages whoever may change users can become a
    # superuser.
    admin.site.unregister(model)

GIVEABLE = {
    "groups": groups_to_give,
    "permissions": permissions_to_give,
    "user_permissions": permissions_to_give,
}


class _PowersAdmin(admin.ModelAdmin):
    """Offers only what the editor may give, leaves the rest as it is, and logs what a save gave and took."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in GIVEABLE:
            kwargs["queryset"] = GIVEABLE[db_field.name](request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        stored = self.model.objects.filter(pk=obj.pk).first()
        request.powers_before = powers(stored) if stored else frozenset()  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        """Save what was chosen, and keep what the form did not offer."""
        row = form.instance
        offered = {
            name: GIVEABLE[name](request.user).values("pk") for name in GIVEABLE if name in form.fields
        }
        kept = {name: list(getattr(row, name).exclude(pk__in=pks)) for name, pks in offered.items()}
        super().save_related(request, form, formsets, change)
        for name, rows in kept.items():
            getattr(row, name).add(*rows)

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        message = super().construct_change_message(request, form, formsets, add)
        if not hasattr(form, "instance"):
            return message  # a new password, which changes nothing of what the account may do
        row = self.model.objects.get(pk=form.instance.pk)  # as it is stored now, not as the form remembers it
        found = changes(before=getattr(request, "powers_before", powers(row)), after=powers(row))
        editor: Any = request.user
        log_changes(row=row, by=editor, found=found)
        return (
            [*message, {"changed": {"fields": [_change_sentence(each) for each in found]}}]
            if found
            else message
        )


def _change_sentence(change: Change) -> str:
    return f"{change.kind} “{change.name}” ({'given' if change.is_given else 'taken'})"


@admin.register(User)
class DeskUserAdmin(_PowersAdmin, UserAdmin):
    """Accounts. Only superusers can take over a superuser's."""

    change_password_form = SetPasswordForm

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "email":
            kwargs["form_class"] = MailAddressField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and may_touch(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and may_touch(request.user, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        own = ("last_login", "date_joined")
        return own if request.user.is_superuser else (*own, "is_superuser")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Sign-ins are deleted with their account, though nobody may delete them alone."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        lacking.discard(SignIn._meta.verbose_name)
        return shown, counts, lacking, protected


@admin.register(Group)
class DeskGroupAdmin(_PowersAdmin, GroupAdmin):  # type: ignore[misc]  # Django narrows what the mixin leaves open
    """Groups and what their members may do."""


@admin.register(SignIn)
class SignInAdmin(admin.ModelAdmin):
    """Successful and failed sign-ins, read-only."""

    list_display = ["at", "user", "outcome", "method", "is_known_device", "network"]
    list_filter = ["outcome", "is_known_device"]
    list_select_related = ["user"]
    list_display_links = None
    search_fields = ["user__username"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SignIn | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SignIn | None = None) -> bool:
        return False
