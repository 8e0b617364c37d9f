package dev.ringpost.dispatch;

import dev.ringpost.delivery.Notice;

/**
 * Hears what is worth telling the operator. Told on an event loop, as soon as the engine knows: so it only hands the
 * notice over. A crash right after may lose one, or tell it again after the next start.
 */
@FunctionalInterface
public interface Notices {
    /** Nobody listens. */
    Notices NONE = notice -> {};

    void tell(Notice notice);
}
