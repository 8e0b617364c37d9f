package dev.ringpost.sender;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;

/**
 * Makes every interim response one that Vert.x knows. A client must be able to parse any number of 1xx responses before
 * the final one and may ignore those it does not know (RFC 9110, section 15.2), but Vert.x takes all except 100 and 103
 * for final. The exception is 101, which ends HTTP on the connection: that Ringpost never asks for.
 */
final class InterimResponses extends ChannelInboundHandlerAdapter {
    private static final String DECODER = "codec";

    private InterimResponses() {}

    /** Called on the connection's event loop, before its first request. */
    static void understandAllOn(HttpClientConnection connection) {
        ((UnpooledHttpClientConnection) connection)
                .unwrap()
                .channelHandlerContext()
                .pipeline()
                .addAfter(DECODER, "interim-responses", new InterimResponses());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        context.fireChannelRead(message instanceof HttpResponse head && isInterim(head) ? goOn() : message);
    }

    private static boolean isInterim(HttpResponse head) {
        return head.status().codeClass() == HttpStatusClass.INFORMATIONAL
                && !head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)
                && head.decoderResult().isSuccess();
    }

    private static HttpResponse goOn() {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE);
    }
}
