"""The newsletter's addresses, below /newsletter/."""

from django.urls import path

from comparisons.newsletter.views import confirm, issues, subscribe, unsubscribe

app_name = "newsletter"
urlpatterns = [
    path("", issues.issue_list, name="issues"),
    path("subscribe/", subscribe.subscribe, name="subscribe"),
    path("asked/", subscribe.asked, name="asked"),
    path("confirm/<str:link>/", confirm.confirm, name="confirm"),
    path("unsubscribe/<slug:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<slug:token>/delete/", unsubscribe.delete, name="delete"),
    path("<slug:day>/", issues.issue, name="issue"),
]
