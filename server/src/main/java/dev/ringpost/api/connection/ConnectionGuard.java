package dev.ringpost.api.connection;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.http1.VertxHttpObject;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds one connection to its limits, between Vert.x's codec and its request handler: the deadlines of heads and bodies,
 * and strict framing. After a head or body that was refused nothing more that comes on the connection is looked at, so
 * that a request smuggled behind it is never carried out. All on the connection's event loop, but for {@link #makeRoom}.
 */
public final class ConnectionGuard extends ChannelDuplexHandler {
    private static final Duration LINGER = Duration.ofSeconds(2);
    private static final Problem BROKEN_CHUNKS =
            new Problem(ProblemType.MALFORMED_REQUEST, "The chunks of the body are not as HTTP has them");

    private final OpenConnections connections;
    private final ConnectionLimits limits;
    private final ChannelHandlerContext first;
    private @Nullable ScheduledFuture<?> deadline;

    /** Requests whose head is in and whose answer is not out. */
    private int inProgress;

    private boolean inBody;
    private boolean answering;
    private boolean refused;
    private boolean halfClosed;
    private @Nullable Problem lastWords;
    private long bytesSinceCheck;

    private ConnectionGuard(OpenConnections connections, ConnectionLimits limits, ChannelHandlerContext first) {
        this.connections = connections;
        this.limits = limits;
        this.first = first;
    }

    /** Called when the connection opened, before anything was read from it. */
    public static void watch(HttpConnection connection, OpenConnections connections, ConnectionLimits limits) {
        ChannelPipeline pipeline =
                ((ConnectionBase) connection).channelHandlerContext().pipeline();
        FirstBytes bytes = new FirstBytes();
        pipeline.addFirst("first-bytes", bytes);
        ConnectionGuard guard = new ConnectionGuard(connections, limits, pipeline.context(bytes));
        bytes.guard = guard;
        pipeline.addBefore("handler", "guard", guard);
        pipeline.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        if (connections.opened(guard)) {
            pipeline.channel().closeFuture().addListener(closed -> guard.closed());
        } else {
            guard.refuse(Problem.overloaded("Too many connections are open; try again", Duration.ofSeconds(1)));
        }
    }

    /** Closes the connection for the sake of another one. From any thread. */
    void makeRoom() {
        close();
    }

    private void close() {
        var _ = first.channel().close();
    }

    private void bytesArrived() {
        if (deadline == null && !inBody && !refused) {
            deadline = schedule(limits.head(), () -> refuse(tooSlow("head")));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        Problem problem = switch (message) {
            case HttpRequest head -> RequestFraming.problem(head);
            case HttpContent content when content.decoderResult().isFailure() -> BROKEN_CHUNKS;
            default -> null;
        };
        if (problem != null) {
            ReferenceCountUtil.release(message);
            refuse(problem);
            return;
        }
        if (message instanceof HttpRequest) {
            headArrived();
        }
        if (message instanceof HttpContent content) {
            bytesSinceCheck += content.content().readableBytes();
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            cancelDeadline();
        }
        context.fireChannelRead(message);
    }

    private void headArrived() {
        cancelDeadline();
        if (inProgress++ == 0) {
            connections.busy(this);
        }
        inBody = true;
        bytesSinceCheck = 0;
        deadline = schedule(limits.body(), this::checkBody);
    }

    /**
     * The client sends no more. It may have said all that it has to say, and wait for the answer; but one whose answer goes
     * on and on has gone.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            halfClosed = true;
            if (inProgress == 0 || inBody || answering) {
                close();
            }
        }
        context.fireUserEventTriggered(event);
    }

    /** Each byte that came since the last check bought time. */
    private void checkBody() {
        long bought = bytesSinceCheck * 1000 / limits.bodyBytesPerSecond();
        bytesSinceCheck = 0;
        if (bought == 0) {
            refuse(tooSlow("body"));
        } else {
            deadline = schedule(Duration.ofMillis(bought), this::checkBody);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse head && head.status().code() >= 200) {
            answering = true;
        }
        var _ = context.write(message, promise);
        if (message instanceof VertxHttpObject part && part.isEnded()) {
            answering = false;
            inProgress--;
            afterAnswer();
        }
    }

    private void afterAnswer() {
        if (inProgress > 0) {
            return;
        }
        if (lastWords != null) {
            say(lastWords);
        } else if (halfClosed) {
            first.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        } else {
            connections.waits(this);
        }
    }

    /** Says why, in its turn, and closes. Nothing more that comes is looked at. */
    private void refuse(Problem problem) {
        refused = true;
        cancelDeadline();
        int answersBefore = inBody ? inProgress - 1 : inProgress;
        if (answersBefore == 0 && !answering) {
            say(problem);
        } else if (inBody) {
            // Its answer is out in part, or its turn never comes.
            close();
        } else {
            lastWords = problem;
        }
    }

    private void say(Problem problem) {
        first.writeAndFlush(LastWords.of(problem)).addListener(written -> {
            if (first.channel() instanceof DuplexChannel socket) {
                // Closed with unread bytes in it, the connection would be reset, and the answer could be lost.
                var _ = socket.shutdownOutput();
            }
            var _ = schedule(LINGER, this::close);
        });
    }

    private static Problem tooSlow(String part) {
        return new Problem(ProblemType.REQUEST_TIMEOUT, "The " + part + " of the request did not come in time");
    }

    private void closed() {
        cancelDeadline();
        connections.closed(this);
    }

    private ScheduledFuture<?> schedule(Duration delay, Runnable task) {
        return first.executor().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Sees the bytes before they are decoded: so that a head has its deadline from its first one. */
    private static final class FirstBytes extends ChannelInboundHandlerAdapter {
        private @Nullable ConnectionGuard guard;

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (guard != null) {
                guard.bytesArrived();
            }
            context.fireChannelRead(bytes);
        }
    }
}
