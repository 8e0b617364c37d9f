package dev.ringpost.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sends what HTTP clients refuse to send. */
final class RawRequest {
    private static final int PATIENCE_MS = 20_000;

    private RawRequest() {}

    static Exchange.Reply send(URI server, Ask ask) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(ask.operation().method()).append(' ').append(ask.target()).append(" HTTP/1.1\r\n");
        head.append("host: ").append(server.getAuthority()).append("\r\nconnection: close\r\n");
        ask.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        String body = ask.body() == null ? "" : ask.body();
        head.append("content-length: ").append(body.length()).append("\r\n\r\n").append(body);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(head.toString().getBytes(UTF_8));
            return read(new String(socket.getInputStream().readAllBytes(), UTF_8));
        }
    }

    private static Exchange.Reply read(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        List<String> lines = answer.substring(0, end).lines().toList();
        Map<String, List<String>> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon), List.of(line.substring(colon + 1).strip()));
        }
        int status = Integer.parseInt(lines.getFirst().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        return new Exchange.Reply(status, HttpHeaders.of(headers, (name, value) -> true), answer.substring(end + 4));
    }
}
