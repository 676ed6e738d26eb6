"""What somebody was sending when their session ended: theirs again after they signed in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members.middleware import TYPED


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_typed(request: HttpRequest) -> HttpResponseBase:
    """Offer to send it again from here; nothing is sent by itself, and to nobody else."""
    typed = request.session.pop(TYPED, None)
    if not typed or typed["user"] != request.user.pk:
        return redirect("home")
    if request.method == "POST":
        return redirect(typed["path"])
    request.session[TYPED] = typed
    shown = [value for _name, value in typed["fields"] if value.strip()]
    return render(request, "account/typed.html", {"typed": typed, "shown": shown})


@never_cache
@login_required
@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Being asked is use enough: the idle time begins anew; says how many seconds are left."""
    left = str(getattr(request, "session_ends_in", 0))
    return HttpResponse(status=204, headers={"X-Session-Ends": left})
