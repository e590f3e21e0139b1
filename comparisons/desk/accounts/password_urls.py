"""The addresses of the password reset by mail, below `/admin/password/`."""

from django.contrib.auth import views
from django.urls import path

from comparisons.desk.accounts.views import password_reset
from comparisons.desk.accounts.views.pages import at_door

urlpatterns = [
    path("new/", password_reset.ask, name="admin_password_reset"),
    path(
        "mailed/",
        at_door(views.PasswordResetDoneView.as_view(), title="A link is on its way"),
        name="password_reset_done",
    ),
    path("<uidb64>/<token>/", password_reset.Choose.as_view(), name="password_reset_confirm"),
]
