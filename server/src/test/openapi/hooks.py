"""What requests must be that JSON Schema and OpenAPI can't say. Requests that are wrong on purpose stay as they are."""

import datetime
import itertools
import os
import re

import schemathesis
from hypothesis import strategies as st

# Deliveries go to a receiver of this machine, not to the examples' hosts.
RECEIVER = os.environ["RINGPOST_RECEIVER"]
EXAMPLE_HOST = "https://hooks.example.com"
RETENTION_SECONDS = 30 * 86400

numbers = itertools.count(1)

# From 1970 on, and never more than a year ahead, as scheduled_at wants it.
schemathesis.openapi.format(
    "date-time",
    st.datetimes(datetime.datetime(1970, 1, 2), datetime.datetime(2026, 1, 1)).map(
        lambda time: time.isoformat(timespec="milliseconds") + "Z"
    ),
)
schemathesis.openapi.format("uri", st.integers(0, 20).map(lambda path: f"{RECEIVER}/{path}"))
# Only the server makes others.
schemathesis.openapi.format("cursor", st.just(""))


@schemathesis.hook
def before_load_schema(context, raw_schema):
    def local(node):
        if isinstance(node, dict):
            return {key: local(value) for key, value in node.items()}
        if isinstance(node, list):
            return [local(value) for value in node]
        return node.replace(EXAMPLE_HOST, RECEIVER) if isinstance(node, str) else node

    raw_schema.update(local(raw_schema))


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is not None and case.meta.generation.mode.is_negative:
        return
    if case.query and "cursor" in case.query:
        case.query.pop("offset", None)
    if isinstance(case.body, dict):
        fit(case.body)
    case.body = without_nul(case.body)
    # A key that was used with another body is refused, and generated keys repeat.
    if case.headers and re.fullmatch("[!-~]{1,255}", str(case.headers.get("Idempotency-Key", ""))):
        case.headers["Idempotency-Key"] = f"key-{next(numbers)}"


def fit(body):
    for field in ("url", "webhook_url"):
        if isinstance(body.get(field), str) and not body[field].startswith(RECEIVER):
            body[field] = f"{RECEIVER}/0"
    if body.get("signature") == "v1a":
        # Ringpost makes the key pair itself.
        body.pop("secret", None)
    if body.get("name") == "default":
        body["name"] = "not the operator's"
    if body.get("scope") == "operator":
        # Only in the operator's own account.
        body["scope"] = "full"
    if body.get("until") and body.get("since") and body["until"] <= body["since"]:
        del body["until"]
    schedule = body.get("retry_schedule")
    if isinstance(schedule, list) and sum(schedule) > RETENTION_SECONDS:
        body["retry_schedule"] = [min(seconds, RETENTION_SECONDS // len(schedule)) for seconds in schedule]
    headers = body.get("headers")
    if isinstance(headers, dict):
        # Case makes no difference in names of headers, and some are not to be set.
        body["headers"] = {f"x-{name}".lower()[:128]: value for name, value in headers.items()}


def without_nul(value):
    """allow-x00 does not reach every phase."""
    if isinstance(value, dict):
        return {without_nul(name): without_nul(member) for name, member in value.items()}
    if isinstance(value, list):
        return [without_nul(element) for element in value]
    return value.replace("\0", "0") if isinstance(value, str) else value
