package dev.ringpost.bench.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A receiver on HTTPS with a certificate of its own. It costs far more than {@link Sink}, as TLS does. */
public final class TlsSink implements Receiver {
    private static final String PASSWORD = "benchbench";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Flights flights;
    private final Path keyStore;
    private final boolean keepsConnections;
    private final HttpServer server;

    /**
     * @param folder where the certificate and its key are made
     * @param keepsConnections false: each answer ends its connection, so that each delivery needs a handshake
     */
    public TlsSink(Flights flights, Path folder, boolean keepsConnections) throws IOException {
        this.flights = flights;
        this.keepsConnections = keepsConnections;
        keyStore = folder.resolve("receiver.p12");
        makeCertificate(keyStore);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(
                                new PfxOptions().setPath(keyStore.toString()).setPassword(PASSWORD)))
                .requestHandler(this::receive)
                .listen(0, "127.0.0.1")
                .await();
    }

    @Override
    public String url() {
        return "https://localhost:" + server.actualPort();
    }

    /** With which a JVM trusts the certificate. */
    public List<String> javaOptions() {
        return List.of("-Djavax.net.ssl.trustStore=" + keyStore, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    private void receive(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            byte[] bytes = body.getBytes();
            flights.arrived(bytes, 0, bytes.length);
            HttpServerResponse response = request.response().setStatusCode(204);
            if (!keepsConnections) {
                response.putHeader("connection", "close");
            }
            response.end();
        });
    }

    private static void makeCertificate(Path keyStore) throws IOException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "receiver",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(keyStore.resolveSibling("keytool.log").toFile())
                .start();
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IOException("keytool could not make " + keyStore + "; see keytool.log beside it");
        }
    }
}
