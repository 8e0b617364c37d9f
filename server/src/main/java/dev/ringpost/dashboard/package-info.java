/**
 * Pages for people, served beside the API on its port. They use nothing but the public API, which they ask with the key of
 * whoever is signed in: what a page can do, a script can do.
 */
@NullMarked
package dev.ringpost.dashboard;

import org.jspecify.annotations.NullMarked;
