package dev.ringpost.store;

import dev.ringpost.webhook.SigningSecret;
import java.time.Instant;
import java.util.List;

/** A customer: owns calls, webhooks and keys. Its secrets sign what goes to its calls' own webhooks. */
public record Account(long no, String name, List<SigningSecret> secrets, Instant createdAt) {}
