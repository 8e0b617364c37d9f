package dev.ringpost.bench;

import dev.ringpost.bench.process.ServerUnderLoad;

/** Registers webhooks as a user does. */
final class Webhooks {
    private Webhooks() {}

    static void register(ServerUnderLoad server, String url, String event) {
        server.post("/v1/webhooks", "{\"url\":\"" + url + "\",\"events\":[\"" + event + "\"]}");
    }
}
