package dev.ringpost.openapi;

/** An endpoint fails, recovers and is gone, and whoever runs the server is told. */
final class OperatorStory {
    private static final String PATH = "/unreliable";
    private static final String OPS = "/ops";
    /** As many failures in a row open a breaker. */
    private static final int OPENING = 5;

    private final DescribedClient client;
    private final DescribedReceiver receiver;
    private int calls;

    OperatorStory(DescribedClient client, DescribedReceiver receiver) {
        this.client = client;
        this.receiver = receiver;
    }

    void run() {
        String webhook = client.ask("createWebhook")
                .json("{'url': '" + receiver.url(PATH) + "', 'events': ['call.started'], 'retry_schedule': []}")
                .expect(201)
                .id();
        receiver.answer(PATH, 500);
        for (int i = 0; i < OPENING; i++) {
            call();
        }
        receiver.awaitEvent(OPS, "delivery.exhausted");
        receiver.awaitEvent(OPS, "webhook.failing");
        receiver.answer(PATH, 204);
        call();
        receiver.awaitEvent(OPS, "webhook.recovered");
        receiver.answer(PATH, 410);
        call();
        receiver.awaitEvent(OPS, "webhook.disabled");
        Exchange told = client.ask("listDeliveries")
                .query("event", "webhook.failing")
                .query("limit", "1")
                .expect(200);
        client.ask("getDelivery").id(told.text("/items/0/delivery_id")).expect(200);
        client.ask("getWebhook").id(told.text("/items/0/webhook_id")).expect(200);
        client.ask("deleteWebhook").id(webhook).expect(204);
    }

    private void call() {
        String call = "'external_id': 'unreliable-" + calls++ + "', 'call': {'agent_id': 'a', 'type': 'web'}";
        client.ask("sendReports").json("{'type': 'connected', " + call + "}").expect(200);
    }
}
