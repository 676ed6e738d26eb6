"""A person of several organisations chooses for which one they act now."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from members.access import CHOSEN_MEMBER, list_members_of, own_member, person
from members.portal.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@cache_control(private=True, no_store=True)
def switch_member(request: HttpRequest) -> HttpResponse:
    """The person's organisations, and the choice of one; another's does not exist for them."""
    mine = list_members_of(person(request))
    if request.method != "POST":
        return show(request, "portal/switch.html", mine=mine, current=own_member(request))
    wanted = request.POST.get("member", "")
    chosen = next((member for member in mine if str(member.pk) == wanted), None)
    if chosen is None:
        raise Http404
    request.session[CHOSEN_MEMBER] = chosen.pk
    messages.success(request, _("You now act for %(member)s.") % {"member": chosen})
    return redirect("portal:home")
