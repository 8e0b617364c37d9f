"""What a user does with the client that openapi-generator makes: imports all of it, and lives through a webhook's life."""

import importlib
import pkgutil
import sys

import ringpost_client as ringpost

server, key, receiver = sys.argv[1:]

modules = [module.name for module in pkgutil.walk_packages(ringpost.__path__, "ringpost_client.")]
for module in modules:
    importlib.import_module(module)
assert len(modules) > 50, modules

client = ringpost.ApiClient(ringpost.Configuration(host=server, access_token=key))
webhooks = ringpost.WebhooksApi(client)

created = webhooks.create_webhook(
    ringpost.NewWebhook(
        name="Generated",
        url=receiver,
        events=[ringpost.EventType.CALL_DOT_STARTED, ringpost.EventType.CALL_DOT_ENDED],
        rate_limit=50,
        headers={"x-environment": "test"},
    )
)
assert created.secret.startswith("whsec_"), created
assert created.id in [webhook.id for webhook in webhooks.list_webhooks(limit=200).items]
assert webhooks.get_webhook_secret(created.id).secret == created.secret
assert webhooks.get_webhook(created.id).ordering == ringpost.Ordering.CALL
changed = webhooks.update_webhook(created.id, ringpost.WebhookChange(rate_limit=None, timeout_seconds=5))
assert changed.rate_limit is None and changed.timeout_seconds == 5, changed
attempt = webhooks.test_webhook(created.id)
assert attempt.status == ringpost.AttemptStatus.SUCCEEDED, attempt

calls = ringpost.CallsApi(client)
call = calls.create_call(
    ringpost.NewCall(agent_id="agent_7", to_number="+14155550123", from_number="+14155550100", metadata={"order": 1})
)
assert call.status == ringpost.CallStatus.QUEUED and call.metadata == {"order": 1}, call

reports = ringpost.ReportsApi(client)
answer = reports.report_on_call(call.id, ringpost.Report(ringpost.ConnectedReport(type="connected")))
assert answer.status == ringpost.CallStatus.IN_PROGRESS and len(answer.events) == 1, answer
answers = reports.send_reports(
    ringpost.Reports(
        [
            ringpost.CallReport(type="ended", call_id=call.id, outcome=None),
            ringpost.CallReport(type="initiated", external_id="nobody"),
        ]
    )
)
done, refused = (result.actual_instance for result in answers.items)
assert done.status == ringpost.CallStatus.COMPLETED, answers
assert refused.error.type.endswith("/not-found"), answers

events = ringpost.EventsApi(client).list_call_events(call.id, cursor="")
ended = events.items[0].payload.actual_instance
assert isinstance(ended, ringpost.CallEnded) and ended.metadata == {"order": 1}, events
assert ringpost.DeliveriesApi(client).list_deliveries(webhook_id=created.id, limit=1).total >= 1

try:
    webhooks.create_webhook(ringpost.NewWebhook(url=receiver, events=["call.ended"], status="inactive", secret=None), _headers={"Idempotency-Key": " "})
    raise AssertionError("a faulty request was accepted")
except ringpost.ApiException as refusal:
    assert refusal.status == 422 and refusal.data.errors[0].pointer == "/idempotency-key", refusal

webhooks.delete_webhook(created.id)
try:
    webhooks.get_webhook(created.id)
    raise AssertionError("a deleted webhook is still there")
except ringpost.ApiException as missing:
    assert missing.status == 404 and missing.data.type.endswith("/not-found"), missing
print("The generated client works.")
