package dev.ringpost.dashboard.page;

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

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    Reply reply(View view, Frame frame) {
        return switch (view) {
            case View.Html html -> html(html, frame);
            case View.Unchanged() -> new Reply(204, "", PageHeaders.ALL, new byte[0]);
            case View.Elsewhere(String path, var cookie) -> {
                Map<String, String> headers = new HashMap<>(PageHeaders.ALL);
                headers.put("location", path);
                cookie.ifPresent(value -> headers.put("set-cookie", value));
                yield new Reply(303, HTML, headers, new byte[0]);
            }
        };
    }

    private Reply html(View.Html html, Frame frame) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(html.template(), Map.of("frame", frame, "page", html.page()), output);
        return new Reply(html.status(), HTML, PageHeaders.ALL, output.toByteArray());
    }
}
