package dev.ringpost.bench.isolation;

import dev.ringpost.bench.process.ServerUnderLoad;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An account on the server under load, used with the operator's key.
 *
 * @param id as the header {@code ringpost-account} takes it
 */
record Tenant(int port, String id) {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
    private static final int AT_ONCE = 64;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Tenant create(ServerUnderLoad server, String name) throws IOException, InterruptedException {
        int port = server.address().getPort();
        HttpRequest request =
                post(port, "/v1/accounts", "{\"name\":\"" + name + "\"}").build();
        return new Tenant(port, idIn(HTTP.send(request, BodyHandlers.ofString())));
    }

    /** Each endpoint gets the calls of one agent, which is named as it. */
    record Endpoint(String agent, String url) {}

    /** The ids of the webhooks, in order. */
    List<String> subscribe(List<Endpoint> endpoints) {
        List<String> ids = new ArrayList<>();
        for (int from = 0; from < endpoints.size(); from += AT_ONCE) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (Endpoint endpoint : endpoints.subList(from, Math.min(endpoints.size(), from + AT_ONCE))) {
                HttpRequest request = post(
                                port,
                                "/v1/webhooks",
                                "{\"url\":\"" + endpoint.url() + "\",\"events\":[\"call.started\"],\"agent_ids\":[\""
                                        + endpoint.agent() + "\"]}")
                        .header("ringpost-account", id)
                        .build();
                answers.add(HTTP.sendAsync(request, BodyHandlers.ofString()));
            }
            answers.forEach(answer -> ids.add(idIn(answer.join())));
        }
        return ids;
    }

    /** The median of 9 requests, which must be answered with 200. */
    String millisToGet(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + ServerUnderLoad.KEY)
                .header("ringpost-account", id)
                .build();
        long[] nanos = new long[9];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            int status = HTTP.send(request, BodyHandlers.ofString()).statusCode();
            nanos[i] = System.nanoTime() - start;
            if (status != 200) {
                throw new IllegalStateException(path + " answered " + status);
            }
        }
        Arrays.sort(nanos);
        return String.format("%.1f", nanos[nanos.length / 2] / 1e6);
    }

    /** Reports a new call that makes one {@code call.started}. */
    static String report(String externalId, String agent) {
        return "{\"type\":\"connected\",\"external_id\":\"" + externalId + "\",\"call\":{\"agent_id\":\"" + agent
                + "\",\"type\":\"inbound\",\"from_number\":\"+4930555010\",\"to_number\":\"+4930555020\"}}";
    }

    private static HttpRequest.Builder post(int port, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("authorization", "Bearer " + ServerUnderLoad.KEY)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static String idIn(HttpResponse<String> answer) {
        Matcher id = ID.matcher(answer.body());
        if (answer.statusCode() != 201 || !id.find()) {
            throw new IllegalStateException("Answered " + answer.statusCode() + ": " + answer.body());
        }
        return id.group(1);
    }
}
