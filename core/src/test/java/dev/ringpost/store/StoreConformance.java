package dev.ringpost.store;

/**
 * The rules of the ports {@link Transaction}, {@link Records} and {@link Backlog}. A database's test extends this and
 * gives a new, empty store for each test.
 */
public abstract class StoreConformance
        implements CallRules,
                DeliveryRules,
                WaitingRules,
                ReplayRules,
                LaneRules,
                LogRules,
                ListRules,
                StretchRules,
                AccountRules,
                AnswerRules,
                WebhookRules,
                ErasureRules,
                ExpiryRules,
                CountRules {}
