package dev.ringpost.bench;

import dev.ringpost.bench.process.ServerUnderLoad;

/** Registers webhooks as a user does. */
final class Webhooks {
    private Webhooks() {}

    /** For another account than the key's own. */
    static void register(ServerUnderLoad server, String account, String url, String event) {
        server.post("/v1/webhooks", account, "{\"url\":\"" + url + "\",\"events\":[\"" + event + "\"]}");
    }

    static void register(ServerUnderLoad server, String url, String event) {
        server.post("/v1/webhooks", "{\"url\":\"" + url + "\",\"events\":[\"" + event + "\"]}");
    }
}
