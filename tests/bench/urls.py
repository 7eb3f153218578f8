"""The platform's addresses and the bare page: same session, same middleware, fifty rows."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from cop_platform.common.routes import Audience, Route
from cop_platform.routes import REGISTER
from experts.models import Person

_TEMPLATE = engines["django"].from_string(
    "<!doctype html><title>Bare</title><table>{% for p in people %}<tr><td>{{ p.pk }}</td>"
    "<td>{{ p.name }}</td><td>{{ p.email }}</td><td>{{ p.zone }}</td></tr>{% endfor %}</table>"
)

REGISTER["bare"] = Route(Audience.MEMBER)


def bare(request: HttpRequest) -> HttpResponse:
    people = Person.objects.order_by("pk")[:50]
    return HttpResponse(_TEMPLATE.render({"people": people, "user": request.user}, request))


urlpatterns = [path("bare/", bare, name="bare"), path("", include("cop_platform.urls"))]
