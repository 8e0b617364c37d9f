package dev.ringpost.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks for pages as a browser does, signed in as the operator. */
public final class Visitor implements AutoCloseable {
    private final String origin;
    private final HttpClient http = HttpClient.newHttpClient();
    private String cookie = "";

    /** @param account that is looked at */
    public Visitor(InetSocketAddress server, String key, String account) {
        origin = "http://127.0.0.1:" + server.getPort();
        post("/signin", "key=" + key);
        post("/act-for", "account_id=" + account);
    }

    /** Nanoseconds until the answer begins; it is then read to its end. */
    public long firstByte(String path) {
        HttpRequest request = request(path).GET().build();
        long start = System.nanoTime();
        HttpResponse<InputStream> response = send(request);
        long begun = System.nanoTime();
        try (InputStream body = response.body()) {
            body.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " broke off", e);
        }
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " was answered with " + response.statusCode());
        }
        return begun - start;
    }

    private void post(String path, String form) {
        HttpResponse<InputStream> response = send(request(path)
                .header("origin", origin)
                .POST(BodyPublishers.ofString(form))
                .build());
        String set = response.headers()
                .firstValue("set-cookie")
                .orElseThrow(() -> new IllegalStateException(path + " was answered with " + response.statusCode()));
        cookie = set.substring(0, set.indexOf(';'));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofMinutes(1));
        return cookie.isEmpty() ? request : request.header("cookie", cookie);
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("The server does not answer " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted at " + request.uri(), e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
