/** From reports to stored events and deliveries: what one committed batch does. */
@NullMarked
package dev.ringpost.intake;

import org.jspecify.annotations.NullMarked;
