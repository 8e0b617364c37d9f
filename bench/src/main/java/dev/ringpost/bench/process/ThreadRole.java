package dev.ringpost.bench.process;

/** What a server's threads are there for. */
public enum ThreadRole {
    /** The one that writes to the database. */
    WRITER,
    /** HTTP in both directions, and the delivery engine. */
    EVENT_LOOPS,
    /** Moves the write-ahead log into the database. */
    CHECKPOINTER,
    /** HotSpot's compilers. */
    COMPILERS,
    /** Garbage collection; with the serial collector it is the JVM's own thread that does it. */
    COLLECTOR,
    /** All others, and those that ended. */
    OTHER;

    /** @param name as the kernel has it: the first 15 bytes */
    static ThreadRole ofThread(String name) {
        if (name.equals("writer")) {
            return WRITER;
        } else if (name.startsWith("vert.x-eventloo")) {
            return EVENT_LOOPS;
        } else if (name.equals("checkpointer")) {
            return CHECKPOINTER;
        } else if (name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler")) {
            return COMPILERS;
        } else if (name.equals("VM Thread") || name.startsWith("GC Thread") || name.startsWith("G1 ")) {
            return COLLECTOR;
        }
        return OTHER;
    }
}
