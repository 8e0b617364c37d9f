package dev.ringpost.id;

/** What a public id names; its prefix, and how many numbers it is made of. */
public enum IdKind {
    WEBHOOK("wh_", 1),
    CALL("call_", 1),
    EVENT("evt_", 1),
    /** An event's number, then its endpoint's. */
    DELIVERY("dlv_", 2),
    ATTEMPT("att_", 1),
    REPLAY("rpl_", 1),
    ACCOUNT("acct_", 1),
    KEY("key_", 1);

    private final String prefix;
    private final int numbers;

    IdKind(String prefix, int numbers) {
        this.prefix = prefix;
        this.numbers = numbers;
    }

    public String prefix() {
        return prefix;
    }

    int numbers() {
        return numbers;
    }
}
