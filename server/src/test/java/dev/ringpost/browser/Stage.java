package dev.ringpost.browser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.running.Api;
import dev.ringpost.running.RingpostProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;

/** One server and one browser for all tests; each test has an account of its own. */
final class Stage implements AutoCloseable {
    static final String OPERATOR_KEY = "rp_sk_browserbrowserbrowserbrowser";

    private final Path folder;
    private final Site platform = new Site();
    private final RingpostProcess server;
    private final Chromium chromium;

    Stage() {
        try {
            folder = Files.createTempDirectory("ringpost-browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = RingpostProcess.start(
                folder,
                Map.of(),
                "--allow-private-targets",
                "--bootstrap-key",
                OPERATOR_KEY,
                "--portal-frame-ancestors",
                platform.url().toString());
        chromium = new Chromium();
    }

    /** @param key of scope full */
    record Account(String id, String key, Api api) {}

    URI url() {
        return server.url();
    }

    /** The only site that may show the portal in a frame. */
    Site platform() {
        return platform;
    }

    Api operator() {
        return new Api(url(), OPERATOR_KEY);
    }

    /** A new account, with nothing in it. */
    Account account(String name) {
        String id = operator()
                .done("/v1/accounts", Json.object("name", name))
                .path("id")
                .asText();
        String key = key(id, "full");
        return new Account(id, key, new Api(url(), key));
    }

    /** A new key of an account. */
    String key(String account, String scope) {
        JsonNode made = operator().done("/v1/accounts/" + account + "/keys", Json.object("scope", scope));
        return made.path("key").asText();
    }

    /** Somebody who is not signed in. */
    Visitor visitor(Look look) {
        return chromium.visitor(url(), look);
    }

    @Override
    public void close() throws IOException {
        chromium.close();
        platform.close();
        server.close();
        server.exitCode();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
