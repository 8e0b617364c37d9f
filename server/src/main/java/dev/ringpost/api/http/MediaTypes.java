package dev.ringpost.api.http;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** The one media type that bodies may have. */
final class MediaTypes {
    private MediaTypes() {}

    /** @throws dev.ringpost.api.problem.ProblemException 415 for another one, for another charset than UTF-8 or a coding */
    static void requireJson(HttpServerRequest request) {
        String type = request.getHeader("content-type");
        String coding = request.getHeader("content-encoding");
        if (type == null || !isJson(type)) {
            throw unsupported("Send the body as content-type: application/json, in UTF-8");
        }
        if (coding != null && !coding.equalsIgnoreCase("identity")) {
            throw unsupported("Send the body without a content-encoding");
        }
    }

    private static boolean isJson(String header) {
        String[] parts = header.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    private static RuntimeException unsupported(String detail) {
        return new Problem(ProblemType.UNSUPPORTED_MEDIA_TYPE, detail)
                .withHeader("accept", "application/json")
                .asException();
    }
}
