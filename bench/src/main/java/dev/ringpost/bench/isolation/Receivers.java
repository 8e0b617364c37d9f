package dev.ringpost.bench.isolation;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Endpoints that work, and endpoints that are sick in one way each; all on this machine. */
final class Receivers {
    /** How an endpoint is sick. */
    enum Sickness {
        HANGS,
        DRIPS_ITS_HEAD,
        DRIPS_ITS_BODY,
        REFUSES,
        RESETS,
        FAILS,
        HAS_NO_ADDRESS
    }

    private static final String EXTERNAL_ID = "\"external_id\":\"";

    final LongAdder arrivals = new LongAdder();
    private final int healthyPort;
    private final int sickPort;
    private final int refusingPort;

    /** For the event loop of the sick server. */
    private final Set<NetSocket> dripping = new HashSet<>();

    Receivers(Vertx vertx, Latencies latencies) throws IOException {
        HttpServer healthy = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    request.response().setStatusCode(204).end();
                    arrivals.increment();
                    latencies.arrived(externalId(body.toString()));
                }))
                .listen(0, "127.0.0.1")
                .await();
        healthyPort = healthy.actualPort();
        NetServer sick = vertx.createNetServer(new NetServerOptions().setSoLinger(0))
                .connectHandler(socket -> {
                    socket.exceptionHandler(gone -> {});
                    socket.closeHandler(gone -> dripping.remove(socket));
                    socket.handler(request -> suffer(socket, request));
                })
                .listen(0, "0.0.0.0")
                .await();
        sickPort = sick.actualPort();
        vertx.setPeriodic(1000, tick -> dripping.forEach(socket -> socket.write("a")));
        try (ServerSocket closed = new ServerSocket(0)) {
            refusingPort = closed.getLocalPort();
        }
    }

    String healthy(int i) {
        return "http://127.0.0.1:" + healthyPort + "/ok/" + i;
    }

    String sick(Sickness sickness, int i) {
        String host = "127.1." + i / 250 + "." + (1 + i % 250);
        return switch (sickness) {
            case HAS_NO_ADDRESS -> "http://no-address-" + i + ".invalid/";
            case REFUSES -> "http://" + host + ":" + refusingPort + "/";
            default -> "http://" + host + ":" + sickPort + "/" + sickness;
        };
    }

    private void suffer(NetSocket socket, Buffer request) {
        String head = request.getString(0, Math.min(request.length(), 60));
        if (head.contains("/" + Sickness.DRIPS_ITS_HEAD)) {
            socket.write("HTTP/1.1 200 OK\r\nx-drip: ");
            dripping.add(socket);
        } else if (head.contains("/" + Sickness.DRIPS_ITS_BODY)) {
            socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
            dripping.add(socket);
        } else if (head.contains("/" + Sickness.RESETS)) {
            socket.close();
        } else if (head.contains("/" + Sickness.FAILS)) {
            socket.write("HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\n\r\n");
        }
    }

    private static String externalId(String body) {
        int from = body.indexOf(EXTERNAL_ID) + EXTERNAL_ID.length();
        return body.substring(from, body.indexOf('"', from));
    }
}
