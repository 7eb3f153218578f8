"""Finding everything, what the community shares, and what each member learned."""

from __future__ import annotations

from cop_platform.common.routes import MEMBER, Route

ROUTES: dict[str, Route] = {
    "search": MEMBER,
    "repertoire": MEMBER,
    "my_learning": MEMBER,
    "my_learning_csv": MEMBER,
    "my_learning_pdf": MEMBER,
    "my_learning_docx": MEMBER,
}
