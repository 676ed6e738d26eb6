"""Webhooks: who is told of what, what became of every delivery, and telling again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wego.admin.pages import PagesAdmin, find_file, list_page, person, show, task_page
from wego.grave import recently_signed_in
from wego.models import WebhookDelivery, WebhookEndpoint
from wego.webhooks import endpoints
from wego.webhooks.announcing import declared_kinds
from wego.webhooks.outgoing import LONGEST_URL
from wego.webhooks.rows import DeliveryState

VIEW, ADD, CHANGE = (f"wego.{verb}_webhookendpoint" for verb in ("view", "add", "change"))
TONES: dict[str, str] = {
    DeliveryState.QUEUED: "info",
    DeliveryState.SENDING: "info",
    DeliveryState.SENT: "ok",
    DeliveryState.FAILED: "bad",
}


class EndpointForm(forms.Form):
    """Whose address, and what it is told."""

    name = forms.CharField(label=gettext_lazy("Whose system"), max_length=80)
    url = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=LONGEST_URL,
        widget=forms.URLInput({"autocomplete": "off"}),
        help_text=gettext_lazy("https:// and open to the internet; redirects are not followed."),
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Told of"), widget=forms.CheckboxSelectMultiple
    )
    file = forms.RegexField(
        r"^member:[0-9]{1,12}$",
        label=gettext_lazy("Of one member alone"),
        required=False,
        help_text=gettext_lazy("Its key as in the audit trail, for example member:12."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 passed on
        super().__init__(*args, **kwargs)
        field = self.fields["kinds"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list(declared_kinds().items())

    def clean_file(self) -> str:
        """A member there is."""
        file = str(self.cleaned_data["file"])
        if file and not find_file(file)[0]:
            raise ValidationError(_("There is no such member."), code="file")
        return file


def show_webhooks(request: HttpRequest) -> HttpResponse:
    """Every address, with what waits and what failed."""
    rows = WebhookEndpoint.objects.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__state=DeliveryState.QUEUED)),
        failed=Count("deliveries", filter=Q(deliveries__state=DeliveryState.FAILED)),
        last=Max("deliveries__sent_at"),
    )
    return show(
        request,
        "admin/wego/webhook/list.html",
        title=_("Webhooks"),
        listing=list_page(rows.order_by("name", "pk"), request.GET),
        kinds=declared_kinds(),
    )


@never_cache
@recently_signed_in
def add(request: HttpRequest) -> HttpResponse:
    """A new address; its secret stands on the answer to this form and nowhere else."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = endpoints.add_endpoint(**form.cleaned_data, by=person(request))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return show_secret(request, made)
    return show(
        request,
        "admin/wego/webhook/add.html",
        title=_("Add a webhook"),
        form=form,
        status=422 if form.errors else 200,
    )


def show_secret(request: HttpRequest, made: endpoints.Made) -> HttpResponse:
    """The secret, this once."""
    return show(
        request,
        "admin/wego/webhook/made.html",
        title=_("The secret of the webhook"),
        endpoint=made.endpoint,
        secret=made.secret,
    )


def show_webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One address and the log of its deliveries, newest first."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    rows = endpoint.deliveries.select_related("happening").order_by("-pk")
    listing = list_page(rows, request.GET)
    known = declared_kinds()
    for delivery in listing.page:
        delivery.tone = TONES[delivery.state]
        delivery.kind_label = known.get(delivery.happening.kind, delivery.happening.kind)
    return show(
        request,
        "admin/wego/webhook/webhook.html",
        title=endpoint.name,
        endpoint=endpoint,
        kinds=[known.get(kind, kind) for kind in endpoint.kinds],
        of=find_file(endpoint.file)[0] if endpoint.file else "",
        listing=listing,
    )


@require_POST
@recently_signed_in
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell it no more, or again."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    endpoints.switch_endpoint(endpoint, active="on" in request.POST, by=person(request))
    return redirect("admin:wego_webhookendpoint_change", pk)


@never_cache
@require_POST
@recently_signed_in
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, shown once."""
    endpoint = get_object_or_404(WebhookEndpoint, pk=pk)
    return show_secret(request, endpoints.renew_secret(endpoint, by=person(request)))


@require_POST
def replay(request: HttpRequest, pk: int, delivery: int) -> HttpResponse:
    """Tell the same once more."""
    rows = WebhookDelivery.objects.select_related("endpoint", "happening")
    found = get_object_or_404(rows, pk=delivery, endpoint=pk)
    try:
        endpoints.replay_delivery(found, by=person(request))
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("It is sent again within half a minute, with the same id."))
    return redirect("admin:wego_webhookendpoint_change", pk)


@admin.register(WebhookEndpoint)
class WebhookAdmin(PagesAdmin):
    """Webhooks, and the acts on one."""

    pages = (
        path("", task_page(show_webhooks, permission=VIEW), name="wego_webhookendpoint_changelist"),
        path("add/", task_page(add, permission=ADD), name="wego_webhookendpoint_add"),
        path(
            "<int:pk>/",
            task_page(show_webhook, permission=VIEW),
            name="wego_webhookendpoint_change",
        ),
        path(
            "<int:pk>/switch/",
            task_page(switch, permission=CHANGE),
            name="wego_webhookendpoint_switch",
        ),
        path(
            "<int:pk>/secret/",
            task_page(renew, permission=CHANGE),
            name="wego_webhookendpoint_secret",
        ),
        path(
            "<int:pk>/deliveries/<int:delivery>/replay/",
            task_page(replay, permission=CHANGE),
            name="wego_webhookendpoint_replay",
        ),
    )
