package dev.ringpost.api.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ringpost.api.http.Reply;
import dev.ringpost.api.problem.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;

/** An answer that ends a connection on which no request is in progress that could be answered in the usual way. */
final class LastWords {
    private LastWords() {}

    static ByteBuf of(Problem problem) {
        Reply reply = Reply.of(problem);
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(HttpResponseStatus.valueOf(reply.status()))
                .append("\r\nconnection: close\r\ncontent-type: ")
                .append(reply.contentType())
                .append("\r\ncontent-length: ")
                .append(reply.body().length);
        reply.headers()
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        return Unpooled.wrappedBuffer(head.append("\r\n\r\n").toString().getBytes(ISO_8859_1), reply.body());
    }
}
