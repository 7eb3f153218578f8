"""An entrance for servers that speak ASGI; the pages themselves are synchronous."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cop_platform.settings")
application = get_asgi_application()
