package dev.ringpost.dashboard.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringpost.api.http.Reply;
import dev.ringpost.dashboard.layout.Frame;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.HashMap;
import java.util.Map;

/** Makes answers of views. */
final class Renderer {
    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Map<String, String> headers;

    /** @param headers of every answer */
    Renderer(Map<String, String> headers) {
        this.headers = headers;
    }

    /** @param part true: htmx asked, which would follow a redirect and put the page into the part's place */
    Reply reply(View view, Frame frame, boolean part) {
        return switch (view) {
            case View.Html html -> html(html, frame);
            case View.Style(String css) -> new Reply(200, CSS, headers, css.getBytes(UTF_8));
            case View.Unchanged() -> new Reply(204, "", headers, new byte[0]);
            case View.Elsewhere(String path, var cookie) -> {
                Map<String, String> more = new HashMap<>(headers);
                more.put(part ? "hx-redirect" : "location", frame.base() + path);
                cookie.ifPresent(value -> more.put("set-cookie", value));
                yield new Reply(part ? 204 : 303, HTML, more, new byte[0]);
            }
        };
    }

    private Reply html(View.Html html, Frame frame) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(
                html.template(),
                Map.of("frame", frame, "page", html.page()),
                frame.base().isEmpty() ? output : new BasedOutput(output, frame.base()));
        return new Reply(html.status(), HTML, headers, output.toByteArray());
    }
}
