"""Gives out what the platform knows about one person."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from cop_platform.common.commands import JsonCommand
from experts.domain import own_data
from experts.models import Person


class Command(JsonCommand):
    help = "Print everything the register of personal data finds about one person, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The person's address")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            self.stop(_("Nobody here has this address."))
        found = own_data.collect(person)
        self.stdout.write(json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False))
