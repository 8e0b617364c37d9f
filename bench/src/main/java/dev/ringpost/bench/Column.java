package dev.ringpost.bench;

/** What is known of what was measured. Not every row has every column. */
enum Column {
    DONE("done/s"),
    CPU("CPU us"),
    ERROR("+- us"),
    RATIO("x floor"),
    WRITER("writer"),
    EVENT_LOOPS("loops"),
    CHECKPOINTER("checkpoints"),
    COMPILERS("JIT"),
    COLLECTOR("GC"),
    OTHER("other"),
    ALLOCATED("alloc B"),
    COMMITS("commits"),
    WRITTEN("written B"),
    RESIDENT("resident MiB"),
    P50("p50 ms"),
    P99("p99 ms"),
    P999("p99.9 ms"),
    MAX("max ms"),
    WAITING("waiting"),
    REFUSED("refused"),
    BENCH("bench %"),
    WARM_UP("warm-up s"),
    FIRST_PAGE("first page ms"),
    FAILED_PAGE("failed ms"),
    WEBHOOK_PAGE("webhook ms"),
    MEGABYTES("database MB"),
    FIRST_BYTE("first byte ms"),
    FIRST_BYTE_MAX("max ms");

    private final String title;

    Column(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
