package dev.ringpost.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for pages and sends forms as a browser does: with the session's cookie, and with the origin of our own pages. */
final class Browser {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI server;
    private @Nullable String cookie;

    Browser(URI server) {
        this.server = server;
    }

    record Shown(HttpResponse<String> http) {
        Shown expect(int status) {
            assertThat(http.statusCode()).as(http.body()).isEqualTo(status);
            return this;
        }

        Shown has(String... texts) {
            assertThat(http.body()).contains(texts);
            return this;
        }

        Shown hasNot(String... texts) {
            assertThat(http.body()).doesNotContain(texts);
            return this;
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        String body() {
            return http.body();
        }
    }

    String origin() {
        return server.toString();
    }

    @Nullable
    String cookie() {
        return cookie;
    }

    void setCookie(String value) {
        cookie = value;
    }

    Shown get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    /** @param fields names and values by turns */
    Shown post(String path, String... fields) {
        return send("POST", path, form(fields), "origin", origin());
    }

    /** A form sent with these headers and no others. */
    Shown postWith(List<String> headers, String path, String... fields) {
        return send("POST", path, form(fields), headers.toArray(String[]::new));
    }

    /** @param form as it goes over the wire */
    Shown postRaw(String path, String form) {
        return send("POST", path, form, "origin", origin());
    }

    private Shown send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("accept", "text/html");
        if (cookie != null) {
            request.header("cookie", "ringpost_theme=dark; ringpost_session=" + cookie);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            Shown shown = new Shown(HTTP.send(request.build(), BodyHandlers.ofString()));
            keep(shown.header("set-cookie"));
            return shown;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        if (header.startsWith("ringpost_session=")) {
            String value = header.substring(header.indexOf('=') + 1, header.indexOf(';'));
            cookie = value.isEmpty() ? null : value;
        }
    }

    private static String form(String... fields) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            pairs.add(URLEncoder.encode(fields[i], UTF_8) + "=" + URLEncoder.encode(fields[i + 1], UTF_8));
        }
        return String.join("&", pairs);
    }
}
