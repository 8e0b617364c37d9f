"""What requests must be that a schema can't say."""

import schemathesis
from hypothesis import strategies as st

TIMES = st.datetimes(
    min_value=__import__("datetime").datetime(1970, 1, 2), max_value=__import__("datetime").datetime(9999, 12, 30)
).map(lambda time: time.isoformat(timespec="milliseconds") + "Z")
schemathesis.openapi.format("date-time", TIMES)
schemathesis.openapi.format("uri", st.from_regex(r"https?://127\.0\.0\.1:1/[a-z0-9]{0,20}", fullmatch=True))
schemathesis.openapi.format("cursor", st.just(""))
