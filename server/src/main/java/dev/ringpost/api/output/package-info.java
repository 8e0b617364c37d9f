/** How the domain's records look in JSON. */
@NullMarked
package dev.ringpost.api.output;

import org.jspecify.annotations.NullMarked;
