package dev.ringpost.dashboard.page;

import dev.ringpost.dashboard.client.PublicApi;
import dev.ringpost.dashboard.layout.Frame;
import dev.ringpost.dashboard.session.Session;
import java.util.Map;
import java.util.function.Function;

/**
 * What a browser asks for, whoever sits before it.
 *
 * @param pathParameters decoded
 * @param form of a POST; empty otherwise
 * @param part true: htmx asks for a part of the page (its header HX-Request)
 * @param overTls a POST came from a page of https
 * @param frame what stands around a page where nobody is signed in
 * @param api the public API as a session would ask it
 */
public record Visit(
        Map<String, String> pathParameters,
        Parameters query,
        Parameters form,
        boolean part,
        boolean overTls,
        Frame frame,
        Function<Session, PublicApi> api) {}
