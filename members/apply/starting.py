"""Before there is an application: what it takes, the first two answers, a link that was lost."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from members.apply.door import (
    LINKS_BY_ADDRESS,
    LINKS_BY_MAILBOX,
    STARTS_BY_ADDRESS,
    STARTS_BY_MAILBOX,
    TOO_MANY,
    public_page,
)
from members.apply.forms import BeginForm, LinkForm
from members.applying import send_links, start_application, token_of
from wego import reader, seoul
from wego.limits import Limit, address_of, take_place


@public_page("GET")
def show_start(request: HttpRequest) -> HttpResponse:
    """What membership is, what an application takes, and what it would cost."""
    return render(request, "apply/start.html", {"today": seoul.today()})


@public_page("GET", "POST")
def begin(request: HttpRequest) -> HttpResponse:
    """An e-mail address and a kind make a draft; its page says that the link was mailed."""
    form = BeginForm(request.POST) if request.method == "POST" else BeginForm()
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if not are_left(request, STARTS_BY_ADDRESS, STARTS_BY_MAILBOX, email):
            form.add_error(None, refuse_haste())
            return render(request, "apply/begin.html", {"form": form}, status=TOO_MANY)
        application = start_application(
            email=email,
            kind=form.cleaned_data["kind"],
            language=reader.language(),
            on=seoul.today(),
        )
        return redirect("apply:overview", token_of(application))
    return render(request, "apply/begin.html", {"form": form})


@public_page("GET", "POST")
def ask_link(request: HttpRequest) -> HttpResponse:
    """Mail the links of an address to it; the answer is the same whether it has any."""
    form = LinkForm(request.POST) if request.method == "POST" else LinkForm()
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        if not are_left(request, LINKS_BY_ADDRESS, LINKS_BY_MAILBOX, email):
            form.add_error(None, refuse_haste())
            return render(request, "apply/link.html", {"form": form}, status=TOO_MANY)
        send_links(email, language=reader.language())
        return redirect("apply:link-sent")
    return render(request, "apply/link.html", {"form": form})


@public_page("GET")
def show_link_sent(request: HttpRequest) -> HttpResponse:
    """What to expect in the mailbox."""
    return render(request, "apply/link_sent.html")


def are_left(request: HttpRequest, by_address: Limit, by_mailbox: Limit, email: str) -> bool:
    """Whether this sender and this mailbox have tries left; each takes one."""
    return take_place(by_address, address_of(request)) and take_place(by_mailbox, email.lower())


def refuse_haste() -> ValidationError:
    """What somebody reads who tries too often."""
    return ValidationError(
        _("This was asked for too often. Please wait an hour and try again."), code="too_often"
    )
