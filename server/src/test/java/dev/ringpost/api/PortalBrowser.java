package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** A browser that has opened a link. */
record PortalBrowser(ApiClient http, String base, String cookie) {
    static PortalBrowser open(ApiClient maker, String link) {
        Answer made = maker.post("/v1/portal-links", link).expect(201);
        ApiClient browser = new ApiClient(maker.port(), null, 0);
        Answer opened = browser.get("/portal/" + made.text("/token")).expect(303);
        String cookie = opened.header("set-cookie");
        String location = opened.header("location");
        assertThat(location).endsWith("/webhooks").doesNotContain("rp_pl_");
        return new PortalBrowser(browser, location.replace("/webhooks", ""), cookie.substring(0, cookie.indexOf(';')));
    }

    Answer get(String path) {
        return http.send("GET", base + path, BodyPublishers.noBody(), "cookie", cookie);
    }

    Answer post(String path, String form, String... headers) {
        List<String> all = new ArrayList<>(List.of("cookie", cookie));
        all.addAll(List.of(headers));
        return http.send("POST", base + path, BodyPublishers.ofString(form), all.toArray(String[]::new));
    }

    Answer submit(String path, String form) {
        return post(path, form, "sec-fetch-site", "same-origin");
    }
}
