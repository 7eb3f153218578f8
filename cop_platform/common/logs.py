"""Log lines as JSON, one object a line, so that nothing a user types can forge a line."""

from __future__ import annotations

import json
import logging


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object; line breaks inside a message are escaped by JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
