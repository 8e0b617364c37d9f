package dev.ringpost.sender;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one line what broke, for a person who is to repair it. */
final class Failure {
    private Failure() {}

    /** The connection was not opened. */
    static String connecting(Throwable error, Route route) {
        if (find(error, SSLException.class) != null) {
            return "TLS: " + tls(error, route);
        }
        String to = " to " + route.where();
        String message = message(error);
        if (isTimeout(error)) {
            return "Connect timeout" + to + ": nothing answers there, or a firewall drops the packets";
        }
        if (message.contains("refused")) {
            return "Connection refused by " + route.where() + ": nothing listens on this port";
        }
        if (find(error, NoRouteToHostException.class) != null || message.contains("unreachable")) {
            return "No route" + to + ": the network or host is unreachable";
        }
        if (message.contains("reset")) {
            return route.tls()
                    ? "TLS: " + route.where() + " closed the connection during the handshake"
                    : "Connection reset by " + route.where() + " as soon as it was opened";
        }
        if (message.contains("too many open files")) {
            return "No socket left on the sending machine: raise its limit of open files";
        }
        return "Cannot connect" + to + ": " + oneLine(error);
    }

    /** The connection broke before the status line and headers were in. */
    static String exchanging(Throwable error) {
        if (find(error, TooLongHttpHeaderException.class) != null) {
            return "Malformed response: its headers have more than " + Connector.MAX_HEADER_BYTES + " bytes";
        }
        if (find(error, TooLongHttpLineException.class) != null) {
            return "Malformed response: its status line is too long";
        }
        if (find(error, PrematureChannelClosureException.class) != null) {
            return "Connection closed in the response: the headers were cut off";
        }
        if (isConnectionLoss(error)) {
            return message(error).contains("reset")
                    ? "Connection reset before the headers of a response were in"
                    : "Connection closed before the response";
        }
        if (find(error, SSLException.class) != null) {
            return "TLS: broken while waiting for the response; the receiver's log may tell why";
        }
        return "Malformed response: " + malformation(root(error));
    }

    /** In our own words: the library quotes what came, which may repeat what was sent, and this line reaches logs. */
    private static String malformation(Throwable error) {
        String message = message(error);
        if (message.contains("content-length") || message.contains("content length")) {
            return "its content-length is no number, or there are several";
        }
        if (message.contains("transfer-encoding") || message.contains("chunked")) {
            return "its transfer-encoding is not one that HTTP allows";
        }
        if (message.contains("header")) {
            return "one of its headers has characters that HTTP does not allow";
        }
        return "it does not begin with a status line of HTTP/1.1; is another protocol spoken on this port?";
    }

    /** Whether the connection went away, as opposed to something wrong being said on it. */
    static boolean isConnectionLoss(Throwable error) {
        if (error instanceof HttpClosedException
                || error instanceof ClosedChannelException
                || error instanceof SocketException) {
            return true;
        }
        // What a native transport throws has no type of its own.
        return error instanceof IOException
                && !(error instanceof SSLException)
                && (message(error).contains("reset") || message(error).contains("broken pipe"));
    }

    /** Whether what came was no answer from its first bytes on. */
    static boolean isNotHttp(Throwable error) {
        return error instanceof IllegalArgumentException;
    }

    /** Whether it took too long, as opposed to being refused. */
    static boolean isTimeout(Throwable error) {
        return find(error, ConnectTimeoutException.class) != null
                || find(error, SslHandshakeTimeoutException.class) != null;
    }

    /** Whether the host answered, if only with something that was no TLS. */
    static boolean isHeard(Throwable connecting) {
        return find(connecting, SSLException.class) != null && !isTimeout(connecting);
    }

    /** Whether another address of the same host may do better. */
    static boolean maySucceedElsewhere(Throwable error) {
        return error instanceof ConnectException || error instanceof SocketException;
    }

    private static String tls(Throwable error, Route route) {
        if (find(error, SslHandshakeTimeoutException.class) != null) {
            return route.where() + " did not finish the handshake in time";
        }
        if (find(error, NotSslRecordException.class) != null) {
            return route.where() + " does not speak TLS on this port; is it http?";
        }
        if (find(error, CertificateExpiredException.class) != null) {
            return "the certificate of " + route.host() + " has expired; renew it";
        }
        if (find(error, CertificateNotYetValidException.class) != null) {
            return "the certificate of " + route.host() + " is not valid yet";
        }
        if (find(error, CertPathBuilderException.class) != null
                || find(error, CertPathValidatorException.class) != null) {
            return "the certificate of " + route.host()
                    + " is not trusted: self-signed, from an unknown authority, or without its intermediate certificates";
        }
        CertificateException certificate = find(error, CertificateException.class);
        if (certificate != null && message(certificate).contains("illegal given domain name")) {
            return "no certificate can be for " + route.host() + ": names in certificates have no underscore there";
        }
        if (certificate != null) {
            return message(certificate).contains("no subject alternative")
                            || message(certificate).contains("no name")
                    ? "the certificate is not for " + route.host() + " (wrong host)"
                    : "the certificate of " + route.host() + " is not acceptable: " + oneLine(certificate);
        }
        if (find(error, ClosedChannelException.class) != null || isConnectionLoss(root(error))) {
            return route.where() + " closed the connection during the handshake";
        }
        return "handshake with " + route.where() + " failed: " + oneLine(root(error));
    }

    private static <T extends Throwable> @Nullable T find(Throwable error, Class<T> type) {
        Throwable cause = error;
        // A cycle of causes would have no end.
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
            cause = cause.getCause();
        }
        return null;
    }

    private static Throwable root(Throwable error) {
        Throwable root = error;
        for (int depth = 0; root.getCause() != null && depth < 20; depth++) {
            root = root.getCause();
        }
        return root;
    }

    private static String message(Throwable error) {
        return String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String oneLine(Throwable error) {
        Throwable told = error instanceof DecoderException && error.getCause() != null ? error.getCause() : error;
        String message = told.getMessage();
        String line = message == null
                ? told.getClass().getSimpleName()
                : message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200);
    }
}
