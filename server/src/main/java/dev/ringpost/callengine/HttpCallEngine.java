package dev.ringpost.callengine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.output.CallDocument;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.id.PublicIds;
import dev.ringpost.sender.LoggedError;
import dev.ringpost.sender.Sender;
import dev.ringpost.sender.WebhookRequest;
import dev.ringpost.signing.Signer;
import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.webhook.SigningSecret;
import io.vertx.core.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A call engine behind a URL: gets {@code {command, call}} by POST, signed like a webhook. A 2xx takes the command;
 * anything else does not, and it comes again under the same {@code webhook-id}. An engine that won't place a call takes
 * the command and reports {@code failed} with its reason.
 */
public final class HttpCallEngine implements CallEngine {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final JsonFactory JSON = new JsonFactory();

    private final String url;
    private final String userAgent;
    private final Tools tools;

    /**
     * What its requests are made of.
     *
     * @param secrets the operator account's signing secrets; asked at each attempt, so that a rotation holds from the next on
     * @param context the event loop that the requests go out on
     * @param blocking runs what reads the store
     */
    public record Tools(
            InstantSource clock,
            PublicIds ids,
            CallDocument document,
            Supplier<List<SigningSecret>> secrets,
            Sender sender,
            Context context,
            Executor blocking) {}

    /** @param version Ringpost's, for the user agent */
    public HttpCallEngine(String url, String version, Tools tools) {
        this.url = url;
        this.userAgent = "Ringpost/" + version;
        this.tools = tools;
    }

    @Override
    public CompletableFuture<Answer> tell(Command command) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        tools.blocking().execute(() -> {
            try {
                WebhookRequest request = request(command);
                tools.context()
                        .runOnContext(
                                _ -> tools.sender().send(request).onSuccess(result -> answer.complete(answer(result))));
            } catch (RuntimeException e) {
                answer.complete(new Answer.NotTaken("The request could not be made: " + e.getMessage()));
            }
        });
        return answer;
    }

    private static Answer answer(AttemptResult result) {
        return result.verdict() == AttemptResult.Verdict.SUCCEEDED
                ? new Answer.Taken()
                : new Answer.NotTaken(String.valueOf(LoggedError.of(result)));
    }

    private WebhookRequest request(Command command) {
        byte[] body = body(command);
        Instant now = tools.clock().instant();
        String id = tools.ids().call(command.call().no()) + "_" + wireName(command.kind());
        long seconds = now.getEpochSecond();
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "user-agent",
                userAgent,
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                Signer.header(signers(now), id, seconds, body));
        return new WebhookRequest(WebhookRequest.OPERATOR, url, headers, body, DEADLINE);
    }

    private byte[] body(Command command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("command", wireName(command.kind()));
            json.writeFieldName("call");
            tools.document().write(json, command.call());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    private List<Signer> signers(Instant now) {
        return tools.secrets().get().stream()
                .filter(secret ->
                        secret.validUntil() == null || secret.validUntil().isAfter(now))
                .<Signer>map(secret -> WebhookSecret.parse(secret.text()))
                .toList();
    }

    private static String wireName(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
