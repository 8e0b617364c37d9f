package dev.ringpost.call;

import java.util.List;

/** What a report does to a call. */
public sealed interface Transition {
    /** @param fired the events, in order, with their sequence numbers; empty where nothing new was said */
    record Applied(Call call, List<Fired> fired) implements Transition {}

    /**
     * The call can't go there.
     *
     * @param from the state it is in, for people and programs: a status's wire name
     * @param report the report's wire name
     * @param advice what to do instead, one sentence
     */
    record Impossible(String from, String report, String advice) implements Transition {}

    /** An event and its place among the call's events, from 1. */
    record Fired(int sequence, CallEvent event) {}
}
