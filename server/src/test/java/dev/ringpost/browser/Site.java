package dev.ringpost.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;

/** A site of a voice platform: each of its pages is a frame that shows the address that stands in the page's query. */
final class Site implements AutoCloseable {
    private final HttpServer server;

    Site() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", Site::show);
        server.start();
    }

    /** Its origin. */
    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private static void show(HttpExchange exchange) throws IOException {
        try (exchange) {
            String framed = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), UTF_8);
            byte[] page = """
                    <!doctype html><html lang="en"><title>Platform</title><link rel="icon" href="data:,">
                    <iframe title="Webhooks" width="1200" height="700" src="%s"></iframe></html>""".formatted(framed).getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
