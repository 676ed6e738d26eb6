"""Whom the secretariat writes to: the head, the liaison officer, the finance contact."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from members.access import own_member, person
from members.details import add_contact, change_contact, contact_facts, mark_of, remove_contact
from members.forms.portal import ContactForm
from members.models import Contact, ContactRole
from members.portal.data import conflict_of, refuse, right_of
from members.portal.pages import portal_page, refuse_without, show


@portal_page(acts=True)
def add(request: HttpRequest, role: str) -> HttpResponse:
    """One more contact, for what it is for."""
    if role not in ContactRole.values:
        raise Http404
    refuse_without(request, right_of(role))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            contact = add_contact(
                own_member(request), role=role, by=person(request), **form.facts()
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            return done(request, _("%(name)s is stored."), contact)
    return show(
        request, "portal/contact.html", form, form=form, role=ContactRole(role).label, contact=None
    )


@portal_page(acts=True)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a contact, or remove it."""
    contact = get_object_or_404(own_member(request).contacts, pk=pk)
    refuse_without(request, right_of(contact.role))
    if request.method == "POST" and "remove" in request.POST:
        return remove(request, contact)
    stands = contact_facts(contact)
    form = ContactForm(request.POST or None, initial={**stands, "seen": mark_of(stands)})
    if request.method == "POST" and form.is_valid():
        try:
            change_contact(
                contact, seen=form.cleaned_data["seen"], by=person(request), **form.facts()
            )
        except ValidationError as error:
            refuse(form, error)
        else:
            return done(request, _("%(name)s is stored."), contact)
    conflict = conflict_of(form, stands)
    return show(
        request,
        "portal/contact.html",
        form,
        form=form,
        role=contact.get_role_display(),
        contact=contact,
        conflict=conflict,
    )


def remove(request: HttpRequest, contact: Contact) -> HttpResponse:
    """Write to this person no more."""
    try:
        remove_contact(contact, by=person(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("portal:data")
    return done(request, _("%(name)s is removed."), contact)


def done(request: HttpRequest, sentence: str, contact: Contact) -> HttpResponse:
    """Back to the data, with what was done."""
    messages.success(request, sentence % {"name": contact.full_name})
    return redirect("portal:data")
